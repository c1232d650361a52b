"""Whether a topic or work file is good enough to show: what reading alone cannot know.

`check` asks of a topic what a viewer needs: the languages of its title, a source a note that was
read, lines that hit and lines that miss, on-screen lines that fit. The strict check, which our
own topics are held to, asks for English and German and three of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from headnotes.authoring.cases import flaws_of_cases
from headnotes.authoring.findings import Finding, Review
from headnotes.authoring.flaws import Flaw
from headnotes.authoring.languages import flaws_of_languages
from headnotes.authoring.notes import Surroundings, flaws_of_note
from headnotes.issues import Issue, TopicError, near_name
from headnotes.model import Topic, Work
from headnotes.topics import WORK_FILE, read_topic, read_work
from headnotes.topics.lines import LineIndex
from headnotes.topics.reading import shown_path


def check_file(
    file: Path, works: Mapping[str, Work], taken: Mapping[str, str] = MappingProxyType({})
) -> Review:
    """Find everything that is wrong with a topic or work file.

    Args:
        file: called `work.toml`, or a topic file.
        works: all that are known, by id; topics name them.
        taken: ids of other files of its kind, with the `folder/file` each comes from.

    Returns:
        Findings in the order of the file. One that cannot be read gives the problems of reading
        alone.
    """
    try:
        value = read_work(file) if file.name == WORK_FILE else read_topic(file)
    except TopicError as error:
        findings = tuple(_finding_of(problem, file) for problem in error.issues)
        return Review(file=str(file), id="", findings=findings)
    flaws = [*_flaws_of_id(value, taken)]
    if isinstance(value, Work):
        flaws += _flaws_of_work(value)
    else:
        flaws += _flaws_of_topic(value, works, has_code=_has_code(file))
    return Review(file=str(file), id=value.id, findings=_place(flaws, file))


def _place(flaws: Sequence[Flaw], file: Path) -> tuple[Finding, ...]:
    """Give flaws their lines, and put them in the order of the file."""
    if not flaws:
        return ()
    index = LineIndex(file.read_text(encoding="utf-8-sig"))
    findings = (
        Finding(
            file=str(file),
            line=index.line_of(flaw.path),
            place=flaw.place,
            what=flaw.what,
            mend=flaw.mend,
            rung=flaw.rung,
            is_strict=flaw.is_strict,
        )
        for flaw in flaws
    )
    return tuple(sorted(findings, key=lambda one: one.line))


def _finding_of(problem: Issue, file: Path) -> Finding:
    """Take a problem of reading apart again: `folder/file:line: key` and what is wrong."""
    told = re.fullmatch(r"(?::(\d+))?(?:: (.*))?", problem.where.removeprefix(shown_path(file)))
    line, place = told.groups() if told else (None, problem.where)
    return Finding(
        file=str(file),
        line=int(line or 1),
        place=place or "",
        what=problem.message,
        mend=problem.hint,
        rung="file",
    )


def _has_code(file: Path) -> bool:
    """Tell whether code beside a topic file answers the hook that places notes."""
    module = file.parent / "__init__.py"
    return module.is_file() and b"annotate_track" in module.read_bytes()


# ----------------------------------------------------------------------------- whole files


def _flaws_of_id(value: Topic | Work, taken: Mapping[str, str]) -> Iterator[Flaw]:
    other = taken.get(value.id, value.origin)
    if other != value.origin:
        yield Flaw(
            path=("id",),
            what=f"{value.id!r} is there already, from {other}",
            mend="choose another id, or remove one of them",
            rung="file",
            place="id",
        )


def _flaws_of_topic(topic: Topic, works: Mapping[str, Work], *, has_code: bool) -> Iterator[Flaw]:
    if topic.work not in works:
        yield Flaw(
            path=("work",),
            what=f"unknown work {topic.work!r}",
            mend=f"{near_name(topic.work, list(works))}known: {', '.join(works) or 'none'}; "
            f"a new one is described in a {WORK_FILE}",
            rung="file",
            place="work",
        )
    yield from _within(
        ("title",), "title", flaws_of_languages(topic.title, topic.title, "add {} = …")
    )
    cited = {one.source for note in topic.notes for one in note.citations}
    for position, source in enumerate(topic.sources.values()):
        path = ("sources", position)
        if source.id not in cited:
            flaw = Flaw(
                path=(), what="is cited by no note", mend="cite it or remove it", rung="sources"
            )
            yield flaw.within(*path, place=source.id)
        missing = flaws_of_languages(source.standpoint, topic.title, "add {} = …", ("standpoint",))
        yield from _within(path, source.id, missing)
    around = Surroundings(work=works.get(topic.work), has_code=has_code)
    for position, note in enumerate(topic.notes):
        yield from _within(("notes", position), note.id, flaws_of_note(note, topic, around))


def _flaws_of_work(work: Work) -> Iterator[Flaw]:
    for position, one in enumerate(work.depictions):
        path = ("depictions", position)
        missing = flaws_of_languages(one.shown, work.title, "add {} = …", ("shown",))
        yield from _within(path, one.id, missing)
        # Depictions are tried on whole tracks, too; lines of their own are asked for strictly.
        yield from _within(path, one.id, flaws_of_cases(one, (), is_strict=True))


def _within(path: tuple[str | int, ...], place: str, flaws: Iterator[Flaw]) -> Iterator[Flaw]:
    return (flaw.within(*path, place=place) for flaw in flaws)
