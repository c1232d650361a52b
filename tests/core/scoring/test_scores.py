"""The rules of the score, each with its figure."""

import random

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from headnotes.model import Rating
from headnotes.scoring import (
    PRESETS,
    VERDICTS,
    JudgedClaim,
    Judgement,
    claims_of,
    score_claims,
    score_outcomes,
    score_topics,
    scores,
    topics_of,
)
from made_outcomes import make_note, make_outcome, make_topic


def make_claim(name, verdict, *, second="same", weight=1, topic="blutmai", **more):
    """One claim that one topic judges; `second` is another verdict, the same, or none."""
    rated = verdict if second == "same" else second
    rating = (
        Rating(claim=name, verdict=rated, confidence="low", reason={"en": "So."}) if rated else None
    )
    judgement = Judgement(
        topic=topic,
        notes=(name,),
        verdicts=(verdict,),
        confidence="high",
        weight=weight,
        second=rating,
    )
    fields = {"seen": "summaries", "episodes": (), "depiction": "", "text": {"en": "It is so."}}
    return JudgedClaim(
        work="show", topic="", id=name, judgements=(judgement,), **{**fields, **more}
    )


def rate(*verdicts, weight=1, **more):
    return [
        make_claim(f"claim-{place:02}", verdict, weight=weight, **more)
        for place, verdict in enumerate(verdicts)
    ]


def make_topics(*pairs, topic="blutmai"):
    """A topic whose notes have these pairs of verdicts, on which its agreement rests."""
    notes = [make_note(f"note-{place}", first) for place, (first, _) in enumerate(pairs)]
    ratings = tuple(
        Rating(claim=f"note-{place}", verdict=second, confidence="low", reason={"en": "So."})
        for place, (_, second) in enumerate(pairs)
        if second
    )
    return {topic: evolve(make_topic(topic, notes), ratings=ratings)}


AGREED = make_topics(("accurate", "accurate"), ("inaccurate", "inaccurate"))


def score(claims, topics=AGREED):
    return score_claims(claims, topics)


def weigh_first(verdicts, weight):
    first, *others = rate(*verdicts)
    (judgement,) = first.judgements
    return [evolve(first, judgements=(evolve(judgement, weight=weight),)), *others]


# ------------------------------------------------------------------------ index

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
]


@pytest.mark.parametrize(("verdicts", "weight", "expected"), INDEX)
def test_index_under_each_preset(verdicts, weight, expected):
    found = score(weigh_first(verdicts, weight))
    presets = {name: preset.index for name, preset in found.presets.items()}
    assert presets == dict(zip(("strict", "standard", "lenient"), expected, strict=True))
    assert found.index == presets["standard"]


@pytest.mark.parametrize(
    ("verdicts", "weight", "expected"),
    [
        (["unverified", *["accurate"] * 5], 1, (0.8333, 1.0)),
        (["unverified", *["accurate"] * 5], 3, (0.625, 1.0)),
        (["unverified", *["inaccurate"] * 5], 3, (0.0, 0.375)),
        (["unverified", "unverified", *["mostly-accurate"] * 5], 2, (0.4167, 0.7917)),
        (["invented", *["accurate"] * 5], 3, (1.0, 1.0)),
    ],
    ids=["right", "heavier", "wrong", "two", "no invention"],
)
def test_bounds_put_the_unverified_at_0_and_at_1(verdicts, weight, expected):
    bounds = score(weigh_first(verdicts, weight)).bounds
    assert (bounds.low, bounds.high) == expected


@pytest.mark.parametrize(
    ("verdicts", "coverage"),
    [
        (["accurate", "unverified"], 0.5),
        (["mostly-accurate", "inaccurate", "unverified"], 0.6667),
        (["mostly-inaccurate", "unverified", "unverified"], 0.3333),
        (["accurate", "unverified", "invented"], 0.5),
        (["accurate"], 1.0),
        (["unverified"], 0.0),
        (["invented"], None),
        ([], None),
    ],
    ids=str,
)
def test_coverage_is_the_scored_share_of_scored_and_unverified(verdicts, coverage):
    assert score(rate(*verdicts)).coverage == coverage


@pytest.mark.parametrize(
    ("verdicts", "weight", "movers"),
    [
        (["inaccurate", *["accurate"] * 4], 1, [-0.2, 0.05, 0.05, 0.05, 0.05]),
        (["inaccurate", *["accurate"] * 4], 3, [-0.4286, 0.0714, 0.0714, 0.0714, 0.0714]),
        (["mostly-accurate", *["inaccurate"] * 5], 2, [0.1905, *[-0.0317] * 4]),
        (["accurate"] * 6, 1, []),
        (["invented", "unverified", *["accurate"] * 5], 1, []),
    ],
    ids=["one against four", "heavier", "five at most", "all alike", "only the scored move"],
)
def test_mover_is_what_leaving_a_claim_out_changes(verdicts, weight, movers):
    found = score(weigh_first(verdicts, weight)).movers
    assert [mover.change for mover in found] == movers
    assert [mover.claim for mover in found] == [f"claim-{n:02}" for n in range(len(movers))]


def test_movers_name_what_a_topic_alone_claims():
    first, *others = rate("inaccurate", *["accurate"] * 4)
    found = score([*others, evolve(first, topic="blutmai")]).movers
    assert found[0].claim == "blutmai/claim-00"


# ------------------------------------------------------------------------ counts


def test_claims_are_counted_by_verdict():
    found = score(rate(*VERDICTS, *VERDICTS[:2], "invented"))
    assert list(found.counts.items()) == list(zip(VERDICTS, (2, 2, 1, 1, 2, 1), strict=True))
    assert (found.claims, found.scored, found.disputed) == (9, 6, 0)


def test_claim_counts_once_found_or_not():
    claims = rate(*["accurate"] * 3, *["inaccurate"] * 3)
    here = [evolve(claim, is_found=True) for claim in claims[:2]]
    found = score([*claims, *here])
    assert (found.claims, found.found, found.index) == (6, 2, 0.5)
    assert score(claims).index == 0.5


def test_claims_known_from_summaries_are_counted():
    claims = rate(*["accurate"] * 3)
    watched = evolve(claims[0], seen="watched")
    assert score([watched, *claims[1:]]).from_summaries == 2


def dispute(claim, verdict, topic="comintern"):
    other = evolve(claim.judgements[0], topic=topic, verdicts=(verdict,))
    return evolve(claim, judgements=(*claim.judgements, other))


def test_disputed_claim_is_shown_and_not_scored():
    first, *others = rate("inaccurate", *["accurate"] * 5)
    found = score([dispute(first, "accurate"), *others])
    assert (found.claims, found.disputed, found.scored, found.index) == (6, 1, 5, 1.0)
    assert (found.counts["inaccurate"], found.counts["accurate"]) == (0, 5)
    assert (found.interval.low, found.interval.high) == (1.0, 1.0)


def test_topics_that_say_the_same_count_once():
    first, *others = rate("inaccurate", *["accurate"] * 4)
    found = score([dispute(first, "inaccurate"), *others])
    assert (found.disputed, found.scored, found.index) == (0, 5, 0.8)


# ------------------------------------------------------------------------ no number


@pytest.mark.parametrize(
    ("scored", "basis"),
    [(0, "none"), (4, "none"), (5, "few"), (9, "few"), (10, "enough"), (11, "enough")],
    ids=str,
)
def test_below_five_there_is_no_number_and_below_ten_it_is_few(scored, basis):
    found = score(rate(*["accurate"] * scored, *["unverified"] * 9, "invented"))
    assert found.basis == basis
    numbers = (found.index, found.bounds, found.interval, found.presets)
    assert [number is None for number in numbers] == [basis == "none"] * 4
    assert found.withheld == (("few-scored",) if basis == "none" else ())


FAR = ("accurate", "inaccurate")
NEAR = ("accurate", "mostly-accurate")
BOTH = [("accurate", "accurate"), ("inaccurate", "inaccurate")]


@pytest.mark.parametrize(
    ("pairs", "withheld"),
    [
        ([*BOTH, ("accurate", None)], ("rated-once",)),
        ([*BOTH, FAR], ("low-agreement",)),
        ([*BOTH, NEAR], ()),
        ([("accurate", "accurate")] * 9, ("unmeasured-agreement",)),
        ([*BOTH, FAR, ("accurate", None)], ("rated-once",)),
    ],
    ids=["rated once", "far apart", "a step apart", "nothing to compare", "both"],
)
def test_number_needs_two_ratings_that_agree(pairs, withheld):
    found = score(rate(*["accurate"] * 6), make_topics(*pairs))
    assert (found.withheld, found.index) == (withheld, None if withheld else 1.0)
    assert found.movers == ()
    assert found.counts["accurate"] == 6


def test_without_claims_that_alone_is_why_there_is_no_number():
    assert score(()).withheld == ("no-claims",)


def test_reasons_against_a_number_stand_together():
    found = score(rate("accurate"), make_topics(("accurate", None)))
    assert found.withheld == ("few-scored", "rated-once")


def test_only_topics_that_judge_these_claims_must_agree():
    topics = {**AGREED, **make_topics(FAR, topic="comintern")}
    claims = rate(*["accurate"] * 6)
    assert score(claims, topics).withheld == ()
    assert score([dispute(claims[0], "accurate"), *claims[1:]], topics).withheld == (
        "low-agreement",
    )


# ------------------------------------------------------------------------ interval


def in_pairs(first, second):
    return [
        make_claim(f"claim-{place:02}", one, second=two)
        for place, (one, two) in enumerate(zip(first, second, strict=True))
    ]


HALF = ["accurate", "inaccurate"] * 6
STEPPED = ["mostly-accurate", "mostly-inaccurate"] * 6
LICENCE = ["accurate", "invented", "inaccurate", "mostly-accurate", "invented", "accurate"] * 2
RIGHT = ["accurate"] * 6
MOST = ["accurate"] * 5
INTERVALS = [
    # first verdicts, second verdicts, then the interval under strict, standard, lenient
    pytest.param(HALF, HALF, (0.25, 0.75), (0.25, 0.75), (0.25, 0.75), id="both agree"),
    pytest.param(HALF, STEPPED, (0.0, 0.5), (0.3056, 0.6944), (0.3611, 0.8056), id="a step"),
    pytest.param(LICENCE, LICENCE, (0.0833, 0.5833), (0.375, 0.9333), (0.4286, 1.0), id="licence"),
    pytest.param(RIGHT, RIGHT, (1.0, 1.0), (1.0, 1.0), (1.0, 1.0), id="all alike has no width"),
    pytest.param(
        [*MOST, "invented"],
        [*MOST, "accurate"],
        (0.6667, 1.0),
        (1.0, 1.0),
        (1.0, 1.0),
        id="unscored",
    ),
]


@pytest.mark.parametrize(("first", "second", "strict", "standard", "lenient"), INTERVALS)
def test_interval_is_the_middle_of_redrawn_claims(first, second, strict, standard, lenient):
    found = score(in_pairs(first, second))
    spans = [(preset.interval.low, preset.interval.high) for preset in found.presets.values()]
    assert spans == [strict, standard, lenient]
    assert found.interval == found.presets["standard"].interval


def test_draws_are_those_of_the_seed():
    draws = scores._draw(7, 14)
    assert (len(draws), {len(draw) for draw in draws}) == (1_000, {7})
    assert draws[:2] == [[10, 8, 0, 4, 7, 11, 11], [3, 0, 9, 11, 12, 2, 13]]


@pytest.mark.parametrize(
    ("count", "low", "high"), [(39, 0, 38), (40, 1, 38), (79, 1, 77), (80, 2, 77)]
)
def test_a_fortieth_of_the_draws_lies_outside_on_either_side(count, low, high):
    sums = [(float(place), 1) for place in range(count)]
    middle = scores._find_middle(sums, [[place] for place in range(count)])
    assert (middle.low, middle.high) == (low, high)


def test_draw_without_a_scored_claim_says_nothing():
    middle = scores._find_middle([(0.0, 0), (1.0, 2)], [[0, 0], [0, 1], [1, 1]])
    assert (middle.low, middle.high) == (0.5, 0.5)


def test_each_claim_is_drawn_as_often_however_many_rate_it():
    alone = make_claim("a", "accurate", second=None)
    twice = make_claim("b", "accurate", second="inaccurate", weight=2)
    both = dispute(make_claim("c", "invented", second="unverified"), "invented")
    slots = scores._make_slots([alone, twice, both])
    assert slots == [
        *[(1, "accurate")] * 4,
        *[(2, "accurate")] * 2,
        *[(2, "inaccurate")] * 2,
        *[(1, "invented"), (1, "unverified")] * 2,
    ]


def test_interval_weighs_its_claims():
    heavy = [make_claim(f"heavy-{n}", "accurate", weight=3) for n in range(4)]
    light = [make_claim(f"light-{n}", "inaccurate") for n in range(4)]
    interval = score([*heavy, *light]).interval
    assert (interval.low, interval.high) == (0.3, 0.9545)


def test_interval_is_wider_where_ratings_differ():
    agreed = score(in_pairs(HALF, HALF)).interval
    apart = score(in_pairs(HALF, ["mostly-accurate", "mostly-accurate"] * 6)).interval
    alike = score(in_pairs(["accurate"] * 12, ["accurate"] * 12)).interval
    moved = score(in_pairs(["accurate"] * 12, ["mostly-inaccurate"] * 12)).interval
    assert agreed != apart
    assert alike.high - alike.low == 0 < moved.high - moved.low


def test_interval_holds_the_index_where_the_second_reader_is_stricter():
    found = score(in_pairs(["accurate"] * 40, ["inaccurate"] * 40))
    assert (found.index, found.interval.low, found.interval.high) == (1.0, 0.35, 1.0)


def test_what_never_scores_leaves_the_interval_alone():
    claims = in_pairs(HALF, STEPPED)
    more = [make_claim(f"x{n}", "unverified") for n in range(5)]
    assert score([*claims, *more]).presets == score(claims).presets


# ------------------------------------------------------------------------ by topic, by file


def test_topics_are_scored_by_themselves():
    right = rate(*["accurate"] * 5)
    wrong = [make_claim(f"other-{n}", "inaccurate", topic="comintern") for n in range(5)]
    topics = {**AGREED, **make_topics(*BOTH, topic="comintern")}
    found = score_topics([*wrong, *right], topics)
    assert [(topic, one.index) for topic, one in found.items()] == [
        ("blutmai", 1.0), ("comintern", 0.0),
    ]  # fmt: skip


def test_agreement_of_a_topic_is_its_own():
    claims = [
        *rate(*["accurate"] * 5),
        *(make_claim(f"other-{n}", "inaccurate", topic="comintern") for n in range(5)),
    ]
    found = score_topics(claims, {**AGREED, **make_topics(FAR, topic="comintern")})
    assert {topic: one.withheld for topic, one in found.items()} == {
        "blutmai": (), "comintern": ("low-agreement",),
    }  # fmt: skip


def test_claim_of_two_topics_counts_for_each():
    claims = [dispute(claim, "accurate") for claim in rate(*["accurate"] * 5)]
    found = score_topics(claims, AGREED)
    assert {topic: one.claims for topic, one in found.items()} == {"blutmai": 5, "comintern": 5}


def test_dispute_between_topics_is_scored_in_neither():
    claims = [dispute(claim, "inaccurate") for claim in rate(*["accurate"] * 5)]
    found = score_topics(claims, AGREED)
    assert [(one.disputed, one.scored) for one in found.values()] == [(5, 0), (5, 0)]


def test_files_of_an_episode_add_up_to_the_score_of_one():
    outcome = make_outcome(20)
    half = evolve(outcome, annotations=outcome.annotations[:7])
    silent = evolve(outcome, annotations=())
    whole, part, none = map(score_outcomes, ([outcome], [half], [silent]))
    assert whole.index is not None
    assert [evolve(one, found=0) for one in (whole, part, none)] == [evolve(whole, found=0)] * 3
    assert (whole.found, part.found, none.found) == (16, 6, 0)
    assert score_outcomes([silent, half, outcome]) == whole


def test_topics_of_files_are_all_that_were_asked():
    first = make_outcome(3)
    second = evolve(first, topics={"blutmai": first.topics["blutmai"]})
    assert topics_of([second, first]) == first.topics


# ------------------------------------------------------------------------ whatever the claims

CLAIMS = st.lists(
    st.builds(
        make_claim,
        st.uuids().map(str),
        st.sampled_from(VERDICTS),
        second=st.sampled_from([*VERDICTS, "same", None]),
        weight=st.integers(1, 3),
        topic=st.sampled_from(["blutmai", "comintern"]),
        is_found=st.booleans(),
    ),
    max_size=30,
)
TOPICS = {**AGREED, **make_topics(*BOTH, topic="comintern")}


@given(CLAIMS)
def test_score_stays_inside_its_bounds(claims):
    found = score(claims, TOPICS)
    shares = [found.coverage, found.index]
    shares += [found.bounds.low, found.index, found.bounds.high] if found.bounds else []
    shares += [found.interval.low, found.index, found.interval.high] if found.interval else []
    assert all(0 <= share <= 1 for share in shares if share is not None)
    assert shares[2:5] == sorted(shares[2:5])
    assert shares[5:] == sorted(shares[5:])


@given(CLAIMS)
def test_presets_are_in_order(claims):
    presets = score(claims, TOPICS).presets or {}
    found = [presets[name].index for name in PRESETS if name in presets]
    assert found == sorted(found)


@given(CLAIMS, st.randoms(use_true_random=False))
def test_order_of_claims_changes_nothing(claims, shuffler: random.Random):
    shuffled = [*claims]
    shuffler.shuffle(shuffled)
    assert score(shuffled, TOPICS) == score(claims, TOPICS)


@given(CLAIMS, st.data())
def test_what_is_found_changes_nothing_but_how_much_is_found(claims, data):
    other = [evolve(claim, is_found=data.draw(st.booleans())) for claim in claims]
    first, second = score(claims, TOPICS), score(other, TOPICS)
    assert evolve(first, found=0) == evolve(second, found=0)
    assert second.found == sum(claim.is_found for claim in other)


@given(CLAIMS, st.sampled_from(["unverified", "invented"]))
def test_what_is_not_scored_leaves_the_index_alone(claims, verdict):
    extra = make_claim("extra", verdict)
    assert score([*claims, extra], TOPICS).index == score(claims, TOPICS).index


@pytest.mark.parametrize(("episode", "claims"), [("S01E04", 25), ("S01E05", 24)])
def test_made_episode_has_a_number(episode, claims):
    outcome = make_outcome(30, episode_id=episode)
    assert len(claims_of(outcome)) == claims
    assert score_outcomes([outcome]).basis == "enough"
