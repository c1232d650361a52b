"""Which headnote is on screen when.

`select` keeps what the viewer wants and may know, `schedule` finds the line and the window of
each of these by the rules of `limits`. How a headnote is written into a file is not decided here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import inf
from typing import Literal, get_args

from headnotes.model import Annotation, Confidence, Headnote, Language, Reason, Track
from headnotes.scheduling import limits
from headnotes.scheduling.labels import (
    every_label,
    find_label,
    is_annotated,
    kind_of,
    label_note,
    mark_label,
)
from headnotes.scheduling.legend import is_legend, make_legend
from headnotes.scheduling.limits import BUCKET_MS, FAIL_CPS, GAP_MS, SPACING_MS, Density
from headnotes.scheduling.packing import Bucket, Row
from headnotes.scheduling.placement import Screen, Window, Windows, join_tops, meets_top
from headnotes.scheduling.reading_load import ReadingLoad, count_chars, weigh_reading
from headnotes.scheduling.selection import (
    LeftOut,
    LeftOutKind,
    Selection,
    choose,
    gives_away,
    is_wanted,
    select,
)
from headnotes.scheduling.spans import Span, SpanFinder
from headnotes.scheduling.wording import Wording, clean_line, word_note
from headnotes.values import define, field, frozen

__all__ = [
    "Density",
    "LeftOut",
    "LeftOutKind",
    "ReadingLoad",
    "Schedule",
    "Selection",
    "choose",
    "clean_line",
    "count_chars",
    "every_label",
    "find_label",
    "gives_away",
    "is_annotated",
    "is_legend",
    "is_wanted",
    "join_tops",
    "kind_of",
    "label_note",
    "limits",
    "list_by_moment",
    "mark_label",
    "meets_top",
    "schedule",
    "select",
    "word_note",
]

_MAX_RIVALS = 3
_AHEAD = 0.1
"""How much dearer windows may be than could matter: far more than sums are inexact by."""
_STEP, _FAR = 3.0, 50.0
"""By how much more where there is no place among the cheaper ones, and from where on all count."""
_KINDS = ("omission", "context")
_SURENESS: Sequence[Confidence] = get_args(Confidence)


@frozen(kw_only=True)
class Schedule:
    """What is on screen, by start, and what is not, by moment.

    Attributes:
        legend: what the labels mean, before the first words; `None` where there is no room.
    """

    headnotes: tuple[Headnote, ...]
    left_out: tuple[LeftOut, ...]
    legend: Headnote | None = None

    @property
    def shown(self) -> tuple[Headnote, ...]:
        """Everything to write into a track."""
        return (self.legend, *self.headnotes) if self.legend else self.headnotes


@frozen(eq=False)
class _Wish:
    """An annotation that asks for a window."""

    annotation: Annotation
    wording: Wording
    span: Span
    windows: Windows


_Answer = Literal["shown", "no-place", "full"]


@define(eq=False)
class _Crowd:
    """Headnotes that contend for the same minutes.

    Attributes:
        row: of what is shown, with the windows that may matter to it.
        beyond: how much dearer than the cheapest of its headnote a window in the row may be.
        showing, windows: what is shown, and where, by start.
    """

    row: Row = field(factory=Row)
    beyond: float = _AHEAD
    showing: list[_Wish] = field(factory=list)
    windows: list[Window] = field(factory=list)

    def admit(self, wish: _Wish, bucket: Bucket) -> _Answer:
        """Show one more, if it has a place here and in the density of the film."""
        found = self._find_room(wish)
        if found is None:
            return "no-place"
        place, row, beyond = found
        windows = row.choose_windows()
        # the others may have moved to make room, so all of them count anew
        leaving = [window.start_ms for window in self.windows]
        if not bucket.exchange(leaving, [window.start_ms for window in windows]):
            return "full"
        self.row, self.beyond, self.windows = row, beyond, windows
        self.showing.insert(place, wish)
        return "shown"

    def _find_room(self, wish: _Wish) -> tuple[int, Row, float] | None:
        """Return the place of one more, the row with it, and how dear a window in it may be.

        Where all but one headnote take their cheapest windows, that one has to spend what the best
        row costs beyond the cheapest of all, and no more. A dearer window is in no row as good. So
        where a row of some windows leaves nothing to spend on others, it is the best of all.
        """
        others = [other.windows for other in self.showing]
        cheapest = sum((each.least_cost for each in others), wish.windows.least_cost)
        row, beyond = self.row, self.beyond
        while coming := wish.windows.list_within(beyond):
            place = row.find_place(coming)
            if place is not None:
                found = row.with_slot(place, coming)
                needed = found.least_cost - cheapest + _AHEAD
                if needed <= beyond:
                    return place, found, beyond
                beyond = needed
            elif beyond == inf:
                self.row, self.beyond = row, beyond  # there are many; what follows will ask for all
                return None
            else:
                beyond = 2 * beyond + _STEP if beyond < _FAR else inf
            row = Row.of([each.list_within(beyond) for each in others])
        return None

    def list_headnotes(self) -> Iterator[Headnote]:
        """List what is shown, by start."""
        for wish, window in zip(self.showing, self.windows, strict=True):
            yield _make_headnote(wish.annotation, wish.wording, window.start_ms, window.end_ms)


def schedule(
    track: Track,
    annotations: Iterable[Annotation],
    *,
    language: Language | None = None,
    density: Density = "normal",
) -> Schedule:
    """Return the line and the window of each annotation, or the reason why it has none.

    Verdict notes come before omissions, omissions before context; a note shown for the first time
    before one shown again; then the heavier, then the surer, then the earlier; whoever gives no
    degree of confidence counts as sure. What comes later moves what came before it within its
    passage, but never takes its place. The same input gives the same windows, in whatever order the
    annotations come.

    Args:
        track: the dialogue that the headnotes stand beside.
        annotations: what to show, as `select` kept it.
        language: of the notes; `None` for the dialogue's own.
        density: how many headnotes in ten minutes at most.
    """
    wanted = language or track.language
    wishes, left_out = _word(track, _rank(annotations), wanted)
    crowds = _part(wishes)
    bucket = Bucket(BUCKET_MS // SPACING_MS[density])
    answers = [(wish, crowds[wish].admit(wish, bucket)) for wish in wishes]
    headnotes = sorted(
        (headnote for crowd in set(crowds.values()) for headnote in crowd.list_headnotes()),
        key=lambda headnote: headnote.start_ms,
    )
    left_out += [
        _explain_no_window(wish, answer, headnotes, density)
        for wish, answer in answers
        if answer != "shown"
    ]
    return Schedule(
        headnotes=tuple(headnotes),
        left_out=tuple(sorted(left_out, key=lambda entry: _order(entry.annotation))),
        legend=make_legend(track, headnotes, wanted),
    )


def list_by_moment(
    track: Track, annotations: Iterable[Annotation], *, language: Language | None = None
) -> tuple[Headnote, ...]:
    """Return every annotation with a line from its moment to the end of its passage.

    This is for what is no text on a picture, as chapters are: nothing contends for room.
    """
    headnotes = []
    for annotation in sorted(annotations, key=_order):
        wording = word_note(annotation.note, language or track.language)
        moment, passage = annotation.moment, annotation.passage
        end_ms = max(moment.end_ms, passage.end_ms) if passage else moment.end_ms
        if wording.misfit is None:
            headnotes.append(_make_headnote(annotation, wording, moment.start_ms, end_ms))
    return tuple(headnotes)


def _order(annotation: Annotation) -> tuple[int, str, str]:
    return annotation.moment.start_ms, annotation.topic, annotation.note.id


def _rank(annotations: Iterable[Annotation]) -> list[Annotation]:
    """Return annotations in the order in which they choose their windows."""
    # counted by moment, or the second showing could be taken for the first
    seen: Counter[tuple[str, str]] = Counter()
    ranked = []
    for annotation in sorted(annotations, key=_order):
        note = annotation.note
        name = (annotation.topic, note.id)
        kind = kind_of(note)
        # verdicts, whatever they say, come before the kinds that are listed
        importance = _KINDS.index(kind) + 1 if kind in _KINDS else 0
        doubt = _SURENESS.index(note.confidence) if note.confidence else 0
        rank = (importance, seen[name] > 0, -note.weight, doubt, _order(annotation))
        ranked.append((rank, annotation))
        seen[name] += 1
    return [annotation for _, annotation in sorted(ranked, key=lambda pair: pair[0])]


def _word(
    track: Track, annotations: Sequence[Annotation], wanted: Language | None
) -> tuple[list[_Wish], list[LeftOut]]:
    """Return what asks for a window, and what has no line to show."""
    screen = Screen(ReadingLoad(track.cues, weigh_reading(track.language)), join_tops(track.cues))
    spans = SpanFinder(track, annotations)
    wishes: list[_Wish] = []
    left_out: list[LeftOut] = []
    for annotation in annotations:
        wording = word_note(annotation.note, wanted)
        if wording.misfit:
            left_out.append(LeftOut(annotation=annotation, kind="text", reason=wording.misfit))
            continue
        span = spans.find_span(annotation)
        windows = Windows(screen, wording.reading_chars, span)
        wishes.append(_Wish(annotation, wording, span, windows))
    return wishes, left_out


def _part(wishes: Sequence[_Wish]) -> dict[_Wish, _Crowd]:
    """Part wishes into crowds: two whose spans meet are in one, directly or through others."""
    crowds: dict[_Wish, _Crowd] = {}
    crowd, end_ms = _Crowd(), 0
    for wish in sorted(wishes, key=lambda wish: wish.span.start_ms):
        # what can never come near each other is packed apart: work grows with the square of a crowd
        if wish.span.start_ms >= end_ms + GAP_MS:
            crowd = _Crowd()
        crowds[wish] = crowd
        end_ms = max(end_ms, wish.span.end_ms)
    return crowds


def _make_headnote(
    annotation: Annotation, wording: Wording, start_ms: int, end_ms: int
) -> Headnote:
    return Headnote(
        annotation=annotation,
        label=wording.label,
        text=wording.text,
        start_ms=start_ms,
        end_ms=end_ms,
        language=wording.language,
    )


def _explain_no_window(
    wish: _Wish, answer: _Answer, headnotes: Sequence[Headnote], density: Density
) -> LeftOut:
    """Return why an annotation found no window."""
    kind: LeftOutKind = "dialogue"
    if answer == "full":
        kind = "room"
        most = {"most": BUCKET_MS // SPACING_MS[density], "density": density}
        reason = Reason("many-in-ten-minutes", most)
    elif wish.windows.least_cost < inf:
        kind = "room"
        reason = Reason("crowded-passage", {"notes": tuple(_find_rivals(wish.span, headnotes))})
    elif wish.windows.quietest_cps == inf:
        reason = Reason("passage-too-short")
    else:
        figures = {"cps": round(wish.windows.quietest_cps), "most": FAIL_CPS}
        reason = Reason("much-dialogue", figures)
    return LeftOut(annotation=wish.annotation, kind=kind, reason=reason)


def _find_rivals(span: Span, headnotes: Sequence[Headnote]) -> Iterator[str]:
    """Return the lines of the first headnotes that stand in a span."""
    rivals = [
        headnote
        for headnote in headnotes
        if headnote.start_ms < span.end_ms and span.start_ms < headnote.end_ms + GAP_MS
    ]
    for rival in rivals[:_MAX_RIVALS]:
        yield rival.text.replace("\n", " ")
