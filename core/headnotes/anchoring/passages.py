"""Assigned candidates to passages: from the first telling word to where the depiction stops.

A passage ends soon after the last cue that still speaks its terms, none longer than `STOPPED_MS`
after the one before, or `RESUMED_MS` where two of them come back together: what is said without a
silence within `TRAILING_MS` still belongs to it. Its picture outlasts its words: the pause after
the last of them belongs to it, too, for `PAUSE_MS` at most. It never reaches into the next passage.
Of the right passages in our scripts 89 in 100 end within half a minute of their label (80 without
those that come back, by which the figures were chosen), of the closed collection 90 (85).

A track may begin with a recap: in its first two minutes are passages of earlier episodes alone,
more than one, or one beside two more that earlier episodes have, too. What begins before the last
of them is over is none of the track's own passages. Where there are three or more as early,
whatever the episode, they tell nothing of the one that the track is: scenes mostly take a minute.

Of 22 labelled scripts behind lines of the episode before them, a recap is found in 18, and in none
of the 24 scripts as they are; of 54 episodes made of the closed collection, two seem to have one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence

from headnotes.anchoring.candidates import Candidate
from headnotes.anchoring.index import IndexedTrack
from headnotes.anchoring.windows import Spoken, collect
from headnotes.model import EpisodeId, Passage

STOPPED_MS = 15_000
"""A depiction is over when none of its terms is spoken for so long, and a single one after it."""

RESUMED_MS = 40_000
"""How long people may speak of something else before two different terms show that it goes on."""

TOGETHER_MS = 10_000
"""Within how long those two are spoken."""

_NEAR = 100
"""Among so many occurrences the other is looked for; a hostile track has any number at one time."""

TRAILING_MS = 10_000
"""People go on for a while after the last telling word."""

PAUSE_MS = 10_000
"""How long a passage goes on while nobody speaks after it: up to what counts as a silence."""

RECAP_MS = 120_000
"""How long a recap may go on; those of series last half a minute to one and a half."""

_LEAST_IN_RECAP = 2
"""Passages of earlier episodes alone; a single one may be a chance meeting of words."""

LEAST_CROWDED = 3
"""Passages within `RECAP_MS`, where those of an episode itself would hardly be so many."""


def make_passages(assigned: Mapping[str, Candidate], track: IndexedTrack) -> dict[str, Passage]:
    """Make passages of the candidates that depictions were assigned, by depiction, by time."""
    in_time = sorted(assigned.items(), key=lambda item: (item[1].first_cue, item[0]))
    starts = [candidate.first_cue for _, candidate in in_time]
    return {
        name: _make_passage(name, candidate, _find_end(candidate, starts, track), track)
        for name, candidate in in_time
    }


def _find_end(candidate: Candidate, starts: Sequence[int], track: IndexedTrack) -> int:
    """Return the position of the last cue in which an assigned depiction still plays.

    Args:
        candidate: of the depiction.
        starts: positions of the first cues of all passages, in order.
        track: the track.
    """
    cues = track.tokens.cues
    # a passage that begins among these words does not end them
    after = [start for start in starts if start > candidate.last_cue]
    limit = min(after, default=len(cues)) - 1
    last = candidate.last_cue
    spoken = collect(candidate.anchor, track)
    for at in range(bisect_left(spoken.at_ms, cues[last].start_ms), len(spoken)):
        silent_ms = spoken.at_ms[at] - cues[last].end_ms
        if silent_ms > RESUMED_MS:
            break
        if silent_ms > STOPPED_MS and not _come_back(spoken, at):
            continue
        last_cue = track.tokens.cue_of[spoken.last[at]]
        # a phrase may end in the next passage, while a later word still stands before it
        if last_cue <= limit:
            last = max(last, last_cue)
    return _find_last_word(last, limit, track)


def _come_back(spoken: Spoken, at: int) -> bool:
    """Whether with an occurrence of a term another one is spoken, in other words, soon after."""
    end = bisect_right(
        spoken.at_ms, spoken.at_ms[at] + TOGETHER_MS, hi=min(len(spoken), at + _NEAR)
    )
    return any(
        spoken.term[other] != spoken.term[at] and spoken.first[other] > spoken.last[at]
        for other in range(at + 1, end)
    )


def _find_last_word(last: int, limit: int, track: IndexedTrack) -> int:
    """Return the position of the last cue that follows telling words closely, without a silence."""
    cues = track.tokens.cues
    until_ms = cues[last].end_ms + TRAILING_MS
    run_end = track.scene_at(last).last_cue
    while last < min(limit, run_end) and cues[last + 1].end_ms <= until_ms:
        last += 1
    return last


def _make_passage(name: str, candidate: Candidate, last: int, track: IndexedTrack) -> Passage:
    cues = track.tokens.cues
    first = candidate.first_cue
    spoken_ms = max(cue.end_ms for cue in cues[first : last + 1])
    # the next cue may begin before this one ends
    next_ms = (max(cue.start_ms, spoken_ms) for cue in cues[last + 1 : last + 2])
    return Passage(
        depiction=name,
        start_ms=cues[first].start_ms,
        end_ms=min([spoken_ms + PAUSE_MS, *next_ms]),
        first_cue=cues[first].number,
        last_cue=cues[last].number,
    )


def end_of_crowd(early: Collection[Passage], start_ms: int) -> int:
    """Return when those passages end that crowd the start of a track; -1 where they do not.

    Args:
        early: all whose words are spoken within `RECAP_MS`, whatever the episode.
        start_ms: when the first words of the track are spoken.
    """
    if len(early) < LEAST_CROWDED:
        return -1
    return min(max(each.end_ms for each in early), start_ms + RECAP_MS + PAUSE_MS)


def find_recap(
    passages: Iterable[Passage],
    expected: Mapping[str, Sequence[EpisodeId]],
    ids: Sequence[EpisodeId],
    track: IndexedTrack,
) -> Passage | None:
    """Return the recap at the start of a track, if there is one.

    Args:
        passages: found without regard to the episode.
        expected: in which episodes each depiction is expected.
        ids: the episodes of the track, one at least.
        track: the track, with one cue at least.
    """
    # counted from the first words: a film may begin with silence
    start = track.tokens.cues[0]
    earlier = [
        passage
        for passage in passages
        if passage.end_ms - start.start_ms <= RECAP_MS + PAUSE_MS
        and any(episode < min(ids) for episode in expected[passage.depiction])
    ]
    alone = [passage for passage in earlier if max(expected[passage.depiction]) < min(ids)]
    if len(alone) < _LEAST_IN_RECAP and not (alone and len(earlier) >= LEAST_CROWDED):
        return None
    last = max(earlier, key=lambda passage: passage.end_ms)
    return Passage(
        start_ms=start.start_ms,
        end_ms=last.end_ms,
        first_cue=start.number,
        last_cue=last.last_cue,
    )
