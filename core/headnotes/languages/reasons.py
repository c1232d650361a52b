"""Reasons as sentences, in the reader's language; the templates lie in `LANGUAGE.toml`."""

from __future__ import annotations

from collections.abc import Iterable

from headnotes.languages.messages import Words
from headnotes.model import Reason
from headnotes.times import format_clock


def tell_reasons(reasons: Iterable[Reason], words: Words) -> str:
    """Write reasons as one line: what there is, then what is wanting.

    Args:
        reasons: as `Unplaced.reasons` or `Episode.recognised_by` has them.
        words: the messages of the reader's language.
    """
    first, *others = [tell_reason(reason, words) for reason in reasons] or [""]
    return f"{first}; {', '.join(others)}" if others else first


def tell_reason(reason: Reason, words: Words) -> str:
    """Write one reason in the words of a language."""
    values = {name: _write(name, value, words) for name, value in reason.parameters.items()}
    return words.say(f"reasons.{reason.code}", **values)


def _write(name: str, value: object, words: Words) -> object:
    if isinstance(value, tuple):
        return ", ".join(words.say("reasons.quoted", text=text) for text in value)
    if isinstance(value, float):
        return f"{value:.2f}".replace(".", words.table["decimal_mark"])
    if isinstance(value, str):
        return words.say("reasons.quoted", text=value)
    return format_clock(value) if name == "start_ms" and isinstance(value, int) else value
