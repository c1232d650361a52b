"""Pages and files of the repository that are made from the code; tests hold them equal.

Run it to write them anew: `python tests/made_pages.py`.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import headnotes
from headnotes import hookspecs, model
from headnotes.anchoring import candidates
from headnotes.authoring.schemas import SCHEMA_FILE, make_schema
from headnotes.matching import terms
from headnotes.topics import fields, shapes

ROOT = Path(__file__).parents[1]

HEAD = """\
# Reference for authors

Made from the code, which is the authority: the keys of the two kinds of file from the
description that reading checks against, the rest from docstrings. How to begin is in
[README.md](README.md).
"""


def make_reference() -> str:
    """Make the page of all keys and hooks."""
    parts = [HEAD]
    parts += ["## `topic.toml`\n", *describe_table(fields.TOPIC, "")]
    parts += ["## `work.toml`\n", *describe_table(fields.WORK, "")]
    parts += ["## Terms\n", describe_module(terms)]
    parts += ["## Strength\n", describe_module(candidates)]
    parts += ["## Hooks\n", describe_module(hookspecs)]
    parts += map(describe_hook, list_hooks())
    parts += ["## Values\n", "All are frozen, and imported from `headnotes`.\n"]
    parts += map(describe_value, list_values())
    return "\n".join(parts)


def list_hooks() -> list[Callable[..., object]]:
    """List the hooks in the order of their module."""
    return [one for one in vars(hookspecs).values() if hasattr(one, "headnotes_spec")]


def list_values() -> list[type]:
    """List what hooks are given and give back, in the order of the model."""
    return [one for name, one in vars(model).items() if name in headnotes.__all__]


# ------------------------------------------------------------------------------ keys


def describe_table(table: shapes.Table, path: str) -> Iterator[str]:
    """Give a heading and a list of keys for a table, then the same for the tables in it."""
    if path:
        yield f"### `{path}`\n"
    lines = [
        f"- `{name}`{' (required)' if key.is_required else ''}: {key.help} "
        f"({describe_shape(key.shape)})"
        for name, key in table.keys.items()
    ]
    if isinstance(table.by_pattern, shapes.Table):
        lines.append(f"- {table.like} (a table)")
    yield "\n".join(lines) + "\n"
    for name, key in table.keys.items():
        for inner, mark in inner_tables(key.shape):
            if inner.keys:
                yield from describe_table(inner, f"{path}{'.' if path else ''}{name}{mark}")
    if isinstance(table.by_pattern, shapes.Table):
        yield from describe_table(table.by_pattern, f"{path}.LANGUAGE")


def inner_tables(shape: shapes.Shape) -> list[tuple[shapes.Table, str]]:
    """Give the tables a shape holds, each with the mark of a list where it stands in one."""
    if isinstance(shape, shapes.Table):
        return [(shape, "")]
    if isinstance(shape, shapes.ListOf):
        return [(table, "[]") for table, _ in inner_tables(shape.item)]
    if isinstance(shape, shapes.Either):
        return inner_tables(shape.other) or inner_tables(shape.first)
    return []


def describe_shape(shape: shapes.Shape) -> str:
    """Say in words what a value looks like."""
    told = f"a table by {getattr(shape, 'like', '').removeprefix('a ')}"
    match shape:
        case shapes.Text():
            told = f"text: {shape.like}" if shape.like else "text"
        case shapes.Number():
            told = f"a whole number, {shape.least} to {shape.most}"
        case shapes.Flag():
            told = "true or false"
        case shapes.Choice():
            told = " | ".join(f"`{value}`" for value in shape.values)
        case shapes.ListOf():
            told = f"a list of {plural(describe_shape(shape.item))}"
        case shapes.Either():
            told = f"{describe_shape(shape.other)}, or {describe_shape(shape.first)}"
        case shapes.Table() if shape.keys:
            told = "a table"
    return told


def plural(words: str) -> str:
    """Turn `a table` into `tables`, and leave the rest."""
    return re.sub(r"^a (table|list)", r"\1s", words)


# ------------------------------------------------------------------------------ hooks


def describe_module(module: object) -> str:
    """Give what a module says of itself, but its first line."""
    return inspect.cleandoc(module.__doc__ or "").partition("\n\n")[2] + "\n"


def describe_hook(hook: Callable[..., object]) -> str:
    """Give a hook's name, its arguments and its docstring."""
    arguments = ", ".join(inspect.signature(hook).parameters)
    return f"### `{hook.__name__}({arguments})`\n\n{as_markdown(inspect.getdoc(hook) or '')}\n"


def describe_value(value: type) -> str:
    """Give a value's name and its docstring."""
    return f"### `{value.__name__}`\n\n{as_markdown(inspect.getdoc(value) or '')}\n"


def as_markdown(text: str) -> str:
    """Turn a docstring in the style of this project into Markdown."""
    text = re.sub(r"(?m)^(\w[\w ]*):$", r"\1:\n", text)
    text = re.sub(r"(?m)^(When|Order|If it raises|Example): ", r"\n\1: ", text)
    text = re.sub(r"(?m)^    (\w+(?:, \w+)*): ", r"- `\1`: ", text)
    text = re.sub(r"(?m)^ {8}(?=\S)", "  ", text)
    text = re.sub(r"(?m)^ {4}(?=\S)", "", text)
    return re.sub(r"\n{3,}", "\n\n", text)


PAGES = {
    "plugins/REFERENCE.md": make_reference,
    f"core/headnotes/authoring/{SCHEMA_FILE}": make_schema,
}

if __name__ == "__main__":
    for name, make in PAGES.items():
        (ROOT / name).write_text(make(), encoding="utf-8")
