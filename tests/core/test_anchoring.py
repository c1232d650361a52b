import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.anchoring import (
    THRESHOLD,
    Dialogue,
    choose_moments,
    describe_shortfall,
    find_attempts,
    find_placed,
    nearest_attempt,
    share_scenes,
)
from headnotes.matching import Matcher, parse_term, words_of
from headnotes.model import Anchor, Cue
from headnotes.scenes import find_scenes


def listen(lines, *anchors):
    """Lay out (start in seconds, line) pairs as a dialogue, two seconds a line."""
    cues = [
        Cue(
            number=at,
            start_ms=second * 1000,
            end_ms=second * 1000 + 2000,
            text=line,
            spoken=line,
            raw=line,
        )
        for at, (second, line) in enumerate(lines, start=1)
    ]
    terms = {term for one in anchors for term in (*one.all, *one.any, *one.none)}
    words = words_of(cues)
    hits = Matcher(map(parse_term, sorted(terms))).find(words)
    return Dialogue(words=words, hits=hits, scenes=find_scenes(cues), language="en")


def find(anchors, dialogue, expectation="expected"):
    return choose_moments(find_placed(anchors, dialogue, expectation), dialogue)


def place(anchor, lines, expectation="expected"):
    moments = find([anchor], listen(lines, anchor), expectation)
    return [(moment.first_cue, moment.last_cue) for moment in moments]


WITNESSES = ("women", "flag*", "truncheon*")
BALCONY = Anchor(all=("balcon*",), any=WITNESSES, at_least=1, none=("theatre",))
SCENE = [(0, "Breakfast?"), (100, "Look, the balcony."), (103, "And two women."), (106, "A flag!")]


def test_tightest_window_is_the_moment():
    assert place(BALCONY, SCENE) == [(2, 3)]


def test_later_tighter_window_does_not_hold_the_first_scene():
    lines = [(100, "balcony"), (130, "truncheons"), (200, "balcony, truncheons")]
    assert place(BALCONY, lines) == [(1, 2)]


def test_common_words_alone_are_too_weak():
    anchor = Anchor(any=("men", "police"), at_least=2)
    assert place(anchor, [(0, "The men of the police.")]) == []


def test_forbidden_word_close_by_forbids():
    assert place(BALCONY, [*SCENE, (110, "At the theatre.")]) == []
    assert place(BALCONY, [*SCENE, (130, "At the theatre.")]) == [(2, 3)]


def test_window_may_not_be_wider_than_asked():
    anchor = Anchor(all=("phosgene", "Lipetsk"), within=30)
    assert place(anchor, [(0, "phosgene"), (30, "Lipetsk")]) == [(1, 2)]
    assert place(anchor, [(0, "phosgene"), (31, "Lipetsk")]) == []


def test_unexpected_episode_wants_more_evidence():
    lines = [(0, "The balcony. The women.")]
    assert place(BALCONY, lines, "expected") == [(1, 1)]
    assert place(BALCONY, lines, "elsewhere") == []


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("first", [(1, 1)]),
        ("last", [(3, 3)]),
        ("scene", [(1, 1), (3, 3)]),
        ("every", [(1, 1), (2, 2), (3, 3)]),
    ],
)
def test_anchor_says_how_often_it_shows(when, expected):
    anchor = Anchor(all=("phosgene", "Lipetsk"), when=when)
    line = "phosgene for Lipetsk"
    assert place(anchor, [(0, line), (3, line), (60, line)]) == expected


def test_first_prefers_a_much_stronger_scene():
    anchor = Anchor(any=("phosgene", "Lipetsk", "wagon", "gold", "poison", "pilots"), at_least=2)
    weak, strong = "the gold, the wagon", "phosgene, poison, pilots for Lipetsk"
    assert place(anchor, [(0, weak), (100, strong)]) == [(2, 2)]
    assert place(anchor, [(0, weak), (100, "a calm day")]) == [(1, 1)]


def test_moment_widens_to_its_scene_on_request():
    anchor = Anchor(all=("phosgene", "Lipetsk"), widen="scene")
    assert place(anchor, [(0, "Yes?"), (3, "phosgene for Lipetsk"), (6, "No!"), (60, "Late.")]) == [
        (1, 3)
    ]


def test_any_of_several_anchors_will_do():
    one, other = Anchor(all=("phosgene", "gas")), Anchor(all=("Lipetsk", "pilots"))
    dialogue = listen([(0, "Pilots for Lipetsk")], one, other)
    assert len(find([one, other], dialogue)) == 1


def test_word_that_serves_two_terms_tells_once():
    one, two = Anchor(all=("flag*",)), Anchor(all=("flag*", "flags"))
    dialogue = listen([(0, "flags")], one, two)
    strengths = {find_attempts(anchor, dialogue, "expected")[0].strength for anchor in (one, two)}
    assert len(strengths) == 1


def test_term_of_many_scenes_places_little():
    anchor = Anchor(all=("Kardakov",))
    once = [(0, "Kardakov")]
    often = [(second, "Kardakov") for second in range(0, 900, 100)]
    attempts = [
        find_attempts(anchor, listen(lines, anchor), "expected")[0] for lines in (once, often)
    ]
    assert attempts[0].strength > attempts[1].strength


def test_evidence_lies_inside_its_moment():
    moment = find([BALCONY], listen(SCENE, BALCONY))[0]
    assert [(one.cue, one.text) for one in moment.evidence] == [(2, "balcony"), (3, "women")]
    assert (moment.start_ms, moment.end_ms) == (100_000, 105_000)
    assert THRESHOLD <= moment.strength < 1


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        pytest.param([(0, "two women")], "no 'balcon*'", id="missing"),
        pytest.param([(0, "the balcony")], "0 of the 1 terms wanted", id="lacking"),
        pytest.param([(0, "balcony"), (90, "women")], "90 s apart, 60 allowed", id="too-wide"),
        pytest.param([(0, "balcony women theatre")], "'theatre' in cue 1 speaks", id="blocked"),
    ],
)
def test_shortfall_names_what_failed(lines, told):
    dialogue = listen(lines, BALCONY)
    attempt = nearest_attempt([BALCONY], dialogue, "expected")
    assert attempt is not None
    assert told in describe_shortfall(attempt, dialogue)


def share(found, dialogue):
    return {name: one.first_cue for name, (one,) in share_scenes(found, dialogue).items()}


def test_scene_goes_to_what_has_more_evidence():
    more, less = Anchor(all=("phosgene", "Lipetsk", "pilots")), Anchor(all=("phosgene", "gas"))
    lines = [(0, "phosgene gas for the pilots of Lipetsk"), (60, "phosgene is a gas")]
    dialogue = listen(lines, more, less)
    found = {
        name: find_placed([anchor], dialogue, "expected")
        for name, anchor in {"more": more, "less": less}.items()
    }
    assert share(found, dialogue) == {"more": 0, "less": 1}


@pytest.mark.parametrize(("when", "cue"), [("first", 0), ("last", 1)])
def test_last_moment_reveals_nothing_early(when, cue):
    anchor = Anchor(any=("balcony", "flag", "bleeding", "bandage"), at_least=2, when=when)
    lines = [(0, "A flag on the balcony."), (9, "She is bleeding! A bandage!")]
    dialogue = listen(lines, anchor)
    assert share({"it": find_placed([anchor], dialogue, "expected")}, dialogue) == {"it": cue}


def test_silence_has_no_nearest_attempt():
    assert nearest_attempt([BALCONY], listen([(0, "Good morning.")], BALCONY), "unknown") is None


words = st.sampled_from(["balcony", "women", "flag", "theatre", "truncheons", "bread", "man", ""])
tracks = st.lists(st.tuples(st.integers(0, 30), words), max_size=25).map(
    lambda steps: [
        (sum(gap for gap, _ in steps[: at + 1]), line) for at, (_, line) in enumerate(steps)
    ]
)


@given(tracks)
def test_no_attempt_holds_another(lines):
    attempts = find_attempts(BALCONY, listen(lines, BALCONY), "expected")
    spans = [(one.found[0].at_ms, one.found[-1].at_ms) for one in attempts]
    assert spans == sorted(spans)
    assert all(end - start <= 60_000 for start, end in spans)


@given(tracks, st.integers(0, 10**7))
def test_moments_do_not_depend_on_the_clock(lines, shift_s):
    shifted = [(second + shift_s, line) for second, line in lines]
    assert place(BALCONY, lines) == place(BALCONY, shifted)


@given(tracks)
def test_unexpected_place_is_never_stronger(lines):
    anchor = Anchor(all=("balcon*",), any=WITNESSES, at_least=1)
    dialogue = listen(lines, anchor)
    here = find_attempts(anchor, dialogue, "expected")
    elsewhere = find_attempts(anchor, dialogue, "elsewhere")
    assert all(there.strength <= one.strength for one, there in zip(here, elsewhere, strict=True))


@given(tracks)
def test_near_miss_has_as_many_terms_as_any_window(lines):
    anchor = Anchor(all=("balcon*", "nowhere"), any=WITNESSES, at_least=2, within=10)
    dialogue = listen(lines, anchor)
    seen = [
        (at.at_ms, term) for term in (*anchor.all, *WITNESSES) for at in dialogue.sightings(term)
    ]
    held = [
        {term for at_ms, term in seen if 0 <= at_ms - start_ms <= 10_000} for start_ms, _ in seen
    ]
    wanting = [2 - len(one & {*anchor.all}) + max(0, 2 - len(one & {*WITNESSES})) for one in held]
    nearest = nearest_attempt([anchor], dialogue, "expected")
    found = len(nearest.missing) + nearest.lacking if nearest else None
    assert found == min(wanting, default=None)


@pytest.mark.parametrize("none", [(), ("theatre",)], ids=["free", "forbidden"])
def test_thousands_of_cues_at_one_time_are_weighed_in_linear_time(none):
    anchor = Anchor(all=("balcon*", "theatre"), any=WITNESSES, at_least=1, none=none)
    lines = [(1, f"{one} balcony") for one in ("women", "flag", "theatre") * 1500]
    attempts = find_attempts(anchor, listen(lines, anchor), "expected")
    assert len(attempts) > 1000
    partial = Anchor(all=("balcon*", "nowhere"), any=WITNESSES, at_least=1)
    nearest = nearest_attempt([partial], listen(lines, partial), "expected")
    assert nearest is not None
    assert nearest.missing == ("nowhere",)
