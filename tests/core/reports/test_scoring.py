from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.reports.scoring import (
    PRESETS,
    VERDICTS,
    Range,
    Rating,
    rate_outcomes,
    score_ratings,
    score_topics,
)
from made_outcomes import make_outcome
from strategies import outcomes


def rate(*verdicts, weight=1, topic="blutmai", scene_size=2):
    return tuple(
        Rating(
            topic=topic,
            note=f"note-{place}",
            verdict=verdict,
            weight=weight,
            scene=(0, place // scene_size),
        )
        for place, verdict in enumerate(verdicts)
    )


RATINGS = st.lists(
    st.builds(
        Rating,
        topic=st.sampled_from(["blutmai", "comintern"]),
        note=st.uuids().map(str),
        verdict=st.none() | st.sampled_from(VERDICTS),
        weight=st.integers(1, 3),
        scene=st.tuples(st.just(0), st.integers(1, 9)),
    ),
    max_size=40,
)


def test_index_is_weighted_mean_of_scored_notes():
    ratings = [
        *rate("accurate", "inaccurate", weight=3),
        *rate("mostly-accurate", "mostly-inaccurate", "accurate", "invented", "unverified"),
    ]
    score = score_ratings(ratings)
    assert score.index == pytest.approx((3 + 2 / 3 + 1 / 3 + 1) / 9, abs=1e-4)


def test_bounds_put_unverified_at_both_ends():
    score = score_ratings(rate(*["accurate"] * 3, *["inaccurate"] * 3, *["unverified"] * 2))
    assert score.bounds == Range(low=3 / 8, high=5 / 8)


def test_coverage_leaves_inventions_out():
    score = score_ratings(rate("accurate", "unverified", "invented", None))
    assert (score.coverage, score.counts["invented"], score.context) == (0.5, 1, 1)


def test_coverage_of_nothing_is_unknown():
    assert score_ratings(rate("invented", None)).coverage is None


@pytest.mark.parametrize(
    ("scored", "basis"),
    [(0, "none"), (4, "none"), (5, "few"), (9, "few"), (10, "enough")],
    ids=str,
)
def test_few_notes_are_called_few(scored, basis):
    score = score_ratings(rate(*["accurate"] * scored, *["unverified"] * 9))
    assert (score.basis, score.index is None) == (basis, basis == "none")


def test_presets_differ_in_the_middle_and_in_inventions():
    score = score_ratings(rate("accurate", *["mostly-accurate"] * 4, "invented"))
    assert score.presets is not None
    assert {name: one.index for name, one in score.presets.items()} == {
        "strict": pytest.approx(1 / 6, abs=1e-4),
        "standard": pytest.approx((1 + 8 / 3) / 5, abs=1e-4),
        "lenient": 1.0,
    }


def test_interval_needs_three_scenes():
    two, three = (
        score_ratings(rate(*["accurate", "inaccurate"] * 3, scene_size=size)) for size in (3, 2)
    )
    assert (two.interval, three.interval is None) == (None, False)


def test_interval_draws_whole_scenes():
    """Notes that agree within their scene say less than the same notes spread out."""
    verdicts = ["accurate"] * 6 + ["inaccurate"] * 6
    apart = score_ratings(rate(*verdicts, scene_size=1)).interval
    together = score_ratings(rate(*verdicts, scene_size=3)).interval
    assert apart is not None
    assert together is not None
    assert together.high - together.low > apart.high - apart.low


def test_mover_tells_what_leaving_it_out_changes():
    score = score_ratings(rate(*["accurate"] * 4, "inaccurate"))
    assert (score.movers[0].note, score.movers[0].change) == ("note-4", -0.2)


def test_notes_that_change_nothing_move_nothing():
    assert score_ratings(rate(*["accurate"] * 6)).movers == ()


def test_topics_are_scored_by_themselves():
    scores = score_topics([*rate(*["accurate"] * 5), *rate(*["inaccurate"] * 5, topic="comintern")])
    assert {topic: score.index for topic, score in scores.items()} == {"blutmai": 1, "comintern": 0}


def test_note_in_two_files_counts_once():
    outcome = make_outcome(20)
    assert rate_outcomes([outcome, outcome]) == rate_outcomes([outcome])


def test_rating_knows_its_scene():
    assert [one.scene for one in rate_outcomes([make_outcome(14)])] == [
        (0, number) for number in range(1, 15)
    ]


@given(RATINGS)
def test_score_stays_inside_its_bounds(ratings):
    score = score_ratings(ratings)
    shares: list[Any] = [score.coverage, score.index]
    shares += [score.bounds.low, score.index, score.bounds.high] if score.bounds else []
    shares += [score.interval.low, score.interval.high] if score.interval else []
    known = [share for share in shares if share is not None]
    assert all(0 <= share <= 1 for share in known)
    assert shares[2:5] == sorted(shares[2:5])
    assert shares[5:] == sorted(shares[5:])


@given(RATINGS)
def test_presets_are_in_order(ratings):
    presets = score_ratings(ratings).presets or {}
    found = [presets[name].index for name in PRESETS if name in presets]
    assert found == sorted(found)


@given(RATINGS)
def test_score_is_the_same_every_time(ratings):
    assert score_ratings(ratings) == score_ratings(list(ratings))


@given(RATINGS, st.sampled_from(["context", "unverified", "invented"]))
def test_what_is_not_scored_leaves_the_index_alone(ratings, verdict):
    extra = rate(None if verdict == "context" else verdict)
    assert score_ratings([*ratings, *extra]).index == score_ratings(ratings).index


@given(outcomes())
def test_every_note_placed_is_rated_once(outcome):
    placed = {(one.topic, one.note.id) for one in outcome.annotations}
    assert {(one.topic, one.note) for one in rate_outcomes([outcome])} == placed
