"""One word per idea: names that mean too much, or the same thing twice, are not in the house."""

import ast
import re
from collections import Counter
from pathlib import Path

import attrs
import pytest

from headnotes import hookspecs, model

HOUSE = Path(__file__).parents[2] / "core" / "headnotes"
MODULES = sorted(HOUSE.rglob("*.py"))
PLUGINS = sorted(HOUSE.parents[1].glob("plugins/*/*.py"))
FORBIDDEN = {
    *("one", "told", "heard", "heads", "sighting", "sightings", "attempt", "attempts", "strangers"),
    *("mend", "mends", "hearing", "odd_clocks", "loose_ends", "say", "tell", "tells", "manner"),
}

NO_HEADS = {
    *("Bring", "Give", "Gives", "Mend", "Mends", "Say", "Says", "Tell", "Tells"),
    *("Told", "Understand"),
}
"""A docstring begins with what is returned, done or described, in the field's words."""
NO_WORDS = {"told", "heard", "mend", "mends", "strangers", "sighting", "sightings"}


def shown(path):
    return path.relative_to(HOUSE).as_posix()


def names_bound_in(path):
    """Every name that a module gives to something, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name.lower(), node.lineno


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_no_name_of_many_meanings_is_bound(path):
    found = [f"{name} in line {line}" for name, line in names_bound_in(path) if name in FORBIDDEN]
    assert found == []


def docstrings_of(path):
    """Every docstring of a module, with the name of what it is about."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield getattr(node, "name", path.stem), ast.get_docstring(node) or ""


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_docstrings_are_in_the_words_of_the_field(path):
    found = [
        (name, text.splitlines()[0])
        for name, text in docstrings_of(path)
        if text and (text.split()[0] in NO_HEADS or NO_WORDS.intersection(re.findall(r"\w+", text)))
    ]
    assert found == []


def test_module_stems_are_unique():
    """A command has its own name, which may be that of what it is about."""
    rooms = [path for path in MODULES if path.parent.name != "cli" and path.stem[:2] != "__"]
    stems = Counter(path.stem for path in rooms)
    assert [stem for stem, count in stems.items() if count > 1] == []


def test_class_names_are_unique():
    names = Counter(
        node.name
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert [name for name, count in names.items() if count > 1] == []


def attributes_read():
    """Every attribute name that code of the house or of a plugin reads."""
    return {
        node.attr
        for path in (*MODULES, *PLUGINS)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    }


@pytest.mark.parametrize(
    "kind", [kind for name in model.__all__ if attrs.has(kind := getattr(model, name))]
)
def test_every_public_field_is_read(kind):
    assert {field.name for field in attrs.fields(kind)} - attributes_read() == set()


@pytest.mark.parametrize(
    "hook",
    [name for name in dir(hookspecs) if name.startswith(("provide_", "annotate_", "render_"))],
)
def test_every_documented_hook_is_called(hook):
    texts = [path.read_text(encoding="utf-8") for path in MODULES if path.stem != "hookspecs"]
    assert any(f'"{hook}"' in text or f"hook.{hook}" in text for text in texts)
