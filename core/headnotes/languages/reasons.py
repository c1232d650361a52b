"""Reasons as sentences, in the reader's language; the templates lie in `LANGUAGE.toml`."""

from __future__ import annotations

from collections.abc import Iterable

from headnotes.languages.messages import Messages
from headnotes.model import Reason
from headnotes.times import format_clock

_LONG_TERM = 40
"""Characters of a term after which its further alternatives are left out."""

_PLAIN = frozenset(
    {"asked", "density", "episode", "first", "last", "named", "scenes", "topic", "written"}
)
"""Parameters that the reader may type as they are, so not in quotation marks."""


def describe_reasons(reasons: Iterable[Reason], messages: Messages) -> str:
    """Write reasons as one line: what there is, then what is wanting.

    Args:
        reasons: as `Unplaced.reasons` or `Episode.recognised_by` has them.
        messages: of the reader's language.
    """
    first, *others = [describe_reason(reason, messages) for reason in reasons] or [""]
    return f"{first}; {', '.join(others)}" if others else first


def describe_reason(reason: Reason, messages: Messages) -> str:
    """Write one reason in a language."""
    values = {name: _write(name, value, messages) for name, value in reason.parameters.items()}
    return messages.text(f"reasons.{reason.code}", **values)


def describe_remedy(reason: Reason, messages: Messages) -> str:
    """Write what to do about a reason; empty where its code has nothing in `[remedies]`."""
    if reason.code not in messages.table["remedies"]:
        return ""
    # values are to be typed, so none is in quotation marks
    return messages.text(f"remedies.{reason.code}", **reason.parameters)


def _write(name: str, value: object, messages: Messages) -> object:
    if name in _PLAIN:
        return value
    if name == "language":
        return messages.name_language(str(value))
    if isinstance(value, tuple):
        return messages.quote(value)
    if isinstance(value, float):
        return messages.decimal(value)
    if isinstance(value, str):
        return messages.quote((abridge_term(value) if name == "term" else value,))
    return format_clock(value) if name == "start_ms" and isinstance(value, int) else value


def abridge_term(term: str, spoken: str = "") -> str:
    """Return a term with as many of its alternatives as fit in a sentence, at least one.

    Args:
        term: as its author wrote it.
        spoken: the alternative that was spoken, which is shown in any case.
    """
    shown, *others = [alternative.strip() for alternative in term.split("|")]
    while others and len(shown) + len(others[0]) < _LONG_TERM:
        shown += f" | {others.pop(0)}"
    if spoken in others:
        others.remove(spoken)
        shown += f" | {spoken}"
    return f"{shown} | …" if others else shown
