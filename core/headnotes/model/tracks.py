"""What was read: tracks, cues, scenes, and the formats they come in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from headnotes.issues import Issue
from headnotes.model.rules import LanguageTag
from headnotes.values import field, frozen

Language = LanguageTag
"""A language tag such as `en` or `de`."""
LocalText = Mapping[Language, str]
"""One text in several languages."""
Certainty = Literal["given", "certain", "likely", "guess"]
"""How a fact about a file is known: said by the user, proven, plausible, or a last resort."""


@frozen(kw_only=True)
class Cue:
    """One timed text of a track.

    Attributes:
        number: its place in the file as read, from 1; empty timed cues count.
        start_ms, end_ms: when it shows; `end_ms` is never before `start_ms`.
        text: all its characters without markup, lines joined by a newline: what a viewer reads.
        spoken: what is said: `text` less speaker labels, [sounds] and music notes.
        raw: the text as the file has it, markup included, lines joined by a newline.
        is_top: whether the file puts it at the top of the picture.
        span: where the whole cue block stands in the decoded source; `None` for made cues.
    """

    number: int
    start_ms: int
    end_ms: int
    text: str
    spoken: str
    raw: str
    is_top: bool = False
    span: tuple[int, int] | None = None


@frozen(kw_only=True)
class Track:
    """One subtitle file as read.

    Attributes:
        name: the file's name for people, without folders of this machine.
        format: name of the `TrackFormat` that read it.
        language: of the dialogue; `None` where neither name nor text shows it.
        cues: in the order of the file.
        encoding: name of the character set it was read in.
        encoding_certainty: how sure that is.
        repairs: what was put right while reading, by line, so that nothing is changed in silence.
        source: the decoded text, from which profiles take what is no cue: styles, settings.
        bom: whether the file began with a byte order mark.
    """

    name: str
    format: str
    language: Language | None
    cues: tuple[Cue, ...]
    encoding: str = "utf-8"
    encoding_certainty: Certainty = "certain"
    repairs: tuple[Issue, ...] = ()
    source: str = field(default="", repr=False)
    bom: bool = False

    @property
    def by_time(self) -> tuple[Cue, ...]:
        """The cues by start, then by number: the order of matching and of written tracks."""
        return tuple(sorted(self.cues, key=lambda cue: (cue.start_ms, cue.number)))

    @property
    def duration_ms(self) -> int:
        """When the last cue ends; 0 for a track without cues."""
        return max((cue.end_ms for cue in self.cues), default=0)


@frozen(kw_only=True)
class TrackFormat:
    """One subtitle format, as a plugin may add it.

    Attributes:
        name: short, as `--format` texts and data name it: `srt`.
        suffixes: usual file endings with their dot.
        recognise: whether decoded text is of this format; sees the whole text, answers fast.
        parse: decoded text to cues in file order and what was repaired; raises `TrackError`.
    """

    name: str
    suffixes: tuple[str, ...]
    recognise: Callable[[str], bool]
    parse: Callable[[str], tuple[tuple[Cue, ...], tuple[Issue, ...]]]


@frozen(kw_only=True)
class Scene:
    """A run of cues without a long silence.

    Attributes:
        number: from 1, by time.
        start_ms, end_ms: from its first cue's start to its last cue's end.
        first_cue, last_cue: positions in `Track.by_time`, from 0, both inside.
    """

    number: int
    start_ms: int
    end_ms: int
    first_cue: int
    last_cue: int
