"""Anchors with terms by language, as a file may write them, made into one anchor per language.

    all = { en = ["war", "armistice"], de = ["Krieg", "Waffenstillstand"] }

stands for two anchors, each for dialogue in its language alone. What is written as one list is for
all of them. What looks otherwise is left as it is, for those who say what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from headnotes.topics.tables import DataPath

_LISTS = ("all", "any", "none")
_PLACED = ("notes", "depictions")


def spread(data: Any) -> Any:  # noqa: ANN401  # whatever TOML holds
    """Return a file's data with an anchor for each language; the data itself is not changed."""
    if not isinstance(data, dict):
        return data
    changed = {
        key: [_spread_anchors(item) for item in data[key]]
        for key in _PLACED
        if isinstance(data.get(key), list) and any(map(_is_by_language, data[key]))
    }
    return {**data, **changed} if changed else data


def written_path(path: DataPath, data: Any) -> DataPath:  # noqa: ANN401  # whatever TOML holds
    """Return the path of something in spread data as the file has it.

    Args:
        path: in the data that `spread` returns; positions of anchors count there.
        data: as read from the file.
    """
    if len(path) < 4 or path[0] not in _PLACED or path[2] != "anchor" or type(path[3]) is not int:
        return path
    item = data[path[0]][path[1]]
    written = [
        (position, language)
        for position, anchor in enumerate(_list_anchors(item))
        for language in _languages_of(anchor) or [""]
    ]
    if path[3] >= len(written):
        return path
    position, language = written[path[3]]
    rest, anchor = path[4:], _list_anchors(item)[position]
    if rest == ("language",) and language:  # the key of its terms
        named = (key for key in _LISTS if language in _table_of(anchor, key))
        return (*path[:3], position, next(named), language)
    if rest and isinstance(anchor.get(rest[0]), dict):
        rest = (rest[0], language, *rest[1:])
    return (*path[:3], position, *rest)


def _is_by_language(item: object) -> bool:
    return isinstance(item, dict) and any(map(_languages_of, _list_anchors(item)))


def _list_anchors(item: Mapping[str, Any]) -> list[Any]:
    anchors = item.get("anchor")
    return anchors if isinstance(anchors, list) else [anchors]


def _languages_of(anchor: object) -> list[str]:
    """Return the languages by which an anchor lists terms; none where it has plain lists."""
    if not isinstance(anchor, dict):
        return []
    tables = [_table_of(anchor, key) for key in _LISTS]
    return [*dict.fromkeys(language for table in tables for language in table)]


def _table_of(anchor: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return the terms under a key of an anchor by language; nothing where they are a list."""
    value = anchor.get(key)
    return value if isinstance(value, dict) else {}


def _spread_anchors(item: Any) -> Any:  # noqa: ANN401  # whatever TOML holds
    if not _is_by_language(item):
        return item
    return {**item, "anchor": [*_spread_all(_list_anchors(item))]}


def _spread_all(anchors: list[Any]) -> Iterator[Any]:
    for anchor in anchors:
        languages = _languages_of(anchor)
        if not languages:
            yield anchor
        for language in languages:
            chosen = {
                key: value.get(language, []) if key in _LISTS and isinstance(value, dict) else value
                for key, value in anchor.items()
            }
            yield {**chosen, "language": language}
