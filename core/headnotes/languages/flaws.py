"""What is wrong with the data file of a language, and what is wanting: a line for each.

Whoever adds a language need know no Python; so this says which words of the English file are
missing, and which of their own nobody would read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from gettext import c2py
from pathlib import Path
from typing import Any

import tomli
from attrs import fields

from headnotes.issues import Issue, near_name
from headnotes.languages.data import (
    HEAD_KEYS,
    HEAD_TABLES,
    TABLE_HEADER,
    Hedges,
    LanguageData,
    LineBreakWords,
    Numbering,
    Openings,
    WordRules,
    find_table,
    is_messages_table,
    language_data,
    read_messages,
)
from headnotes.languages.tags import FALLBACK

_MOST_BYTES = 1_000_000
_TAG = re.compile(r"[a-z]{2,3}")
_PLACE = re.compile(r"\{(\w*)")
_SHORT = frozenset({"titles", "labels", "count", "verdicts"})
"""Tables without which little is in the language; what lacks in others is not listed one by one."""

_TYPES: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("codes", "names", "kin", "former_labels"), (list,)),
    **dict.fromkeys(("small_words", "characters", "letters", "legend", "plural_rule"), (str,)),
    **dict.fromkeys(("note_cps", "line_chars"), (int,)),
    "characters_share": (float, int),
    "direction": (str,),
    **dict.fromkeys(HEAD_TABLES, (dict,)),
}
_CALLED = {list: "a list of texts", str: "a text", int: "a whole number", float: "a number"}
_KEYS = {
    "openings": {attribute.name for attribute in fields(Openings)},
    "hedges": {attribute.name for attribute in fields(Hedges)},
    "numbering": {attribute.name for attribute in fields(Numbering)},
    "line_breaks": {attribute.name for attribute in fields(LineBreakWords)},
    "words": {attribute.name for attribute in fields(WordRules)},
}


def find_flaws_of_language(file: Any) -> Iterator[Issue]:  # noqa: ANN401  # path or resource
    """Find what is wrong with a language's file, as errors, and what it lacks, as warnings.

    Args:
        file: `TAG.toml`, a path or a file inside a package.
    """
    tag = Path(file.name).stem
    if not _TAG.fullmatch(tag) or not file.name.endswith(".toml"):
        base = re.split("[-_]", tag.lower())[0]
        hint = f"call it {base if _TAG.fullmatch(base) else 'sv'}.toml"
        yield _flaw("bad-name", f"{file.name!r} is not the name of a language", hint)
        return
    try:
        content = file.read_bytes()
        if len(content) > _MOST_BYTES:
            yield _flaw("too-large", "is larger than 1 MB", "keep to the keys of en.toml")
            return
        text = content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
        table = tomli.loads(text)
    except OSError as error:
        yield _flaw("unreadable", f"cannot be read: {error.strerror or error}", "check the path")
    except UnicodeDecodeError as error:
        yield _flaw("unreadable", f"cannot be read: {error}", "save it as UTF-8")
    except tomli.TOMLDecodeError as error:
        hint = "look for a quote or bracket missing there or in the line above"
        flaw = _flaw("bad-toml", f"is not valid TOML: {error.msg.lower()}", hint)
        yield Issue(line=error.lineno, code=flaw.code, message=flaw.message, hint=flaw.hint)
    except (ValueError, RecursionError):
        yield _flaw("bad-toml", "cannot be read as TOML", "keep to the keys of en.toml")
    else:
        errors = [*_find_misfits(table), *_find_misplaced(text)]
        yield from errors or (*_find_contradictions(table), *_find_missing(tag, table))


def _flaw(code: str, message: str, hint: str, key: str = "", *, is_error: bool = True) -> Issue:
    return Issue(
        key=key, code=code, message=message, hint=hint, level="error" if is_error else "warning"
    )


def _find_misfits(table: Mapping[str, Any]) -> Iterator[Issue]:
    """Find keys that nobody reads, and values of the wrong kind."""
    english = read_messages(FALLBACK)
    for key, value in table.items():
        if key in HEAD_KEYS:
            kinds = _TYPES[key]
            if type(value) not in kinds:
                called = _CALLED.get(kinds[0], "a table")
                yield _flaw("wrong-kind", f"{value!r} is not {called}", f"write {called}", key)
            elif kinds == (list,):
                yield from _find_no_texts(value, key)
            elif key in ("titles", "labels"):
                known = {*getattr(language_data(FALLBACK), key)}
                yield from _find_unknown(value, known, key)
            elif key in _KEYS:
                yield from _find_unknown(value, _KEYS[key], key)
        elif key not in english:
            near = near_name(key, [*HEAD_KEYS, *english])
            yield _flaw("unknown-key", f"unknown key {key!r}", f"{near}see en.toml", key)
        else:
            yield from _find_odd_messages(value, english[key], key)
    yield from _find_odd_figures(table)


def _find_odd_figures(table: Mapping[str, Any]) -> Iterator[Issue]:
    if table.get("direction", "ltr") not in ("ltr", "rtl"):
        yield _flaw(
            "wrong-kind", f"{table['direction']!r} is not a direction", "ltr or rtl", "direction"
        )
    for key in ("note_cps", "line_chars"):
        if type(table.get(key, 1)) is int and table.get(key, 1) < 1:
            yield _flaw("wrong-kind", "is less than 1", "write how many characters", key)


def _find_no_texts(value: object, key: str) -> Iterator[Issue]:
    texts = value if isinstance(value, list) else [value]
    if not all(type(text) is str and text.strip() for text in texts):
        yield _flaw("wrong-kind", f"{value!r} is not made of texts", "write texts in quotes", key)


def _find_unknown(value: Mapping[str, Any], known: set[str], key: str) -> Iterator[Issue]:
    for name, inner in value.items():
        place = f"{key}.{name}"
        if name not in known:
            yield _flaw_of_key(name, sorted(known), place)
        elif name not in ("joins_endings", "is_assumed"):
            yield from _find_no_texts(inner, place)
        elif type(inner) is not bool:
            yield _flaw("wrong-kind", f"{inner!r} is not true or false", "write true", place)


def _flaw_of_key(name: str, known: list[str], place: str) -> Issue:
    """Return the flaw of a key that its table does not have; it may belong before all tables."""
    hint = f"{near_name(name, known)}see en.toml"
    if name in HEAD_KEYS - HEAD_TABLES:
        hint = "move it before the first table"
    return _flaw("unknown-key", f"unknown key {name!r}", hint, place)


def _find_odd_messages(own: object, english: object, key: str) -> Iterator[Issue]:
    """Find messages that do not fit the English ones: keys, kinds and `{places}`."""
    if isinstance(english, Mapping) and isinstance(own, Mapping):
        for name, inner in own.items():
            place = f"{key}.{name}"
            if name in english:
                yield from _find_odd_messages(inner, english[name], place)
            elif key != "languages":
                yield _flaw_of_key(name, [*english], place)
    elif type(own) is not type(english) or not own:
        called = "a table" if isinstance(english, Mapping) else _CALLED[type(english)]
        yield _flaw("wrong-kind", f"{own!r} is not {called}", f"write {called}", key)
    else:
        yield from _find_no_texts(own, key)
        texts = own if isinstance(own, list) else [own]
        known = {*_PLACE.findall(str(english))}
        for text in map(str, texts):
            if odd := sorted({*_PLACE.findall(text)} - known):
                hint = "there are " + (", ".join(f"{{{name}}}" for name in sorted(known)) or "none")
                yield _flaw("unknown-place", f"{{{odd[0]}}} in {text!r} is never filled", hint, key)
            elif not _is_balanced(text):
                yield _flaw("unknown-place", f"{text!r} has a brace alone", "write {name}", key)


def _is_balanced(text: str) -> bool:
    return not re.search(r"[{}]", re.sub(r"\{\w+(![rs])?\}", "", text))


def _find_misplaced(text: str) -> Iterator[Issue]:
    """Find tables that every run needs behind those that only a report reads."""
    is_behind = False
    for found in re.finditer(TABLE_HEADER, text, re.MULTILINE):
        if is_messages_table(found[1]):
            is_behind = True
        elif is_behind:
            line = text.count("\n", 0, found.start()) + 1
            message = f"[{found[1]}] stands after tables of messages, where it is not read"
            hint = "move it before [languages] and [count]"
            yield Issue(line=line, key=found[1], code="misplaced", message=message, hint=hint)


def _find_contradictions(table: Mapping[str, Any]) -> Iterator[Issue]:
    labels: Mapping[str, str] = table.get("labels", {})
    longest = table.get("line_chars", LanguageData(tag="").line_chars)
    for verdict, label in labels.items():
        place = f"labels.{verdict}"
        if not (label.startswith("[") and label.endswith("]") and "]" not in label[:-1]):
            yield _flaw("bad-label", f"{label!r} is not in brackets", "write [LABEL]", place)
        if len(label) >= longest:
            hint = f"{longest - 1} characters at most"
            yield _flaw("bad-label", f"{label!r} fills a line alone", hint, place)
        if [*labels.values()].count(label) > 1:
            hint = "each says something else"
            yield _flaw("bad-label", f"{label!r} stands for two verdicts", hint, place)
    rule = table.get("plural_rule", LanguageData(tag="").plural_rule)
    try:
        count = 1 + max(map(c2py(rule), range(200)))
    except (ValueError, ZeroDivisionError, TypeError):
        yield _flaw(
            "bad-rule", f"{rule!r} is not a rule of gettext", 'write "n != 1"', "plural_rule"
        )
        return
    for key, forms in table.get("count", {}).items():
        if len(forms) != count:
            message = f"has {len(forms)} forms, and plural_rule chooses among {count}"
            yield _flaw("few-forms", message, "write one text for each", f"count.{key}")


def _find_missing(tag: str, table: Mapping[str, Any]) -> Iterator[Issue]:
    """Find what comes in English, and what is not known of the language's words."""
    english = {**read_messages(FALLBACK)}
    english["titles"] = language_data(FALLBACK).titles
    english["labels"] = language_data(FALLBACK).labels
    for key in ("codes", "names", "legend", "openings", "languages"):
        if key not in table and not getattr(language_data(tag), key, None):
            yield _flaw("missing", "is missing", "see en.toml", key, is_error=False)
    known = language_data(tag)
    if not {"small_words", "characters"} & table.keys() | {*known.small_words, *known.characters}:
        message = "is missing, and so is characters, so nothing knows the language by its dialogue"
        hint = "add its twenty commonest words, or characters if its script is its own"
        yield _flaw("missing", message, hint, "small_words", is_error=False)
    for key, value in english.items():
        own = table.get(key, {} if isinstance(value, Mapping) else None)
        if isinstance(value, Mapping) and key != "languages":
            yield from _name_missing([name for name in value if name not in own], own, key)
        elif own is None:
            yield _flaw(
                "missing", "appears in English", f"translate {value!r}", key, is_error=False
            )
    if find_table(tag) is None:
        hint = f"python tests/make_frequencies.py {tag} makes it, or do without"
        message = f"there is no common_words.{tag}.txt, so notes ask for twice as many words"
        yield _flaw("missing", message, hint, is_error=False)


def _name_missing(names: list[str], own: Mapping[str, Any], key: str) -> Iterator[Issue]:
    if not names:
        return
    if key in _SHORT or own:
        listed = ", ".join(names)
        message = f"{listed}: English" if len(names) > 1 else f"{listed} appears in English"
        yield _flaw("missing", message, f"add to [{key}]", key, is_error=False)
    else:
        yield _flaw("missing", "appears in English", f"add [{key}]", key, is_error=False)
