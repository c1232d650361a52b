"""What tells of a depiction and what is said everywhere."""

import pytest
from prune import NEVER_WRITTEN, Line, find_noise, is_subject, rate, take_out

from headnotes.model import Anchor, Depiction, Work
from headnotes.model.works import Cases

GAS = Depiction(
    id="gas-in-the-yard",
    shown={"en": "Gas escapes from a tank wagon.", "de": "Gas entweicht aus einem Kesselwagen."},
    anchors=(Anchor(any=("phosgene | mask", "wagon", "tea", "sugar"), at_least=2),),
    cases=Cases(hits=(("A wagon of phosgene!", "Sugar, please."),)),
)
WORK = Work(id="show", title={"en": "Show"}, depictions=(GAS,))
INSIDE = {
    Line("Put on the mask!", frozenset({GAS.id})),
    Line("It is phosgene.", frozenset({GAS.id})),
}
ELSEWHERE = {Line(f"Some tea, Mr {number}?", frozenset()) for number in range(40)}
KEPT = ("wagon", "sugar")
MASKED = {Line("He wears a mask and stands by the wagon.", frozenset())}


def test_word_tells_by_how_much_more_often_its_own_lines_have_it():
    rated = rate(WORK, {"en": INSIDE | ELSEWHERE | MASKED})
    assert rated[GAS.id, "mask"] == pytest.approx((1 + NEVER_WRITTEN) / 2 / (1 / 41))
    assert rated[GAS.id, "tea"] == pytest.approx(NEVER_WRITTEN / 2 / (40 / 41))


def test_what_is_said_nowhere_else_is_not_rated():
    assert (GAS.id, "phosgene") not in rate(WORK, {"en": INSIDE | ELSEWHERE | MASKED})


def test_what_is_said_everywhere_is_noise_unless_it_is_the_subject_or_in_a_case():
    said = {Line(f"{word} {number}", frozenset()) for number in range(40) for word in KEPT}
    lines = {"en": INSIDE | ELSEWHERE | said}
    assert find_noise(WORK, lines) == {GAS.id: {"tea"}}


@pytest.mark.parametrize(
    ("word", "subject"),
    [
        ("wagon", True),
        ("Kesselwagens", True),
        ("tank wagons", True),
        ("gas", False),
        ("tea", False),
    ],
)
def test_words_that_describe_a_depiction_are_its_subject(word, subject):
    assert is_subject(word, GAS) is subject


FILE = """[[depictions]]
id = "gas-in-the-yard"

[[depictions.claims]]
id = "some-claim"

[depictions.anchor]
any = [
  "phosgene | mask | tea",
  "tea",
]

[[depictions]]
id = "tea-party"

[depictions.anchor]
any = [
  "tea",
]
"""


def test_words_are_taken_out_of_their_own_depiction_alone():
    expected = FILE.replace(' | tea",\n  "tea",', '",')
    assert take_out(FILE, {"gas-in-the-yard": {"tea"}, "some-claim": {"mask"}}) == expected
