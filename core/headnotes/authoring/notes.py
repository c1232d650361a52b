"""Whether the notes of a topic are complete, well sourced, and can be placed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from headnotes.authoring.cases import check_cases
from headnotes.authoring.chronology import Chronology
from headnotes.authoring.verdicts import check_verdict
from headnotes.issues import Issue, near_name
from headnotes.languages import (
    FALLBACK,
    base_language,
    describe_reason,
    language_data,
    load_messages,
    opens_by_denying,
)
from headnotes.model import EpisodeId, Language, Note, NoteText, Reason, Topic, Work
from headnotes.scheduling import label_note, word_note
from headnotes.topics import DataPath, Found
from headnotes.values import evolve, frozen

_NEGATIVE = frozenset({"inaccurate", "mostly-inaccurate", "invented"})


@frozen(kw_only=True)
class Surroundings:
    """What a topic file stands in.

    Attributes:
        work: the one its notes are about; `None` where nobody brings it.
        has_code: whether code beside the file may place notes.
        chronology: what it dates, and other topics of its work.
    """

    work: Work | None
    chronology: Chronology
    has_code: bool


def within(path: DataPath, key: str, found: Iterable[Found]) -> Iterator[Found]:
    """Return issues of a part as issues of the whole file.

    Args:
        path: of the part.
        key: what the part is called for people: the id of a note or source.
        found: with paths that are relative to the part.
    """
    return ((path + inner, evolve(issue, key=key)) for inner, issue in found)


def check_languages(
    found: Iterable[str], declared: Iterable[str], hint: str, path: DataPath = ()
) -> Iterator[Found]:
    """Find languages that a text is missing in.

    Args:
        found: tags it has.
        declared: tags of the file's title: what it speaks there it must speak everywhere.
        hint: what to do, with `{}` for the tag.
        path: of the text.
    """
    spoken = {base_language(tag) for tag in found}
    for tag in declared:
        if base_language(tag) not in spoken:
            message = f"has no text in {tag!r}"
            yield path, Issue(code="missing-language", message=message, hint=hint.format(tag))


def check_note(note: Note, topic: Topic, around: Surroundings) -> Iterator[Found]:
    """Find everything to correct in one note, by paths relative to it."""
    yield from check_languages(note.texts, topic.title, "write a [notes.{}] table")
    yield from _check_texts(note)
    yield from _check_sources(note, topic)
    if around.work is not None:
        yield from _check_episodes(note, around.work)
        yield from _check_depictions(note, around.work)
    yield from _check_placing(note, around)
    yield from check_verdict(note, topic, around.chronology)
    if note.anchors:
        is_film = around.work is not None and around.work.is_film
        languages = [*dict.fromkeys(map(base_language, topic.title))]
        yield from check_cases(note, languages, is_film=is_film)


def _check_texts(note: Note) -> Iterator[Found]:
    for language, text in note.texts.items():
        misfit = word_note(note, language).misfit
        if misfit:
            message = describe_reason(misfit, load_messages(FALLBACK))
            issue = Issue(code="headnote-misfit", message=message, hint=_how_to_fit(misfit))
            yield (language, "headnote"), issue
        yield from _check_opening(note, language, text)
        if note.verdict and not text.confidence:
            hint = f"say why it is as sure as it is, under [notes.{language}]: confidence = …"
            message = "a verdict without the reason of its confidence"
            yield (language,), Issue(code="no-reason", message=message, hint=hint)


def _how_to_fit(misfit: Reason) -> str:
    if misfit.code != "long-line":
        return "write one"
    figures = {name: int(str(value)) for name, value in misfit.parameters.items()}
    most = figures["lines"] * figures["line_chars"]
    if figures["chars"] > most:
        return f"shorten it to {most} characters at most, label included"
    return "shorten it, or order its words otherwise: lines break between words"


def _check_opening(note: Note, language: Language, text: NoteText) -> Iterator[Found]:
    """Find lines after a negative label that could be read as what is shown."""
    is_denying = opens_by_denying(text.headnote, language)
    if note.verdict not in _NEGATIVE or is_denying is None:
        return
    if not is_denying and not text.exempt:
        example = language_data(language).openings
        hint = f"begin it like {example.good[0]!r}, or say why not: exempt = …" if example else ""
        message = f"after {label_note(note, language)} it does not open by denying or correcting"
        issue = Issue(code="plain-opening", message=message, hint=hint)
        yield (language, "headnote"), issue
    elif is_denying and text.exempt:
        message = "is exempt from a rule that it keeps"
        yield (language, "exempt"), Issue(code="idle-exemption", message=message, hint="drop it")


def _check_sources(note: Note, topic: Topic) -> Iterator[Found]:
    statuses = {topic.sources[citation.source].read for citation in note.citations}
    if statuses == {"not"} and note.verdict != "unverified":
        message, hint = "rests only on sources not read", "read one, or say 'unverified'"
        yield ("citations", 0), Issue(code="unread-sources", message=message, hint=hint)


def _check_episodes(note: Note, work: Work) -> Iterator[Found]:
    known = [episode.id for episode in work.episodes]
    named: list[tuple[DataPath, EpisodeId]] = [
        (("episodes", position), episode) for position, episode in enumerate(note.episodes)
    ]
    named += [(("spoiler",), note.spoiler)] if note.spoiler else []
    for path, episode in named:
        if work.kind == "film":
            message = f"{work.id!r} is a film, which has no episodes"
            yield path, Issue(code="unknown-episode", message=message, hint="drop it")
        elif known and episode not in known:
            message = f"{str(episode)!r} is not an episode of {work.id!r}"
            hint = f"it has {known[0]} to {known[-1]}; a work.toml with extends = true adds others"
            yield path, Issue(code="unknown-episode", message=message, hint=hint)
    expected = [known.index(episode) for episode in note.episodes if episode in known]
    if note.spoiler in known and expected and known.index(note.spoiler) < min(expected):
        message = f"{str(note.spoiler)!r} is earlier than all episodes it is expected in"
        hint = "name the later episode it gives away, or drop it"
        yield ("spoiler",), Issue(code="early-spoiler", message=message, hint=hint)


def _check_depictions(note: Note, work: Work) -> Iterator[Found]:
    known = [depiction.id for depiction in work.depictions]
    for position, name in enumerate(note.depictions):
        if name not in known:
            hint = f"{near_name(name, known)}`headnotes topics {work.id}` lists them"
            message = f"unknown depiction {name!r}"
            issue = Issue(code="unknown-depiction", message=message, hint=hint)
            yield ("depictions", position), issue


def _check_placing(note: Note, around: Surroundings) -> Iterator[Found]:
    if note.anchors:
        return
    if note.cases.hits or note.cases.misses:
        message = "tests an anchor, and the note has none of its own"
        hint = "write a [notes.anchor], or drop the cases"
        yield ("cases",), Issue(code="idle-cases", message=message, hint=hint)
    if not note.depictions and not around.has_code:
        hint = "name depictions of its work, or write a [notes.anchor]"
        yield (), Issue(code="unplaced-note", message="has nothing that places it", hint=hint)
