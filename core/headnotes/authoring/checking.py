"""Whether a topic or work file is good enough to show: what reading alone cannot know.

`check` asks of a topic what a viewer needs: the languages of its title, a source a note that was
read, lines that hit and lines that miss, on-screen lines that fit. The strict check, which our
own topics are held to, asks for three of each in all these languages, and more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from headnotes.authoring.cases import check_cases
from headnotes.authoring.chronology import Chronology
from headnotes.authoring.claims import check_claims
from headnotes.authoring.ladder import Review
from headnotes.authoring.notes import Surroundings, check_languages, check_note, within
from headnotes.issues import Issue, TopicError, near_name
from headnotes.languages import find_language
from headnotes.model import PLACEHOLDER, WRITTEN_EPISODE, Claim, LocalText, Topic, Work
from headnotes.topics import (
    BOUNDS,
    RATINGS_FILE,
    WORK_FILE,
    Bounds,
    DataPath,
    Found,
    find_clashes,
    list_texts,
    locate_issues,
    read_topic,
    read_work,
)
from headnotes.values import evolve

_NUMBER = re.compile(rf"{WRITTEN_EPISODE.regex}|[1-9]\d*", re.ASCII)

_CODE_CHARS = 3
"""Of a language in ISO 639-2; no key of a file that is as long is one of them."""


def check_file(  # noqa: PLR0913 - all that is known beside the file
    file: Path,
    works: Mapping[str, Work],
    taken: Mapping[str, str] = MappingProxyType({}),
    bounds: Bounds = BOUNDS,
    *,
    parts: Sequence[Work] = (),
    others: Iterable[Topic] = (),
    broken: Mapping[str, str] = MappingProxyType({}),
) -> Review:
    """Find everything that is wrong with a topic or work file.

    Args:
        file: called `work.toml`, or a topic file.
        works: all that are known, by id; topics name them.
        taken: ids of other topics, with the `folder/file` each comes from.
        bounds: the most that it may have.
        parts: works as all files have them; those of one id are one.
        others: topics that are known already; those on the same work must not contradict it.
        broken: ids of works whose files have mistakes, with the `folder/file` of each; what a
            topic says of such a work is not held against it.

    Returns:
        Issues in the order of the file. One that cannot be read gives the issues of reading
        alone.
    """
    try:
        read = read_work if file.name == WORK_FILE else read_topic
        value = read(file, bounds)
    except TopicError as error:
        # Every issue of a file is shown beside a line of it, also one of the file as a whole.
        issues = tuple(
            evolve(issue, path=str(file), line=issue.line or 1) for issue in error.issues
        )
        return Review(file=str(file), id="", issues=issues)
    if isinstance(value, Work):
        found = [*_check_work(value, works), *_check_beside(value, parts)]
        found += [*_find_placeholders(file), *_find_codes(file)]
        return Review(file=str(file), id=value.id, issues=locate_issues(found, file))
    found = [*_check_id(value, taken)]
    found += [*_find_placeholders(file), *_find_codes(file)]
    if value.work in broken:
        found.append(_describe_broken(value.work, broken[value.work]))
        work = None
    else:
        found += _check_work_name(value, works)
        work = works.get(value.work)
    found += _check_topic(value, work, others, has_code=_has_code(file))
    issues = locate_issues(found, file) + _check_ratings(value, file.with_name(RATINGS_FILE))
    return Review(file=str(file), id=value.id, issues=issues)


def _check_ratings(topic: Topic, file: Path) -> tuple[Issue, ...]:
    """Return what is wrong with the ratings beside a topic."""
    unread = tuple(evolve(issue, path=str(file), line=issue.line or 1) for issue in topic.issues)
    found: list[Found] = []
    for position, rating in enumerate(topic.ratings):
        missing = check_languages(rating.reason, topic.title, "add {} = …", ("reason",))
        found += within(("ratings", position), rating.claim, missing)
    return unread + locate_issues(found, file)


def _has_code(file: Path) -> bool:
    """Whether code beside a topic file answers the hook that places notes."""
    module = file.parent / "__init__.py"
    return module.is_file() and b"annotate_track" in module.read_bytes()


# ----------------------------------------------------------------------------- whole files


def _find_placeholders(file: Path) -> Iterator[Found]:
    """Find texts that are still to be written."""
    for path, text in list_texts(file):
        if text.startswith(PLACEHOLDER):
            message, hint = f"is still to be written: {text!r}", "replace it by your own text"
            yield path, Issue(code="placeholder", level="warning", message=message, hint=hint)


def _find_codes(file: Path) -> Iterator[Found]:
    """Find languages by another code than their tag: nobody who reads `de` is shown `deu`."""
    places = {
        path[: position + 1]: key
        for path, _ in list_texts(file)
        for position, key in enumerate(path)
        if isinstance(key, str) and len(key.partition("-")[0]) == _CODE_CHARS
    }
    for path, key in places.items():
        code, dash, region = key.partition("-")
        tag = find_language(code)
        if tag and tag != code:
            hint = f"write {tag}{dash}{region}"
            yield path, Issue(code="other-code", message=f"{key!r} is no tag", hint=hint)


def _check_beside(work: Work, parts: Sequence[Work]) -> Iterator[Found]:
    """Find what of a work file is left out beside the other files of its id."""
    others = [part for part in parts if part.origin != work.origin]
    return find_clashes(work, others)


def _check_id(value: Topic, taken: Mapping[str, str]) -> Iterator[Found]:
    other = taken.get(value.id, value.origin)
    if other != value.origin:
        message = f"{value.id!r} already exists, from {other}"
        hint = "choose another id, or remove one of them"
        yield ("id",), Issue(code="taken-id", message=message, hint=hint)


def _describe_broken(work: str, file: str) -> Found:
    message = f"work {work!r} has mistakes, in {file}"
    hint = "correct those first; what hangs on them is not checked"
    return ("work",), Issue(code="broken-work", message=message, hint=hint)


def _check_work_name(topic: Topic, works: Mapping[str, Work]) -> Iterator[Found]:
    if topic.work not in works:
        near = f"{near_name(topic.work, list(works))}known: {', '.join(works) or 'none'}"
        hint = f"{near}; put its folder or zip beside this one ({WORK_FILE} describes a new one)"
        message = f"unknown work {topic.work!r}"
        yield ("work",), Issue(code="unknown-work", message=message, hint=hint)


def _check_topic(
    topic: Topic, work: Work | None, others: Iterable[Topic], *, has_code: bool
) -> Iterator[Found]:
    cited = {citation.source for note in topic.notes for citation in note.citations}
    for position, source in enumerate(topic.sources.values()):
        path = ("sources", position)
        # what nobody has read is further reading
        if source.id not in cited and source.read != "not":
            message, hint = "is cited by no note", "cite it or remove it"
            issue = Issue(key=source.id, code="uncited-source", message=message, hint=hint)
            yield path, issue
        missing = check_languages(source.standpoint, topic.title, "add {} = …", ("standpoint",))
        yield from within(path, source.id, missing)
    for position, question in enumerate(topic.questions):
        missing = check_languages(question.text, topic.title, "add {} = …", ("text",))
        yield from within(("questions", position), "question", missing)
    related = [other for other in others if other.work == topic.work and other.id != topic.id]
    around = Surroundings(
        work=work,
        has_code=has_code,
        chronology=Chronology((topic, *related)),
    )
    for position, note in enumerate(topic.notes):
        yield from within(("notes", position), note.id, check_note(note, topic, around))
    if around.work:
        yield from check_claims(topic, around.work)


def _check_work(work: Work, works: Mapping[str, Work]) -> Iterator[Found]:
    # a file that extends a work speaks the languages of that, and is a film if that is one
    whole = works.get(work.id, work)
    title = work.title or whole.title
    for position, depiction in enumerate(work.depictions):
        path = ("depictions", position)
        missing = check_languages(depiction.shown, title, "add {} = …", ("shown",))
        yield from within(path, depiction.id, missing)
        yield from _check_claims((*path, "claims"), depiction.claims, title)
        # Depictions are tried on whole tracks, too; lines of their own are asked for strictly.
        cases = check_cases(depiction, (), is_strict=True, is_film=whole.is_film)
        yield from within(path, depiction.id, cases)
    yield from _check_numberings(work)
    yield from _check_claims(("claims",), work.claims, title)


def _check_numberings(work: Work) -> Iterator[Found]:
    """Find what other services cannot call an episode: no name of a file says it like that."""
    for position, episode in enumerate(work.episodes):
        for service, called in episode.numberings.items():
            if not _NUMBER.fullmatch(called):
                path = ("episodes", position, "numberings", service)
                hint = 'write it as "S01E04", or a plain number as "4"'
                yield path, Issue(code="unread-number", message=repr(called), hint=hint)


def _check_claims(path: DataPath, claims: Sequence[Claim], title: LocalText) -> Iterator[Found]:
    for position, claim in enumerate(claims):
        missing = check_languages(claim.text, title, "add {} = …", ("text",))
        yield from within((*path, position), claim.id, missing)
