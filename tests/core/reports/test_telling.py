from __future__ import annotations

import pytest

from headnotes.languages.messages import load_words
from headnotes.reports.telling import (
    tell_coverage,
    tell_definitions,
    tell_differences,
    tell_doubt,
    tell_index,
    tell_movers,
    tell_readings,
    tell_span,
)
from headnotes.scoring import Range, rate_outcomes, score_ratings
from made_outcomes import make_outcome

WORDS = load_words("en")


def score(count, **more):
    return score_ratings(rate_outcomes([make_outcome(count, **more)]))


@pytest.mark.parametrize(("count", "told"), [(0, "no score"), (12, "71 (few)"), (40, "63")])
def test_index_says_on_how_much_it_rests(count, told):
    assert tell_index(score(count), WORDS) == told


def test_doubt_is_told_beside_the_index():
    assert tell_doubt(score(12), WORDS) == [
        "8 scored notes",
        "95% interval 52–87",
        "with the unverified 67–72",
        "coverage 89%",
    ]


def test_without_an_index_there_is_nothing_to_doubt():
    none = score(3)
    assert (tell_doubt(none, WORDS), tell_readings(none, WORDS), tell_movers(none, WORDS)) == (
        [],
        "",
        "",
    )


def test_coverage_of_nothing_says_so():
    assert tell_coverage(score(0), WORDS) == "nothing to cover"


def test_span_is_in_points():
    assert tell_span(Range(low=0.1, high=0.555), load_words("de")) == "10–56"


def test_one_score_differs_from_nothing():
    assert tell_differences([score(12)], ["a"], WORDS) == []


def test_clear_difference_names_both():
    scores = [score(12, verdicts=("accurate",)), score(12, verdicts=("inaccurate",))]
    (told,) = tell_differences(scores, ["a", "b"], WORDS)
    assert told.startswith("a lies clearly above b")


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_number_has_a_name_and_a_meaning(language):
    assert all(name and meaning for name, meaning in tell_definitions(load_words(language)))
