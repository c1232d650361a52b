"""What is right of a file with mistakes: unknown keys and single items are left out, no more.

Punctuation in terms is passed over, as it was when it was no mistake yet.

A run takes what it can show and names the rest; a check asks for all of it. What has no item to be
left out with (the id of a topic, its only note) costs the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import islice
from typing import Any, TypeVar

from headnotes.matching import without_punctuation
from headnotes.model import Topic, Work
from headnotes.topics.bounds import Bounds
from headnotes.topics.building import build
from headnotes.topics.consistency import find_faults
from headnotes.topics.spreading import spread
from headnotes.topics.tables import DataPath, Found
from headnotes.topics.validation import find_misfits

_ITEMS = frozenset(
    {
        "aliases",
        "authors",
        "claims",
        "corrections",
        "depictions",
        "episodes",
        "names",
        "notes",
        "questions",
        "seasons",
        "sources",
    }
)
_EXTRAS = frozenset({"aliases", "authors", "homepage", "licence"})
"""Keys without which a file says all the same."""
_MOST_ROUNDS = 8
"""A note may lack the source that is left out, a correction that note: each takes a round."""

Value = TypeVar("Value", bound=Topic | Work)


def salvage(
    kind: type[Value], data: dict[str, Any], bounds: Bounds, found: Sequence[Found], most: int
) -> Iterator[tuple[Value, list[tuple[str, str]]]]:
    """Find what is right of a file's data.

    Args:
        kind: what it describes.
        data: all of it; not changed.
        bounds: the most that it may have.
        found: all that is wrong with it.
        most: so many mistakes are looked at in a round.

    Yields:
        The value, and the items that had to go only because what they name went, each by its list
        and what it is called; nothing where the whole is lost.
    """
    unknown = {path for path, issue in found if issue.code == "unknown-key"}
    # what goes anyway is not copied: it may be most of a large file
    known = {key: value for key, value in spread(data).items() if (key,) not in unknown}
    left: dict[str, Any] = deepcopy(known)
    followers: list[tuple[str, str]] = []
    for number in range(_MOST_ROUNDS):
        items = _leave_out(left, found)
        if items is None:
            return
        followers += items if number else []
        try:
            value: Value = build(kind, left)
        except ValueError:
            found = [*islice(find_misfits(kind, left), most)]
            continue
        found = find_faults(value, bounds, most)
        if not found:
            yield value, followers
            return


def _leave_out(data: dict[str, Any], found: Sequence[Found]) -> list[tuple[str, str]] | None:
    """Take unknown keys and wrong items out of data; return these items by list and name.

    Nothing is returned where a mistake belongs to no item.
    """
    items: set[tuple[str, int]] = set()
    for path, issue in found:
        if issue.code == "unknown-key":
            _drop_key(data, path)
        elif issue.code == "punctuation":
            _clean_term(data, path)
        elif len(path) > 1 and path[0] in _ITEMS and isinstance(path[1], int):
            items.add((str(path[0]), path[1]))
        elif path and path[0] in _EXTRAS:
            _drop_key(data, path)
        else:
            return None
    # from the last to the first, so that positions stay true
    return [
        (name, name_item(data[name].pop(position)))
        for name, position in sorted(items, reverse=True)
    ]


def name_item(item: object) -> str:
    """Return what an item is called: by its id, else by the notes it names."""
    if not isinstance(item, dict):
        return ""
    name = item.get("id") or item.get("note") or item.get("notes", "")
    return ", ".join(map(str, name)) if isinstance(name, list) else str(name)


def _clean_term(data: Any, path: DataPath) -> None:  # noqa: ANN401  # whatever TOML holds
    """Take the punctuation out of one term; what is left may still be none."""
    for part in path[:-1]:
        if not (isinstance(part, int) and isinstance(data, dict)):
            data = data[part]
    data[path[-1]] = without_punctuation(data[path[-1]])


def _drop_key(data: Any, path: DataPath) -> None:  # noqa: ANN401  # whatever TOML holds
    """Take one key out of nested data; a list written as a single table has no positions."""
    for part in path[:-1]:
        if not (isinstance(part, int) and isinstance(data, dict)):
            data = data[part]
    data.pop(path[-1], None)
