import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.anchoring import (
    PRIORS,
    THRESHOLD,
    assign_passages,
    choose_moments,
    explain_candidate,
    find_candidates,
    find_sufficient,
    index_track,
    nearest_candidate,
)
from headnotes.matching import Matcher, parse_term
from headnotes.model import Anchor, Cue, Reason


def index(lines, *anchors):
    """Index (start in seconds, line) pairs as a track, two seconds a line."""
    cues = [
        Cue(
            number=at,
            start_ms=round(second * 1000),
            end_ms=round(second * 1000) + 2000,
            text=line,
            spoken=line,
            raw=line,
        )
        for at, (second, line) in enumerate(lines, start=1)
    ]
    terms = {term for anchor in anchors for term in (*anchor.all, *anchor.any, *anchor.none)}
    return index_track(cues, Matcher(map(parse_term, sorted(terms))), "en")


def find(anchors, track, expectation="expected"):
    return choose_moments(find_sufficient(anchors, track, PRIORS[expectation]), track)


def place(anchor, lines, expectation="expected"):
    moments = find([anchor], index(lines, anchor), expectation)
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
    anchor = Anchor(all=("phosgene gas",), when=when)
    line = "phosgene gas"
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
    track = index([(0, "Pilots for Lipetsk")], one, other)
    assert len(find([one, other], track)) == 1


def test_word_that_serves_two_terms_tells_once():
    one, two = Anchor(all=("flag*",)), Anchor(all=("flag*", "flags"))
    track = index([(0, "flags")], one, two)
    strengths = {
        find_candidates(anchor, track, PRIORS["expected"])[0].strength for anchor in (one, two)
    }
    assert len(strengths) == 1


def test_term_of_many_scenes_places_little():
    anchor = Anchor(all=("Kardakov",))
    once = [(0, "Kardakov")]
    often = [(second, "Kardakov") for second in range(0, 900, 100)]
    candidates = [
        find_candidates(anchor, index(lines, anchor), PRIORS["expected"])[0]
        for lines in (once, often)
    ]
    assert candidates[0].strength > candidates[1].strength


def test_evidence_lies_inside_its_moment():
    moment = find([BALCONY], index(SCENE, BALCONY))[0]
    assert [(one.cue, one.text) for one in moment.evidence] == [(2, "balcony"), (3, "women")]
    assert (moment.start_ms, moment.end_ms) == (100_000, 105_000)
    assert THRESHOLD <= moment.strength < 1


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        pytest.param(
            [(0, "two women")], Reason("term-missing", {"term": "balcon*"}), id="term-missing"
        ),
        pytest.param(
            [(0, "the balcony")],
            Reason("too-few-terms", {"found": 0, "wanted": 1}),
            id="too-few-terms",
        ),
        pytest.param(
            [(0, "balcony"), (90, "women")],
            Reason("too-wide", {"width_s": 90, "within_s": 60}),
            id="too-wide",
        ),
        pytest.param(
            [(0, "balcony"), (2, "women"), (4, "theatre")],
            Reason("forbidden", {"quote": "theatre", "cue": 3}),
            id="forbidden",
        ),
    ],
)
def test_explanation_names_what_failed(lines, reason):
    track = index(lines, BALCONY)
    candidate = nearest_candidate([BALCONY], track, PRIORS["expected"])
    assert explain_candidate(candidate, track)[1:] == (reason,)


def share(found, track):
    return {name: at.first_cue for name, at in assign_passages(found, track).passages.items()}


@pytest.mark.parametrize(
    ("term", "lines", "quote"),
    [
        ("twenty three", ["Twenty-three dead."], "Twenty-three"),
        ("F H", ["And under it", "F. H. and a date"], "F. H"),
        ("ours now", ["The house is ours.", "Now go."], "ours. Now"),
        ("Liebknecht* haus", ["Ins Liebknecht-\nHaus!"], "Liebknecht- Haus"),
        ("Polizeipräsident", ["Der Polizei-\npräsident!"], "Polizei- präsident"),
        ("碘酒", ["请给我碘酒。"], "碘酒"),
    ],
    ids=["hyphen", "stops", "two-cues", "two-lines", "cut-in-two", "no-spaces"],
)
def test_evidence_is_quoted_as_it_stands_in_the_file(term, lines, quote):
    """So that whoever looks for it there finds it; a line break is a space."""
    anchor = Anchor(all=(term,))
    track = index([(2 * at, line) for at, line in enumerate(["Good night.", *lines])], anchor)
    (found,) = track.occurrences(term)
    assert track.quote(found) == quote


def test_scene_goes_to_what_has_more_evidence():
    more, less = Anchor(all=("phosgene", "Lipetsk", "pilots")), Anchor(all=("phosgene", "gas"))
    lines = [(0, "phosgene gas for the pilots of Lipetsk"), (60, "phosgene is a gas")]
    track = index(lines, more, less)
    found = {
        name: find_sufficient([anchor], track, PRIORS["expected"])
        for name, anchor in {"more": more, "less": less}.items()
    }
    assert share(found, track) == {"more": 0, "less": 1}


def test_last_moment_reveals_nothing_early():
    anchor = Anchor(any=("balcony", "flag", "bleeding", "bandage"), at_least=2, when="last")
    lines = [(0, "A flag!"), (1, "The balcony!"), (9, "She is bleeding!"), (12, "A bandage!")]
    track = index(lines, anchor)
    assert share({"it": find_sufficient([anchor], track, PRIORS["expected"])}, track) == {"it": 2}


def test_silence_has_no_nearest_candidate():
    track = index([(0, "Good morning.")], BALCONY)
    assert nearest_candidate([BALCONY], track, PRIORS["unknown"]) is None


words = st.sampled_from(["balcony", "women", "flag", "theatre", "truncheons", "bread", "man", ""])
tracks = st.lists(st.tuples(st.integers(0, 30), words), max_size=25).map(
    lambda steps: [
        (sum(gap for gap, _ in steps[: at + 1]), line) for at, (_, line) in enumerate(steps)
    ]
)


@given(tracks)
def test_no_candidate_holds_another(lines):
    candidates = find_candidates(BALCONY, index(lines, BALCONY), PRIORS["expected"])
    spans = [(one.found[0].at_ms, one.found[-1].at_ms) for one in candidates]
    assert spans == sorted(spans)
    assert all(end - start <= 60_000 for start, end in spans)


@given(tracks, st.integers(0, 10**7))
def test_moments_do_not_depend_on_the_clock(lines, shift_s):
    shifted = [(second + shift_s, line) for second, line in lines]
    assert place(BALCONY, lines) == place(BALCONY, shifted)


@given(tracks)
def test_unexpected_place_is_never_stronger(lines):
    anchor = Anchor(all=("balcon*",), any=WITNESSES, at_least=1)
    track = index(lines, anchor)
    here = find_candidates(anchor, track, PRIORS["expected"])
    elsewhere = find_candidates(anchor, track, PRIORS["elsewhere"])
    assert all(there.strength <= one.strength for one, there in zip(here, elsewhere, strict=True))


@given(tracks)
def test_near_miss_has_as_many_terms_as_any_window(lines):
    anchor = Anchor(all=("balcon*", "nowhere"), any=WITNESSES, at_least=2, within=10)
    track = index(lines, anchor)
    spoken = [
        (at.at_ms, term) for term in (*anchor.all, *WITNESSES) for at in track.occurrences(term)
    ]
    held = [
        {term for at_ms, term in spoken if 0 <= at_ms - start_ms <= 10_000}
        for start_ms, _ in spoken
    ]
    wanting = [2 - len(one & {*anchor.all}) + max(0, 2 - len(one & {*WITNESSES})) for one in held]
    nearest = nearest_candidate([anchor], track, PRIORS["expected"])
    found = len(nearest.missing) + nearest.lacking if nearest else None
    assert found == min(wanting, default=None)


@pytest.mark.parametrize("none", [(), ("theatre",)], ids=["free", "forbidden"])
def test_thousands_of_cues_at_one_time_are_weighed_in_linear_time(none):
    anchor = Anchor(all=("balcon*", "theatre"), any=WITNESSES, at_least=1, none=none)
    lines = [(1, f"{one} balcony") for one in ("women", "flag", "theatre") * 1500]
    candidates = find_candidates(anchor, index(lines, anchor), PRIORS["expected"])
    assert len(candidates) > 1000
    partial = Anchor(all=("balcon*", "nowhere"), any=WITNESSES, at_least=1)
    nearest = nearest_candidate([partial], index(lines, partial), PRIORS["expected"])
    assert nearest is not None
    assert nearest.missing == ("nowhere",)


def test_last_moment_is_the_last_of_three():
    anchor = Anchor(all=("phosgene of Lipetsk",), when="last")
    line = "phosgene of Lipetsk"
    assert place(anchor, [(0, line), (30, line), (60, line), (90, line)]) == [(4, 4)]
    assert place(anchor, [(0, line)]) == [(1, 1)]


def test_phrase_may_end_in_the_next_cue():
    anchor = Anchor(all=("black hand",), none=("theatre",))
    track = index([(0, "Hello"), (4, "The black"), (6, "hand came.")], anchor)
    (occurrence,) = track.occurrences("black hand")
    assert (occurrence.at_ms, occurrence.cue, occurrence.last_cue) == (4_000, 1, 2)
    assert track.quote(occurrence) == "black hand"
    (candidate,) = find_candidates(anchor, track, PRIORS["expected"])
    assert (candidate.first_cue, candidate.last_cue) == (1, 2)


def test_near_miss_is_the_narrowest_window_with_all_terms():
    anchor = Anchor(all=("phosgene", "Lipetsk"), within=60)
    lines = [(0, "Lipetsk"), (600, "phosgene"), (661, "Lipetsk"), (1400, "phosgene")]
    nearest = nearest_candidate([anchor], index(lines, anchor), PRIORS["expected"])
    assert [found.at_ms for found in nearest.found] == [600_000, 661_000]
    assert nearest.too_wide_by_s == 1


def test_width_of_a_near_miss_is_in_whole_seconds():
    anchor = Anchor(all=("phosgene", "Lipetsk"), within=60)
    lines = [(0, "phosgene"), (1001, "Lipetsk")]
    assert (
        nearest_candidate([anchor], index(lines, anchor), PRIORS["expected"]).too_wide_by_s == 941
    )


def test_near_miss_counts_what_lies_within_the_width():
    anchor = Anchor(all=("nowhere",), any=("phosgene", "Lipetsk", "gas"), at_least=1, within=10)
    track = index([(0, "phosgene"), (10, "Lipetsk"), (10.005, "gas")], anchor)
    nearest = nearest_candidate([anchor], track, PRIORS["expected"])
    assert [found.term for found in nearest.found] == ["phosgene", "Lipetsk"]
    assert (nearest.missing, nearest.lacking, nearest.strength) == (("nowhere",), 0, 0)


def test_near_miss_prefers_what_lacks_less():
    anchor = Anchor(all=("nowhere",), any=("phosgene", "Lipetsk"), at_least=2, within=10)
    lines = [(0, "phosgene"), (100, "phosgene"), (104, "Lipetsk")]
    nearest = nearest_candidate([anchor], index(lines, anchor), PRIORS["expected"])
    assert (nearest.first_cue, nearest.lacking) == (1, 0)


def test_more_terms_than_wanted_make_no_nearer_miss():
    anchor = Anchor(all=("nowhere",), any=("phosgene", "Lipetsk"), at_least=1, within=10)
    lines = [(0, "phosgene"), (100, "phosgene"), (104, "Lipetsk")]
    assert nearest_candidate([anchor], index(lines, anchor), PRIORS["expected"]).first_cue == 0


@pytest.mark.parametrize(("second", "first_cue"), [(10, 0), (10.005, 2)])
def test_near_miss_is_looked_for_within_the_width(second, first_cue):
    anchor = Anchor(all=("nowhere",), any=("phosgene", "Lipetsk"), at_least=2, within=10)
    lines = [(0, "phosgene"), (second, "Lipetsk"), (100, "phosgene"), (105, "Lipetsk")]
    nearest = nearest_candidate([anchor], index(lines, anchor), PRIORS["expected"])
    assert (nearest.first_cue, nearest.lacking) == (first_cue, 0)


def test_nearest_of_several_anchors_wants_fewest_terms():
    near = Anchor(all=("phosgene", "nowhere"))
    far = Anchor(any=("Lipetsk", "somewhere", "elsewhere"), at_least=3)
    track = index([(0, "phosgene"), (60, "Lipetsk")], near, far)
    assert nearest_candidate([near, far], track, PRIORS["expected"]).anchor is near


def test_weak_candidate_is_nearer_than_a_forbidden_one():
    anchor = Anchor(all=("phosgene", "Lipetsk"), none=("theatre",))
    lines = [(0, "phosgene Lipetsk theatre"), (60, "phosgene"), (100, "Lipetsk")]
    assert nearest_candidate([anchor], index(lines, anchor), PRIORS["elsewhere"]).first_cue == 1
