"""A kit for the tests of topics and plugins, loaded by choice.

In a test module, or in the `conftest.py` at the top of your tests:

    pytest_plugins = ["headnotes.testing"]

gives four fixtures: `make_track` (a track from lines), `make_topic` (a topic from text), `play`
(run a track and see what shows where) and `check` (what `headnotes check` finds in a file). For
tests that are checked for types they are a `MakeTrack`, a `MakeTopic`, a `Play` and a `Check`.
Nothing here is imported by Headnotes itself.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import pytest

from headnotes.authoring import check_file, speak
from headnotes.engine import Engine
from headnotes.issues import Issue, PluginError, UsageError, near_name
from headnotes.languages import FALLBACK, describe_reasons, load_messages
from headnotes.model import Annotation, Headnote, Outcome, Topic, Track, Work
from headnotes.recognition import Overrides
from headnotes.registry import Registry
from headnotes.scheduling import schedule
from headnotes.topics import TOPIC_FILE, find_topic_files, read_topic
from headnotes.values import frozen

__all__ = [
    "Check",
    "MakeTopic",
    "MakeTrack",
    "Play",
    "Played",
    "check",
    "make_topic",
    "make_track",
    "play",
]


@frozen(kw_only=True)
class Played:
    """What one track gave, as far as the topics asked for are concerned.

    Attributes:
        outcome: everything that came of the track, of all topics.
        annotations: notes of the topics asked for, attached to moments, by time.
        headnotes: what of them is on screen, at the densest setting.
        known: ids of all notes that the topics asked for have, and of those that code made.
    """

    outcome: Outcome
    annotations: tuple[Annotation, ...]
    headnotes: tuple[Headnote, ...]
    known: frozenset[str]

    @property
    def notes(self) -> list[str]:
        """The ids of the notes that were attached, by time."""
        return [annotation.note.id for annotation in self.annotations]

    def lines_of(self, note: str) -> list[str]:
        """Return the lines with which the moments of a note begin.

        Raises:
            UsageError: no topic asked for has this note.
        """
        self._refuse_unknown(note)
        spoken = {cue.number: cue.text for cue in self.outcome.track.cues}
        return [
            spoken[annotation.moment.first_cue]
            for annotation in self.annotations
            if annotation.note.id == note
        ]

    def shown(self, note: str) -> list[str]:
        """Return what a note puts on screen, label included, lines joined by a space.

        Raises:
            UsageError: no topic asked for has this note.
        """
        self._refuse_unknown(note)
        return [
            " ".join(headnote.text.split("\n"))
            for headnote in self.headnotes
            if headnote.annotation.note.id == note
        ]

    def missing(self, note: str) -> str:
        """Return what kept a note from being placed; empty where it was, or was not expected.

        Raises:
            UsageError: no topic asked for has this note.
        """
        self._refuse_unknown(note)
        messages = load_messages(FALLBACK)
        reasons = (missed.reasons for missed in self.outcome.unplaced if missed.note.id == note)
        return describe_reasons(next(reasons, ()), messages)

    def _refuse_unknown(self, note: str) -> None:
        """Refuse a misspelt note: a test that it does not show would pass for ever."""
        if note not in self.known:
            near = near_name(note, sorted(self.known))
            hint = f"{near}of a note that code makes now and then, ask whether it is in .notes"
            raise _misuse("play", "unknown-note", f"no topic asked for has the note {note!r}", hint)


class MakeTrack(Protocol):
    """What the fixture `make_track` gives."""

    def __call__(self, *lines: str | float, language: str | None = None) -> Track:
        """Make a track of lines; a number is a silence of so many seconds.

        Raises:
            UsageError: one of them is neither.
        """


class MakeTopic(Protocol):
    """What the fixture `make_topic` gives."""

    def __call__(self, text: str) -> Topic:
        """Read a topic from the text of a topic file."""


class Check(Protocol):
    """What the fixture `check` gives."""

    def __call__(self, file: Path | str, *, strict: bool = False) -> list[str]:
        """Return what `headnotes check` finds in a file or a folder, a line each."""


class Play(Protocol):
    """What the fixture `play` gives."""

    def __call__(self, track: Track, *topics: str | Topic, episode: str | None = None) -> Played:
        """Run a track as if it were an episode of the topics' work.

        Args:
            track: from `make_track`.
            topics: ids of installed topics (their code runs, too), or topics from `make_topic`.
            episode: `SxxEyy`; `None`: unknown.

        Raises:
            PluginError: no plugin brings one of the topics, or the code of one failed.
            UsageError: the episode is none.
        """


@pytest.fixture
def make_track() -> MakeTrack:
    """Return a function that makes a track of lines: `make_track("Hello.", 12, "Anyone?")`.

    Each line is spoken for 2.5 seconds, the next one follows at once; a number between lines is a
    silence of so many seconds. `language` is that of the dialogue.
    """

    def make(*lines: str | float, language: str | None = None) -> Track:
        for line in lines:
            _refuse_no_line(line)
        return Track(name="made.srt", format="srt", language=language, cues=speak(lines))

    return make


def _refuse_no_line(line: object) -> None:
    if not (isinstance(line, str) or (isinstance(line, (int, float)) and 0 <= line < math.inf)):
        message, hint = f"{line!r} is no line", "give texts, and seconds of silence between them"
        raise _misuse("make_track", "bad-line", message, hint)


@pytest.fixture
def make_topic(tmp_path: Path) -> MakeTopic:
    """Return a function that reads a topic from the text of a topic file."""

    def make(text: str) -> Topic:
        file = tmp_path / TOPIC_FILE
        file.write_text(text, encoding="utf-8")
        return read_topic(file)

    return make


@pytest.fixture
def play() -> Play:
    """Return a function that runs a track and says what shows where; see `Play`."""
    registry = Registry()

    def run(track: Track, *topics: str | Topic, episode: str | None = None) -> Played:
        asked = [_find_topic(topic, registry) for topic in topics]
        works = _works_of(asked, registry)
        engine = Engine(
            {**registry.topics, **{topic.id: topic for topic in asked}}, works, registry
        )
        overrides = _override(asked[0].work if asked else None, episode)
        outcome = engine.annotate(track, overrides=overrides)
        ids = {topic.id for topic in asked}
        for plugin in registry.plugins:
            if plugin.issues and ids.intersection(plugin.topics):
                raise PluginError(*plugin.issues)
        annotations = tuple(
            annotation for annotation in outcome.annotations if annotation.topic in ids
        )
        planned = schedule(track, annotations, density="dense")
        known = {note.id for topic in asked for note in topic.notes}
        return Played(
            outcome=outcome,
            annotations=annotations,
            headnotes=planned.headnotes,
            known=frozenset(known.union(annotation.note.id for annotation in annotations)),
        )

    return run


def _override(work: str | None, episode: str | None) -> Overrides:
    try:
        return Overrides(work=work, episode=episode)
    except ValueError as error:
        raise _misuse("play", "bad-episode", str(error), "write it as S01E01") from None


def _find_topic(asked: str | Topic, registry: Registry) -> Topic:
    """Return a topic by its id.

    Raises:
        PluginError: no plugin that is installed brings it; says what went wrong with plugins.
    """
    if isinstance(asked, Topic):
        return asked
    if asked not in registry.topics:
        what = f"no installed plugin brings the topic {asked!r}"
        hint = "install the package (pip install -e .), and see `headnotes plugins`"
        raise PluginError(
            Issue(path="play", code="unknown-topic", message=what, hint=hint), *registry.issues
        )
    return registry.topics[asked]


def _works_of(topics: list[Topic], registry: Registry) -> Mapping[str, Work]:
    """Return the works that are installed, and an empty one for each that is not."""
    unknown = {
        topic.work: Work(id=topic.work, title={"en": topic.work})
        for topic in topics
        if topic.work not in registry.works
    }
    return {**unknown, **registry.works}


@pytest.fixture
def check() -> Check:
    """Return a function that says, a line each, what `headnotes check` finds; see `Check`."""

    def find(file: Path | str, *, strict: bool = False) -> list[str]:
        path, known = Path(file), Registry()
        files, issues = find_topic_files(path) if path.is_dir() else ((path,), ())
        reviews = [check_file(each, known.works, parts=known.parts) for each in files]
        found = [issue for review in reviews for issue in review.asked(is_strict=strict)]
        return [*map(str, (*issues, *found))]

    return find


def _misuse(path: str, code: str, message: str, hint: str) -> UsageError:
    return UsageError(Issue(path=path, code=code, message=message, hint=hint))
