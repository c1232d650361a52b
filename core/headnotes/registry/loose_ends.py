"""What topics name in works that nobody brings: such notes would never show, without a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from headnotes.issues import Issue, near_name
from headnotes.model import Topic, Work


def find_loose_ends(topic: Topic, works: Mapping[str, Work]) -> Iterator[Issue]:
    """Find a topic's work, or depictions of it, that are not there.

    Args:
        topic: already taken.
        works: all that are known, by id.
    """
    work = works.get(topic.work)
    if work is None:
        mend = f"{near_name(topic.work, list(works))}known: {', '.join(works) or 'none'}"
        where = topic.origin or f"topic {topic.id!r}"
        yield Issue(
            path=where, code="unknown-work", message=f"unknown work {topic.work!r}", hint=mend
        )
        return
    known = [one.id for one in work.depictions]
    for note in topic.notes:
        for name in note.depictions:
            if name not in known:
                where = f"{topic.origin}:{note.line}" if topic.origin else f"topic {topic.id!r}"
                mend = f"{near_name(name, known)}`headnotes topics {work.id}` lists them"
                what = f"unknown depiction {name!r}"
                yield Issue(
                    path=f"{where}: {note.id}", code="unknown-depiction", message=what, hint=mend
                )
