"""What notes do in many tracks at once: a row a note, a column a track, and what is unexpected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from attrs import define, field

from headnotes.anchoring import IndexedTrack
from headnotes.cli.explaining import describe_absence, describe_place
from headnotes.engine import Examination
from headnotes.languages import Messages, base_language
from headnotes.model import Moment, Outcome, Passage
from headnotes.values import NamedTuple

_LEAST_WIDTH = 3
"""Of a column, in characters, a space before it included."""

ON_SCREEN, PLACED, MISSED, NOTHING = "●", "○", "–", "·"  # an en dash, as wide as a dot


class _Column(NamedTuple):
    """One track: its season, the number of its episode and its language; `?` where unknown."""

    season: str
    number: str
    language: str


@define
class Overview:
    """A table that grows by a column a track.

    Attributes:
        columns: what each track is.
        rows: signs by note, `topic/note`, one for each track so far.
        unexpected: what a reader must look at, in the order of tracks.
    """

    columns: list[_Column] = field(factory=list)
    rows: dict[str, list[str]] = field(factory=dict)
    unexpected: list[str] = field(factory=list)

    def add(
        self,
        outcome: Outcome,
        examined: Sequence[tuple[Examination, Sequence[Moment | Passage], bool]],
        track: IndexedTrack,
        messages: Messages,
    ) -> None:
        """Add a track.

        Args:
            outcome: of the track.
            examined: each note or depiction, where it was found, and whether it is on screen.
            track: indexed by all terms.
            messages: in which to say what is unexpected.
        """
        ids = outcome.episode.ids
        season = f"S{ids[0].season:02d}" if ids else "?"
        number = f"{ids[0].number:02d}" if ids else "?"
        language = base_language(outcome.track.language or "?")
        self.columns.append(_Column(season, number, language))
        for exam, places, is_shown in examined:
            name = f"{exam.topic}/{exam.note.id}"
            sign = (ON_SCREEN if is_shown else PLACED) if places else NOTHING
            remark = ""
            if places and exam.expectation == "elsewhere":
                place, episodes = describe_place(places[0], messages), exam.note.episodes
                listed = ", ".join(map(str, episodes))
                remark = messages.text("preview.elsewhere", place=place, episodes=listed)
            elif not places and exam.admitted and exam.expectation == "expected":
                absence = describe_absence(exam, outcome, track, messages)
                sign, remark = MISSED, f"{messages.text('preview.missed')}; {absence}"
            self.rows.setdefault(name, []).append(sign)
            if remark:
                self.unexpected.append(f"{name}: {outcome.track.name}: {remark}")

    def lines(self, messages: Messages) -> Iterator[str]:
        """Return the table, what its signs mean, and what is unexpected."""
        width = max(map(len, self.rows), default=0)
        season_row = "".join(
            season.ljust(self._width * len([*group])) + " "
            for season, group in groupby(column.season for column in self.columns)
        )
        yield f"{'':{width}}  {season_row}".rstrip()
        yield f"{'':{width}}  {self._join([column.number for column in self.columns])}"
        languages = [column.language for column in self.columns]
        if len({*languages}) > 1:
            yield f"{'':{width}}  {self._join(languages)}"
        for name, signs in self.rows.items():
            yield f"{name:{width}}  {self._join(signs)}"
        yield ""
        yield messages.text(
            "preview.legend",
            on_screen=ON_SCREEN,
            placed=PLACED,
            missed=MISSED,
            nothing=NOTHING,
        )
        if self.unexpected:
            yield ""
            yield messages.text("preview.unexpected", count=len(self.unexpected))
            yield from (f"    {line}" for line in self.unexpected)

    @property
    def _width(self) -> int:
        """Of every column, in characters, a space before it included."""
        texts = (text for column in self.columns for text in (column.number, column.language))
        return max([_LEAST_WIDTH, *(1 + len(text) for text in texts)])

    def _join(self, signs: Sequence[str]) -> str:
        """Set signs in columns, seasons apart."""
        seasons = groupby(zip(self.columns, signs, strict=True), key=lambda pair: pair[0].season)
        return " ".join(
            "".join(sign.rjust(self._width) for _, sign in group) for _, group in seasons
        ).rstrip()
