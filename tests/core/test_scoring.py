from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from headnotes import scoring
from headnotes.scoring import (
    PRESETS,
    VERDICTS,
    CountedNote,
    rate_outcomes,
    score_ratings,
    score_topics,
)
from made_outcomes import make_outcome
from strategies import outcomes


def rate(*verdicts, weight=1, topic="blutmai", scene_size=2):
    return tuple(
        CountedNote(
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
        CountedNote,
        topic=st.sampled_from(["blutmai", "comintern"]),
        note=st.uuids().map(str),
        verdict=st.none() | st.sampled_from(VERDICTS),
        weight=st.integers(1, 3),
        scene=st.tuples(st.just(0), st.integers(1, 9)),
    ),
    max_size=40,
)


# ------------------------------------------------------------------------ the rules, one by one

SCORED_FOUR = ("accurate", "mostly-accurate", "mostly-inaccurate", "inaccurate")
INDEX = [
    # verdicts, weight of the first, then the index under strict, standard, lenient
    pytest.param(["accurate"] * 5, 1, (1.0, 1.0, 1.0), id="accurate is 1"),
    pytest.param(["mostly-accurate"] * 5, 1, (0.0, 0.6667, 1.0), id="mostly accurate is 2/3"),
    pytest.param(["mostly-inaccurate"] * 5, 1, (0.0, 0.3333, 0.3333), id="mostly false is 1/3"),
    pytest.param(["inaccurate"] * 5, 1, (0.0, 0.0, 0.0), id="inaccurate is 0"),
    pytest.param(["accurate", *["inaccurate"] * 5], 2, (0.2857, 0.2857, 0.2857), id="weight 2"),
    pytest.param(["accurate", *["inaccurate"] * 5], 3, (0.375, 0.375, 0.375), id="weight 3"),
    pytest.param(["inaccurate", *["accurate"] * 5], 3, (0.625, 0.625, 0.625), id="against it"),
    pytest.param([*SCORED_FOUR, "accurate"], 3, (0.5714, 0.7143, 0.7619), id="all four"),
    pytest.param(["invented", *["accurate"] * 5], 3, (0.625, 1.0, 1.0), id="invented is licence"),
    pytest.param(["unverified", *["accurate"] * 5], 3, (1.0, 1.0, 1.0), id="unverified is out"),
    pytest.param([None, *["accurate"] * 5], 3, (1.0, 1.0, 1.0), id="context is out"),
]


def weigh_first(verdicts, weight, **more):
    return (*rate(verdicts[0], weight=weight, **more), *rate(*verdicts, **more)[1:])


@pytest.mark.parametrize(("verdicts", "weight", "expected"), INDEX)
def test_index_under_each_preset(verdicts, weight, expected):
    score = score_ratings(weigh_first(verdicts, weight))
    presets = {name: preset.index for name, preset in score.presets.items()}
    assert presets == dict(zip(("strict", "standard", "lenient"), expected, strict=True))
    assert score.index == presets["standard"]


@pytest.mark.parametrize(
    ("verdicts", "weight", "expected"),
    [
        (["unverified", *["accurate"] * 5], 1, (0.8333, 1.0)),
        (["unverified", *["accurate"] * 5], 3, (0.625, 1.0)),
        (["unverified", *["inaccurate"] * 5], 3, (0.0, 0.375)),
        (["unverified", "unverified", *["mostly-accurate"] * 5], 2, (0.4167, 0.7917)),
        (["invented", *["accurate"] * 5], 3, (1.0, 1.0)),
        ([None, *["inaccurate"] * 5], 3, (0.0, 0.0)),
    ],
    ids=["right", "heavier", "wrong", "two", "no invention", "no context"],
)
def test_bounds_put_the_unverified_at_0_and_at_1(verdicts, weight, expected):
    bounds = score_ratings(weigh_first(verdicts, weight)).bounds
    assert (bounds.low, bounds.high) == expected


@pytest.mark.parametrize(
    ("verdicts", "coverage"),
    [
        (["accurate", "unverified"], 0.5),
        (["mostly-accurate", "inaccurate", "unverified"], 0.6667),
        (["mostly-inaccurate", "unverified", "unverified"], 0.3333),
        (["accurate", "unverified", "invented", None], 0.5),
        (["accurate"], 1.0),
        (["unverified"], 0.0),
        (["invented", None], None),
        ([], None),
    ],
    ids=str,
)
def test_coverage_is_the_scored_share_of_scored_and_unverified(verdicts, coverage):
    assert score_ratings(rate(*verdicts)).coverage == coverage


def test_notes_are_counted_by_verdict():
    score = score_ratings(rate(*VERDICTS, *VERDICTS[:2], "invented", None, None))
    assert list(score.counts.items()) == list(zip(VERDICTS, (2, 2, 1, 1, 2, 1), strict=True))
    assert (score.context, score.scored) == (2, 6)


def test_scenes_are_those_of_scored_notes():
    verdicts = ("accurate", "invented", "unverified", None, "inaccurate", "inaccurate")
    assert score_ratings(rate(*verdicts, scene_size=1)).scenes == 3
    assert score_ratings(rate(*verdicts, scene_size=2)).scenes == 2


@pytest.mark.parametrize(
    ("scored", "basis"),
    [(0, "none"), (4, "none"), (5, "few"), (9, "few"), (10, "enough"), (11, "enough")],
    ids=str,
)
def test_below_five_there_is_no_number_and_below_ten_it_is_few(scored, basis):
    score = score_ratings(rate(*["accurate"] * scored, *["unverified"] * 9, "invented"))
    assert score.basis == basis
    numbers = (score.index, score.bounds, score.presets)
    assert [number is None for number in numbers] == [basis == "none"] * 3


def test_without_a_number_nothing_rests_on_it():
    score = score_ratings(rate(*["accurate"] * 3, "inaccurate", scene_size=1))
    assert (score.interval, score.movers) == (None, ())


HALF = ["accurate", "inaccurate"] * 6
BLOCKS = ["accurate"] * 6 + ["inaccurate"] * 6
ALL = [*VERDICTS, None] * 3
LICENCE = ["accurate", "invented", "inaccurate", "mostly-accurate", "invented", "accurate"] * 2
ALIKE = ["accurate"] * 6
# Three of a thousand draws have no scored note: the fortieth is taken of those that have one.
RARE = [
    *("mostly-accurate", "inaccurate", "accurate", "inaccurate"),
    *("mostly-inaccurate", "inaccurate", "mostly-accurate", "inaccurate"),
    *["invented"] * 8,
]
INTERVALS = [
    # verdicts, notes in a scene, then the interval under strict, standard, lenient
    pytest.param(HALF, 1, (0.25, 0.75), (0.25, 0.75), (0.25, 0.75), id="twelve scenes"),
    pytest.param(BLOCKS, 3, (0.0, 1.0), (0.0, 1.0), (0.0, 1.0), id="four scenes that agree"),
    pytest.param(ALL, 3, (0.0526, 0.4167), (0.2727, 0.7407), (0.3056, 0.8485), id="all kinds"),
    pytest.param(LICENCE, 1, (0.0833, 0.5833), (0.375, 0.9333), (0.4286, 1.0), id="inventions"),
    pytest.param(RARE, 2, (0.0, 0.1875), (0.2222, 0.4583), (0.25, 0.5), id="draws without a note"),
    pytest.param(ALIKE, 1, (1.0, 1.0), (1.0, 1.0), (1.0, 1.0), id="all alike has no width"),
]


def in_second_file(ratings):
    return [evolve(rating, scene=(1, rating.scene[1])) for rating in ratings]


def test_draws_are_those_of_the_seed():
    draws = scoring._draw(7)
    assert (len(draws), {len(draw) for draw in draws}) == (1_000, {7})
    assert draws[:2] == [[5, 4, 0, 2, 3, 5, 5], [1, 0, 4, 5, 6, 1, 6]]


@pytest.mark.parametrize(("verdicts", "size", "strict", "standard", "lenient"), INTERVALS)
def test_interval_is_the_middle_of_resampled_scenes(verdicts, size, strict, standard, lenient):
    score = score_ratings(rate(*verdicts, scene_size=size))
    found = [(preset.interval.low, preset.interval.high) for preset in score.presets.values()]
    assert found == [strict, standard, lenient]
    assert score.interval == score.presets["standard"].interval


def test_interval_weighs_its_notes():
    ratings = [
        *rate(*["accurate"] * 4, weight=3, scene_size=1),
        *in_second_file(rate(*["inaccurate"] * 4, scene_size=1)),
    ]
    interval = score_ratings(ratings).interval
    assert (interval.low, interval.high) == (0.3, 0.9545)


def test_scenes_of_two_files_are_different_scenes():
    first = rate(*["accurate", "inaccurate"] * 2, scene_size=2)
    score = score_ratings([*first, *in_second_file(first)])
    assert (score.scenes, score.interval is None) == (4, False)


@pytest.mark.parametrize(
    ("verdicts", "has_interval"),
    [
        (["accurate"] * 6, True),
        (["accurate"] * 4 + ["invented"] * 2, False),
        (["accurate"] * 5 + ["invented"], True),
        (["accurate"] * 5, True),
        (["accurate"] * 4 + ["unverified", None] + ["accurate"] * 2, True),
        (["accurate"] * 2 + [None] * 4 + ["accurate"] * 2, False),
    ],
    ids=["three", "two and inventions", "mixed", "half a scene", "scene without", "two apart"],
)
def test_interval_needs_three_scenes_with_a_scored_note(verdicts, has_interval):
    ratings = [*rate(*verdicts), *(evolve(rating, note="more") for rating in rate("accurate"))]
    assert (score_ratings(ratings).interval is not None) == has_interval


def test_interval_draws_whole_scenes():
    """Notes that agree within their scene say less than the same notes spread out."""
    verdicts = ["accurate"] * 6 + ["inaccurate"] * 6
    apart = score_ratings(rate(*verdicts, scene_size=1)).interval
    together = score_ratings(rate(*verdicts, scene_size=3)).interval
    assert together.high - together.low > apart.high - apart.low


@pytest.mark.parametrize(
    ("verdicts", "weight", "movers"),
    [
        (["inaccurate", *["accurate"] * 4], 1, [-0.2, 0.05, 0.05, 0.05, 0.05]),
        (["inaccurate", *["accurate"] * 4], 3, [-0.4286, 0.0714, 0.0714, 0.0714, 0.0714]),
        (["mostly-accurate", *["inaccurate"] * 5], 2, [0.1905, *[-0.0317] * 4]),
        (["accurate"] * 6, 1, []),
    ],
    ids=["one against four", "heavier", "five at most", "all alike"],
)
def test_mover_is_what_leaving_a_note_out_changes(verdicts, weight, movers):
    found = score_ratings(weigh_first(verdicts, weight)).movers
    assert [mover.change for mover in found] == movers
    assert [mover.note for mover in found] == [f"note-{n}" for n in range(len(movers))]


def test_movers_are_sorted_by_strength_then_topic_then_note():
    ratings = [
        *rate("accurate", "inaccurate", "accurate", topic="comintern"),
        *rate("inaccurate", "accurate", "inaccurate"),
        *rate("inaccurate", topic="trotskyists", weight=3),
    ]
    assert [(mover.topic, mover.note) for mover in score_ratings(ratings).movers] == [
        ("trotskyists", "note-0"),
        ("blutmai", "note-1"),
        ("comintern", "note-0"),
        ("comintern", "note-2"),
        ("blutmai", "note-0"),
    ]


def test_only_scored_notes_move():
    ratings = rate("invented", "unverified", None, "inaccurate", *["accurate"] * 4)
    assert {mover.note for mover in score_ratings(ratings).movers} == {
        f"note-{place}" for place in (3, 4, 5, 6, 7)
    }


# ------------------------------------------------------------------------ what is rated


def test_topics_are_scored_by_themselves():
    scores = score_topics([*rate(*["inaccurate"] * 5, topic="comintern"), *rate(*["accurate"] * 5)])
    assert [(topic, score.index) for topic, score in scores.items()] == [
        ("blutmai", 1.0),
        ("comintern", 0.0),
    ]


def test_note_in_two_files_counts_once_where_it_is_placed_first():
    outcome = make_outcome(20)
    later = evolve(outcome, annotations=outcome.annotations[::-1])
    assert rate_outcomes([outcome, later]) == rate_outcomes([outcome])


def test_note_of_one_id_counts_for_every_topic_and_work():
    outcome = make_outcome(2)
    first, second = outcome.annotations
    same = evolve(outcome, annotations=(first, evolve(second, note=first.note)))
    elsewhere = evolve(same, episode=evolve(outcome.episode, work="another"))
    assert [(rating.topic, rating.scene[0]) for rating in rate_outcomes([same, elsewhere])] == [
        ("blutmai", 0),
        ("comintern", 0),
        ("blutmai", 1),
        ("comintern", 1),
    ]


def test_rating_keeps_what_counts_of_its_note():
    annotation = make_outcome(2).annotations[1]
    (rating,) = rate_outcomes([evolve(make_outcome(2), annotations=(annotation,))])
    assert rating == CountedNote(
        topic="comintern", note="note-0001", verdict="mostly-accurate", weight=2, scene=(0, 8)
    )


def test_rating_knows_its_scene():
    assert [rating.scene for rating in rate_outcomes([make_outcome(14)])] == [
        (0, number) for number in range(1, 15)
    ]


@pytest.mark.parametrize(
    ("offset_ms", "scene"), [(-1, 1), (0, 2), (1, 2)], ids=["before", "at", "after"]
)
def test_scene_of_a_note_is_the_last_that_has_begun(offset_ms, scene):
    outcome = make_outcome(1)
    annotation = outcome.annotations[0]
    moment = evolve(annotation.moment, start_ms=outcome.scenes[1].start_ms + offset_ms)
    moved = evolve(outcome, annotations=(evolve(annotation, moment=moment),))
    assert rate_outcomes([moved])[0].scene == (0, scene)


def test_note_before_all_scenes_belongs_to_the_first():
    outcome = make_outcome(1)
    later = evolve(outcome, scenes=outcome.scenes[3:])
    assert rate_outcomes([later])[0].scene == (0, 4)


def test_note_without_scenes_stands_in_scene_0():
    assert rate_outcomes([evolve(make_outcome(1), scenes=())])[0].scene == (0, 0)


# ------------------------------------------------------------------------ whatever the ratings


@given(RATINGS)
def test_score_stays_inside_its_bounds(ratings):
    score = score_ratings(ratings)
    shares = [score.coverage, score.index]
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
    placed = {(item.topic, item.note.id) for item in outcome.annotations}
    assert {(rating.topic, rating.note) for rating in rate_outcomes([outcome])} == placed
