from __future__ import annotations

import pytest
from attrs import evolve

from headnotes.reports.rollup import find_clear_differences, make_member, make_part, roll_up
from headnotes.scoring import Range, score_claims
from made_outcomes import make_outcome, make_track


def make(episode_id, name="x.srt"):
    return make_member(make_outcome(6, episode_id=episode_id, track=make_track(name=name)))


def score_with(low, high):
    interval = Range(low=low, high=high) if high is not None else None
    return evolve(score_claims([], {}), interval=interval)


def test_episodes_are_in_order_whatever_the_order_of_files():
    (series,) = roll_up([make("S02E01"), make(None), make("S01E10"), make("S01E02")])
    assert [
        (season.number, [str(one.episode) for one in season.part.members])
        for season in series.seasons
    ] == [(1, ["S01E02", "S01E10"]), (2, ["S02E01"]), (None, ["None"])]


def test_works_stay_apart_and_unknown_comes_last():
    outcome = make_outcome(6)
    unknown = make_member(evolve(outcome, episode=evolve(outcome.episode, work=None), work=None))
    assert [series.work is None for series in roll_up([unknown, make("S01E02")])] == [False, True]


def test_two_files_of_an_episode_count_once_together():
    english, german = make("S01E04", "S01E04.en.srt"), make("S01E04", "S01E04.de.srt")
    assert make_part([english, german]).score.counts == make_part([english]).score.counts


def test_files_of_an_episode_are_one_row_and_unknown_ones_each_their_own():
    files = [make("S01E04", "a.srt"), make("S01E04", "b.srt"), make(None), make(None)]
    (series,) = roll_up(files)
    assert [len(episode.members) for episode in series.episodes] == [2, 1, 1]


def test_topics_of_a_part_are_scored_by_themselves():
    assert set(make_part([make("S01E04")]).topics) == {"blutmai", "comintern", "trotskyists"}


def test_member_keeps_nothing_heavy():
    outcome = make("S01E04").outcome
    assert (outcome.track.cues, outcome.annotations, outcome.unplaced) == ((), (), ())


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ((0.6, 0.8), (0.1, 0.5), [(0, (1,))]),
        ((0.1, 0.5), (0.6, 0.8), [(1, (0,))]),
        ((0.5, 0.8), (0.1, 0.5), []),
        ((0.1, 0.9), (0.4, 0.5), []),
        ((0.6, None), (0.1, 0.5), []),
    ],
    ids=["above", "below", "touching", "inside", "no interval"],
)
def test_only_intervals_apart_differ_clearly(one, other, found):
    assert find_clear_differences([score_with(*one), score_with(*other)]) == found


def test_what_is_kept_of_a_file_does_not_grow_with_its_text():
    member = make("S01E01")
    kept = member.outcome
    assert (kept.track.source, kept.track.cues, kept.annotations) == ("", (), ())


def test_claim_that_another_file_of_the_part_makes_counts_there():
    outcome = make_outcome(6)
    strange = evolve(outcome, episode=evolve(outcome.episode, ids=("S01E05",)))
    alone = make_part([make_member(strange)])
    assert (alone.score.claims, len(alone.elsewhere)) == (0, 5)
    both = make_part([make_member(strange), make_member(outcome)])
    assert (both.score.found, both.elsewhere) == (5, ())
