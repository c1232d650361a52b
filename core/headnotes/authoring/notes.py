"""Whether the notes of a topic say enough, rest on enough, and can be placed."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from headnotes.authoring.cases import flaws_of_cases
from headnotes.authoring.flaws import Flaw, Path
from headnotes.authoring.languages import STRICT_LANGUAGES, flaws_of_languages
from headnotes.issues import near_name
from headnotes.languages import FALLBACK, describe_reason, load_messages
from headnotes.model import EpisodeId, Note, Topic, Work
from headnotes.scheduling import word_note


@frozen(kw_only=True)
class Surroundings:
    """What a topic file stands in.

    Attributes:
        work: the one its notes are about; `None` where nobody brings it.
        has_code: whether code beside the file may place notes.
    """

    work: Work | None
    has_code: bool


def flaws_of_note(note: Note, topic: Topic, around: Surroundings) -> Iterator[Flaw]:
    """Find everything to mend in one note, by paths relative to it."""
    yield from flaws_of_languages(note.texts, topic.title, "write a [notes.{}] table")
    yield from _flaws_of_texts(note)
    yield from _flaws_of_sources(note, topic)
    if around.work is not None:
        yield from _flaws_of_episodes(note, around.work)
        yield from _flaws_of_depictions(note, around.work)
    yield from _flaws_of_placing(note, around)
    if note.anchors:
        yield from flaws_of_cases(note, STRICT_LANGUAGES)


def _flaws_of_texts(note: Note) -> Iterator[Flaw]:
    for language, text in note.texts.items():
        misfit = word_note(note, language).misfit
        if misfit:
            path = (language, "headnote")
            what = describe_reason(misfit, load_messages(FALLBACK))
            yield Flaw(path=path, what=what, mend="shorten it", rung="file")
        if note.verdict and not text.confidence:
            yield Flaw(
                path=(language,),
                what="a verdict without the reason of its confidence",
                mend=f"say why it is as sure as it is, under [notes.{language}]: confidence = …",
                rung="sources",
            )


def _flaws_of_sources(note: Note, topic: Topic) -> Iterator[Flaw]:
    statuses = {topic.sources[one.source].read for one in note.citations}
    if statuses == {"not"} and note.verdict != "unverified":
        mend = "read one, or say 'unverified'"
        what = "rests only on sources not read"
        yield Flaw(path=("citations", 0), what=what, mend=mend, rung="sources")


def _flaws_of_episodes(note: Note, work: Work) -> Iterator[Flaw]:
    known = [episode.id for episode in work.episodes]
    named: list[tuple[Path, EpisodeId]] = [
        (("episodes", at), one) for at, one in enumerate(note.episodes)
    ]
    named += [(("spoiler",), note.spoiler)] if note.spoiler else []
    for path, episode in named:
        if known and episode not in known:
            what = f"{str(episode)!r} is no episode of {work.id!r}"
            yield Flaw(path=path, what=what, mend=f"it has {known[0]} to {known[-1]}", rung="file")
    expected = [known.index(one) for one in note.episodes if one in known]
    if note.spoiler in known and expected and known.index(note.spoiler) < min(expected):
        yield Flaw(
            path=("spoiler",),
            what=f"{str(note.spoiler)!r} is earlier than all episodes it is expected in",
            mend="name the later episode it tells of, or drop it",
            rung="file",
        )


def _flaws_of_depictions(note: Note, work: Work) -> Iterator[Flaw]:
    known = [one.id for one in work.depictions]
    for position, name in enumerate(note.depictions):
        if name not in known:
            yield Flaw(
                path=("depictions", position),
                what=f"unknown depiction {name!r}",
                mend=f"{near_name(name, known)}`headnotes topics {work.id}` lists them",
                rung="file",
            )


def _flaws_of_placing(note: Note, around: Surroundings) -> Iterator[Flaw]:
    if note.anchors:
        return
    if note.cases.hits or note.cases.misses:
        yield Flaw(
            path=("cases",),
            what="tests an anchor, and the note has none of its own",
            mend="write a [notes.anchor], or drop the cases",
            rung="cases",
        )
    if not note.depictions and not around.has_code:
        yield Flaw(
            path=(),
            what="has nothing that places it",
            mend="name depictions of its work, or write a [notes.anchor]",
            rung="file",
        )
