"""Pages of the repository that are made from the code; tests hold them equal.

Run it to write them anew: `python tests/make_pages.py`.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

from attrs import has

import headnotes
from headnotes import hookspecs, model
from headnotes.anchoring import candidates
from headnotes.matching import terms
from headnotes.model import Layout, Pattern, Ratings, Topic, WholeNumber, Work
from headnotes.topics import tables

ROOT = Path(__file__).parents[1]

HEAD = """\
# Reference for authors

Made from the code, which is the authority: the keys of the three kinds of file from the
rules that reading checks against, the rest from docstrings. How to begin is in
[README.md](README.md).
"""


def make_reference() -> str:
    """Make the page of all keys and hooks."""
    parts = [HEAD]
    parts += ["## `topic.toml`\n", *describe_table(tables.table_of(Topic), "")]
    parts += ["## `work.toml`\n", *describe_table(tables.table_of(Work), "")]
    parts += ["## `ratings.toml`\n", *describe_table(tables.table_of(Ratings), "")]
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


def describe_table(table: tables.Table, path: str) -> Iterator[str]:
    """Return a heading and a list of keys for a table, then the same for the tables in it."""
    if path:
        yield f"### `{path}`\n"
    lines = [
        f"- `{name}`{' (required)' if key.is_required else ''}: {key.help} "
        f"({describe_hint(key.hint)})"
        for name, key in table.keys.items()
    ]
    if table.inline:
        lines.append(f"- {table.inline.help} (a table)")
    yield "\n".join(lines) + "\n"
    for name, key in table.keys.items():
        kind, mark = find_table(key.hint)
        if kind:
            inner = f"{path}{'.' if path else ''}{name}{mark}"
            yield from describe_table(tables.table_of(kind), inner)
    if table.inline:
        kind, _ = find_table(tables.item_of(table.inline.hint))
        yield from describe_table(tables.table_of(kind), f"{path}.LANGUAGE")


def find_table(hint: tables.Hint) -> tuple[type | None, str]:
    """Return the class of the tables that a value holds, with the mark of a list where in one."""
    base = tables.base_of(hint)
    if has(base):
        return base, ""
    if not tables.is_list(hint) and not tables.is_by_id(hint):
        return None, ""
    kind, mark = find_table(tables.item_of(hint))
    return kind, mark if Layout.SINGULAR in tables.rules_of(hint) else f"[]{mark}"


def describe_hint(hint: tables.Hint) -> str:
    """Return in words what a value looks like."""
    base = tables.base_of(hint)
    if has(base):
        return "a table"
    if tables.is_list(hint) or tables.is_by_id(hint):
        item = describe_hint(tables.item_of(hint))
        form = f"a list of {plural(item)}"
        if Layout.BY_LANGUAGE in tables.rules_of(hint):
            return f"{form}, or a table of such lists by language"
        return f"{item}, or {form}" if Layout.SINGULAR in tables.rules_of(hint) else form
    if tables.is_mapping(hint):
        like = tables.rule_of(get_args(base)[0], Pattern).like
        return f"a table by {like.removeprefix('a ')}"
    return describe_leaf(hint)


def describe_leaf(hint: tables.Hint) -> str:
    """Return in words what a single value looks like."""
    if tables.is_union(hint):
        return ", or ".join(map(describe_leaf, reversed(get_args(tables.base_of(hint)))))
    if tables.is_choice(hint):
        return " | ".join(f"`{value}`" for value in get_args(tables.base_of(hint)))
    if tables.base_of(hint) is bool:
        return "true or false"
    if limits := tables.rule_of(hint, WholeNumber):
        return f"a whole number, {limits.least} to {limits.most}"
    pattern = tables.rule_of(hint, Pattern)
    return f"text: {pattern.like}" if pattern else "text"


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
}

if __name__ == "__main__":
    for name, make in PAGES.items():
        (ROOT / name).write_text(make(), encoding="utf-8")
