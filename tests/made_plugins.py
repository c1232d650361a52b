"""What plugins made for tests answer; those that are made as text import it from here."""

from __future__ import annotations

from typing import Any

from headnotes.model import Citation, Moment, Note, NoteText, Source, Topic

LINE = "A good note."
CITATION = Citation(source="s", at="1", stance="supports")


def topic(id: str = "odd", work: str = "babylon-berlin", **changes: Any) -> Topic:  # noqa: A002
    """Make a topic of one context note, whose fields may be changed."""
    text = NoteText(headnote=LINE, shown="Shown.", record="Record.", confidence="Sure.")
    fields = {"id": "n", "texts": {"en": text}, "citations": (CITATION,), **changes}
    source = Source(id="s", title="t", kind="general", standpoint={"en": "x"}, read="part")
    return Topic(
        id=id,
        version="1",
        work=work,
        title={"en": id.title()},
        notes=(Note(**fields),),
        sources={"s": source},
    )


def moment(**changes: Any) -> Moment:
    """Make a moment in the first second of a track."""
    fields = {"start_ms": 0, "end_ms": 1_000, "first_cue": 1, "last_cue": 1, "strength": 1.0}
    return Moment(**{**fields, **changes})
