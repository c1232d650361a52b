"""Krippendorff's alpha against examples that others have published, and what it rests on here."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from headnotes.model import Rating
from headnotes.scoring import FIRM, SCORED, TENTATIVE, VERDICTS, find_alpha, measure_agreement
from headnotes.scoring.agreement import nominal_distance, ordinal_distance
from made_outcomes import make_note, make_topic

NOMINAL = (VERDICTS, nominal_distance)
ORDINAL = (VERDICTS, ordinal_distance)

FOUR_OBSERVERS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
"""Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section D: .743 and .815."""
THREE_CODERS = (
    ". . . . . 3 4 1 2 1 1 3 3 . 3",
    "1 . 2 1 3 3 4 3 . . . . . . .",
    ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
)
"""Wikipedia, "Krippendorff's alpha", a computational example: .691."""
TWO_OBSERVERS = ("1 2 3 4 5 2 2 1 3 3 5 4", "1 2 3 4 5 2 2 1 3 3 5 4")


def units_of(rows):
    columns = zip(*(row.split() for row in rows), strict=True)
    return [[VERDICTS[int(value) - 1] for value in unit if value != "."] for unit in columns]


@pytest.mark.parametrize(
    ("rows", "measure", "alpha"),
    [
        pytest.param(FOUR_OBSERVERS, NOMINAL, 0.7434, id="four observers, nominal"),
        pytest.param(FOUR_OBSERVERS, ORDINAL, 0.8154, id="four observers, ordinal"),
        pytest.param(THREE_CODERS, NOMINAL, 0.6914, id="three coders, nominal"),
        pytest.param(THREE_CODERS, ORDINAL, 0.8067, id="three coders, ordinal"),
        pytest.param(TWO_OBSERVERS, NOMINAL, 1.0, id="all agree"),
        pytest.param(("1 2", "2 1"), NOMINAL, -0.5, id="against each other"),
        pytest.param(("1 1 1 2", "1 1 2 1"), NOMINAL, -0.1667, id="less than chance"),
        pytest.param(("1 1 1 1", "1 1 1 1"), NOMINAL, None, id="nothing but one value"),
        pytest.param(("1 2 3", ". . ."), NOMINAL, None, id="one voice"),
        pytest.param(("", ""), ORDINAL, None, id="nothing"),
    ],
)
def test_alpha_is_that_of_published_examples(rows, measure, alpha):
    assert find_alpha(units_of(rows), *measure) == alpha


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [(0, 0, 0.0), (0, 1, 16.0), (1, 0, 16.0), (0, 2, 56.25), (1, 2, 12.25), (0, 3, 81.0)],
)
def test_ordinal_distance_counts_what_lies_between(first, second, distance):
    """From 0 to 2 lie 3/2 + 5 + 2/2 = 7.5 values: ends count half."""
    assert ordinal_distance(first, second, [3, 5, 2, 1]) == distance


UNITS = st.lists(st.lists(st.sampled_from(VERDICTS), max_size=3), max_size=20)


@given(UNITS)
def test_alpha_is_one_at_most_and_the_same_in_any_order(units):
    for ranks, distance in (NOMINAL, ORDINAL):
        alpha = find_alpha(units, ranks, distance)
        assert alpha is None or alpha <= 1
        assert find_alpha([unit[::-1] for unit in units[::-1]], ranks, distance) == alpha


@given(UNITS)
def test_units_of_one_voice_change_nothing(units):
    heard = [unit for unit in units if len(unit) > 1]
    assert find_alpha(units, *NOMINAL) == find_alpha(heard, *NOMINAL)


# ------------------------------------------------------------------------ two ratings


def make_rated(*pairs):
    """A topic whose notes have these verdicts, each with that of a second reader or none."""
    notes = [make_note(f"note-{place}", first) for place, (first, _) in enumerate(pairs)]
    ratings = tuple(
        Rating(claim=f"note-{place}", verdict=second, confidence="low", reason={"en": "So."})
        for place, (_, second) in enumerate(pairs)
        if second
    )
    return evolve(make_topic("blutmai", notes), ratings=ratings)


def figures(*topics):
    found = measure_agreement(topics)
    return (found.claims, found.rated_twice, found.differing, found.ordinal, found.nominal)


ALIKE = [("accurate", "accurate"), ("inaccurate", "inaccurate")]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        pytest.param(ALIKE, (2, 2, 0, 1.0, 1.0), id="all alike"),
        pytest.param([*ALIKE, ("accurate", None)], (3, 2, 0, 1.0, 1.0), id="one is rated once"),
        pytest.param(
            [*ALIKE, ("accurate", "mostly-accurate")], (3, 3, 1, 0.7778, 0.5455), id="one step"
        ),
        pytest.param([*ALIKE, ("accurate", "inaccurate")], (3, 3, 1, 0.4444, 0.4444), id="far"),
        pytest.param(
            [*ALIKE, ("accurate", "invented")], (3, 3, 1, 1.0, 0.5455), id="one does not score"
        ),
        pytest.param(
            [*ALIKE, ("invented", "invented"), ("unverified", "invented")],
            (4, 4, 1, 1.0, 0.6957),
            id="not scored",
        ),
        pytest.param([(None, None)], (0, 0, 0, None, None), id="context"),
        pytest.param([("accurate", "accurate")] * 9, (9, 9, 0, None, None), id="no other verdict"),
        pytest.param([], (0, 0, 0, None, None), id="nothing"),
    ],
)
def test_agreement_is_ordinal_on_the_scored_and_nominal_on_all(pairs, expected):
    assert figures(make_rated(*pairs)) == expected


def test_topics_agree_together():
    far = make_rated(("accurate", "inaccurate"))
    assert figures(make_rated(*ALIKE), far) == figures(
        make_rated(*ALIKE, ("accurate", "inaccurate"))
    )


def test_two_notes_on_one_claim_are_two_voices_where_they_differ():
    topic = make_rated(*ALIKE, ("accurate", "accurate"))
    notes = tuple(evolve(note, claim="one") for note in topic.notes)
    same = evolve(topic, notes=notes, ratings=(evolve(topic.ratings[0], claim="one"),))
    found = measure_agreement([same])
    assert (found.claims, found.rated_twice, found.differing) == (1, 1, 1)
    # accurate, inaccurate; accurate
    assert (found.ordinal, found.nominal) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("ordinal", "is_enough"), [(None, False), (0.6669, False), (0.667, True), (1.0, True)], ids=str
)
def test_a_number_may_rest_on_two_thirds(ordinal, is_enough):
    assert evolve(measure_agreement([]), ordinal=ordinal).is_enough == is_enough


def test_firm_and_tentative_are_those_of_krippendorff():
    assert (FIRM, TENTATIVE) == (0.8, 0.667)


def test_scored_verdicts_run_from_right_to_wrong():
    assert [round(SCORED[verdict], 4) for verdict in VERDICTS[:4]] == [1.0, 0.6667, 0.3333, 0.0]
