"""Topic files described as JSON Schema, so that editors complete and check them as one types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, get_args

from headnotes.model import LanguageTag, Layout, Pattern, Ratings, Topic, WholeNumber, Work
from headnotes.topics.tables import (
    FORMAT,
    Hint,
    Table,
    base_of,
    is_by_id,
    is_choice,
    is_list,
    is_mapping,
    is_union,
    item_of,
    rule_of,
    rules_of,
    table_of,
)
from headnotes.values import is_value_class

Schema = dict[str, Any]
"""A JSON Schema, as data."""


_NAMES: Mapping[type, str] = MappingProxyType(
    {Topic: "topic file", Work: "work file", Ratings: "file of ratings"}
)


def describe_file(kind: type[Topic | Work | Ratings]) -> Schema:
    """Return the JSON Schema of a kind of file, by the rules that reading follows."""
    return {
        # Draft 7 is the newest one that TOML editors know.
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"Headnotes {_NAMES[kind]}, format {FORMAT}",
        **_describe(kind),
    }


def _describe(hint: Hint) -> Schema:
    base = base_of(hint)
    if is_value_class(base):
        return _describe_table(table_of(base))
    if is_union(hint):
        return {"anyOf": [*map(_describe, get_args(base))]}
    if is_list(hint) or is_by_id(hint):
        return _describe_list(hint)
    if is_mapping(hint):
        return {
            "type": "object",
            "patternProperties": {
                _pattern_of(get_args(base)[0]): _describe(item_of(hint)),
            },
            "additionalProperties": False,
            "minProperties": int(Layout.FILLED in rules_of(hint)),
        }
    return _describe_leaf(hint)


def _describe_leaf(hint: Hint) -> Schema:
    if is_choice(hint):
        return {"enum": [*get_args(base_of(hint))]}
    if base_of(hint) is bool:
        return {"type": "boolean"}
    if limits := rule_of(hint, WholeNumber):
        return {"type": "integer", "minimum": limits.least, "maximum": limits.most}
    return {"type": "string", "pattern": _pattern_of(hint)}


def _describe_list(hint: Hint) -> Schema:
    item = _describe(item_of(hint))
    least = int(Layout.FILLED in rules_of(hint))
    described: Schema = {"type": "array", "items": item, "minItems": least}
    if Layout.BY_LANGUAGE in rules_of(hint):
        tag = _pattern_of(LanguageTag)
        by_language = {"patternProperties": {tag: described}, "additionalProperties": False}
        return {"anyOf": [described, {"type": "object", **by_language, "minProperties": 1}]}
    return {"anyOf": [described, item]} if Layout.SINGULAR in rules_of(hint) else described


def _describe_table(table: Table) -> Schema:
    described: Schema = {
        "type": "object",
        "properties": {
            key: {**_describe(entry.hint), "description": entry.help}
            for key, entry in table.keys.items()
        },
        "required": [key for key, entry in table.keys.items() if entry.is_required],
        "additionalProperties": False,
    }
    if table.inline:
        language, texts = get_args(base_of(table.inline.hint))
        pattern = _pattern_of(language).strip("^$")
        # A key that has a name of its own (`id`) may look like a language tag, too.
        named = "|".join(key for key in table.keys if re.fullmatch(pattern, key))
        described["patternProperties"] = {f"^(?!(?:{named})$){pattern}$": _describe(texts)}
    return described


def _pattern_of(hint: Hint) -> str:
    pattern = rule_of(hint, Pattern)
    return f"^{pattern.regex}$" if pattern else "\\S"
