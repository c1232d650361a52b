"""Every rule of strength, with its figure: a case for each bullet that `candidates` documents."""

import gc
import weakref
from math import exp, log, log2

import pytest
from attrs import evolve

from headnotes.anchoring import (
    PRIORS,
    THRESHOLD,
    Candidate,
    assign_passages,
    candidates,
    choose_moments,
    end_of_crowd,
    evidence,
    explain_candidate,
    find_candidates,
    find_moment,
    find_recap,
    find_sufficient,
    index,
    index_track,
    list_depicted,
    make_passages,
    nearest_candidate,
    prior_of,
    prior_of_depicted,
    windows,
)
from headnotes.matching import Matcher, parse_term
from headnotes.model import (
    Anchor,
    Cue,
    Depiction,
    Episode,
    EpisodeId,
    Note,
    NoteText,
    Passage,
    Reason,
    Work,
    WorkEpisode,
)
from headnotes.recognition import (
    FileHints,
    Shown,
    judge_episodes,
    recognise_episode,
)

FULL, HALF, NONE = 3.5, 4.85, 6.2
"""Zipf values of words with an information of 1, of 0.5, and of the least."""


@pytest.fixture
def zipf(monkeypatch):
    """Make words as common as a test wants; all others are worth 1."""
    values: dict[str, float] = {}
    monkeypatch.setattr(index, "zipf_of", lambda word, language: values.get(word, FULL))
    # what words say is kept from one track to the next
    monkeypatch.setattr(index, "_information_in", index._information_in.__wrapped__)
    return values


def cue(number, second, line):
    start_ms = round(second * 1000)
    return Cue(
        number=number, start_ms=start_ms, end_ms=start_ms + 1000, text=line, spoken=line, raw=line
    )


def make_cues(*lines):
    return [cue(number, second, line) for number, (second, line) in enumerate(lines, start=1)]


def index_lines(anchor, *lines):
    terms = (*anchor.all, *anchor.any, *anchor.none)
    return index_track(make_cues(*lines), Matcher(map(parse_term, terms)), "en")


def strengths(anchor, *lines, expectation="expected"):
    track = index_lines(anchor, *lines)
    return [candidate.strength for candidate in find_candidates(anchor, track, PRIORS[expectation])]


def filled(*lines, until):
    """Speak between the lines, so that no silence ends the scene."""
    return sorted([*lines, *((second + 0.5, "so") for second in range(0, until, 5))])


@pytest.mark.parametrize(
    ("value", "strength"),
    [
        (0.8, 0.75),
        (3.5, 0.5),
        (4.85, 0.2929),
        (6.0, 0.05),
        (6.0651, 0.0341),
        (6.2, 0.0341),
        (8, 0.0341),
    ],
)
def test_rarer_word_has_more_information(zipf, value, strength):
    zipf["alpha"] = value
    assert strengths(Anchor(all=("alpha",)), (0, "alpha")) == [strength]


@pytest.mark.parametrize(
    ("values", "strength"),
    [((FULL, FULL), 0.6464), ((HALF, HALF), 0.5), ((FULL, HALF), 0.6464), ((HALF, NONE), 0.317)],
)
def test_words_of_a_phrase_add_up_to_a_limit(zipf, values, strength):
    zipf.update(zip(("alpha", "beta"), values, strict=True))
    assert strengths(Anchor(all=("alpha beta",)), (0, "alpha beta")) == [strength]


def test_only_the_words_of_a_phrase_add_up(zipf):
    zipf.update(alpha=HALF, beta=NONE)
    assert strengths(Anchor(all=("alpha beta",)), (0, "alpha beta gamma")) == [0.317]


@pytest.mark.parametrize(
    ("seconds", "information"),
    [
        ((0,), 1),
        ((0, 119.999), 1),
        ((0, 120), 0.5**0.5),
        ((0, 120, 239), 0.5**0.5),
        ((0, 120, 240, 360), 0.5),
        (range(0, 1080, 120), 1 / 3),
    ],
    ids=["one", "near", "two", "two-and-near", "four", "nine"],
)
def test_term_of_many_places_has_less_information(zipf, seconds, information):
    anchor = Anchor(all=("alpha | beta",))
    for words in (("alpha",), ("alpha", "beta"), ("beta", "alpha")):
        lines = [(second, words[at % len(words)]) for at, second in enumerate(seconds)]
        occurrences = index_lines(anchor, *lines).occurrences("alpha | beta")
        found = [occurrence.information for occurrence in occurrences]
        assert found == pytest.approx([information] * len(seconds))


def weigh(anchor, track):
    (candidate,) = find_candidates(anchor, track, 1.0)
    return candidate.evidence


@pytest.mark.parametrize(("count", "keeps"), [(1, 1.0), (2, 0.8519), (16, 0.4292)], ids=str)
def test_word_that_several_depictions_have_says_less_about_each(zipf, count, keeps):
    own = [Anchor(any=("beta", "alpha | gamma"), at_least=1) for _ in range(count)]
    other = Anchor(any=("delta",), at_least=1)
    # a second anchor of one depiction counts it no second time
    depicted = [*((anchor, anchor) for anchor in own), (other,)]
    terms = map(parse_term, ("alpha", "alpha | gamma", "beta", "delta"))
    track = index_track(
        make_cues((0, "alpha delta")), Matcher(terms), "en", list_depicted(depicted)
    )
    assert [weigh(anchor, track) for anchor in own] == pytest.approx([keeps] * count, abs=1e-4)
    assert weigh(other, track) == 1.0


def test_what_depictions_share_says_as_much_about_a_note_of_its_own_words(zipf):
    depicted = [(Anchor(any=("alpha",), at_least=1),)] * 16
    track = index_track(
        make_cues((0, "alpha")), Matcher([parse_term("alpha")]), "en", list_depicted(depicted)
    )
    assert weigh(Anchor(any=("alpha",), at_least=1), track) == 1.0


def test_words_next_to_each_other_count_once(zipf):
    anchor = Anchor(all=("alpha", "beta"))
    assert strengths(anchor, (0, "alpha beta")) == [0.5]
    assert strengths(anchor, (0, "alpha"), (0, "beta")) == [0.75]


def test_of_further_terms_in_one_cue_three_quarters_count(zipf):
    anchor = Anchor(all=("alpha", "beta", "gamma"))
    # 1, and 3/4 of 1, and 3/4 of 1
    assert strengths(anchor, (0, "alpha or beta or gamma")) == [round(1 - 2**-2.5, 4)] == [0.8232]


@pytest.mark.parametrize(
    ("length", "strength"),
    # 1 less 1.5 times what a minute elsewhere holds on average: 1 in 20 minutes at least, or in 40
    [(600, 1 - 2 ** -(1 - 1.5 / 20)), (2399, 1 - 2 ** -(1 - 1.5 / 40))],
    ids=["short-track", "long-track"],
)
def test_what_is_spoken_by_chance_is_taken_off(zipf, length, strength):
    anchor = Anchor(any=("alpha", "beta"), at_least=1)
    first, *_ = strengths(anchor, (0, "alpha"), (300, "beta"), (length, "so"))
    assert first == pytest.approx(strength, abs=1e-4)


@pytest.mark.parametrize("length", [600, 1_199, 1_199.01, 2_000])
def test_chance_is_reckoned_over_twenty_minutes_at_least(zipf, length):
    # the last cue is spoken for a second
    anchor = Anchor(any=("alpha", "beta"), at_least=1)
    track = index_lines(anchor, (0, "alpha"), (300, "beta"), (length, "so"))
    first, *_ = find_candidates(anchor, track, 1.0)
    expected = 1 - 1.5 / max(20, (length + 1) / 60)
    assert first.evidence == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("change", "has_all"),
    [
        ({}, True),
        ({"missing": ("beta",)}, False),
        ({"lacking": 1}, False),
        ({"too_wide_by_s": 1}, False),
    ],
    ids=["all", "missing", "lacking", "too-wide"],
)
def test_candidate_has_all_terms_that_its_anchor_wants_near_enough(change, has_all):
    track = index_lines(ANCHOR, (0, "alpha"))
    assert make_candidate(track, 0, 2.0)._replace(**change).has_all_terms == has_all


@pytest.mark.parametrize(
    ("wanted", "value", "is_moment"),
    [(3, FULL, True), (3, 4.6, False), (2, 0.8, False)],
    ids=["strong", "too-weak", "only-two-wanted"],
)
def test_strong_evidence_makes_up_for_one_missing_term(zipf, wanted, value, is_moment):
    zipf.update(alpha=value, beta=value)
    anchor = Anchor(any=("alpha", "beta", "gamma", "delta"), at_least=wanted)
    spoken = [(0, "alpha"), (2, "beta")][: wanted - 1]
    track = index_lines(anchor, *spoken)
    assert bool(find_sufficient([anchor], track, 1.0)) == is_moment


@pytest.mark.parametrize("prior", [1.0, 0.9])
@pytest.mark.parametrize(("strength", "is_moment"), [(0.601, True), (0.598, False)])
def test_one_term_less_needs_a_strength_of_06_whatever_finds_it(zipf, strength, is_moment, prior):
    # two words of equal information next to each other in time, a window of no width
    each = -log2(1 - strength) / prior / 1.75
    zipf.update(alpha=6.2 - 2.7 * each, beta=6.2 - 2.7 * each)
    anchor = Anchor(any=("alpha", "beta", "gamma", "delta"), at_least=3)
    track = index_lines(anchor, (0, "alpha and beta"))
    found = find_candidates(anchor, track, prior)
    assert [candidate.is_moment for candidate in found] == [is_moment]
    assert bool(find_sufficient([anchor], track, prior)) == is_moment


@pytest.mark.parametrize(
    ("terms", "share"), [(0, 1.0), (1, 1.0), (8, 1.0), (9, 0.9971), (90, 0.9413)]
)
def test_depiction_of_more_than_eight_terms_keeps_the_less_the_more_it_has(terms, share):
    short = Anchor(any=("alpha",))
    longest = [Anchor(any=tuple(f"w{at}" for at in range(terms)))] if terms else []
    anchors = (*longest, *([short] if longest else []))
    depiction = Depiction(id="storm", shown={}, episodes=(), anchors=anchors)
    episode = Episode(work="show", is_film=True)
    assert round(prior_of_depicted(depiction, episode), 4) == share


def test_window_that_lacks_a_term_is_none_inside_one_that_has_all(zipf):
    anchor = Anchor(any=("alpha", "beta", "gamma", "delta"), at_least=3)
    lines = [(0, "alpha"), (2, "beta"), (4, "gamma"), (300, "alpha"), (302, "delta")]
    found = find_candidates(anchor, index_lines(anchor, *lines), 1.0)
    assert [(candidate.first_cue, candidate.lacking) for candidate in found] == [(0, 0), (3, 1)]


@pytest.mark.parametrize("words", ["alpha beta", "alpha"])
def test_what_is_spoken_twice_suffices_like_what_is_spoken_once(zipf, words):
    zipf.update(dict.fromkeys(words.split(), HALF if " " in words else FULL))
    anchor = Anchor(all=(words,))
    for lines in ([(0, words)], [(0, words), (5, words)]):
        assert len(find_sufficient([anchor], index_lines(anchor, *lines), 1.0)) == len(lines)


def test_two_missing_terms_are_too_many(zipf):
    zipf.update(alpha=-9, beta=-9)
    anchor = Anchor(any=("alpha", "beta", "gamma", "delta"), at_least=4)
    assert find_candidates(anchor, index_lines(anchor, (0, "alpha"), (2, "beta")), 1.0) == ()


@pytest.mark.parametrize(
    ("ids", "likely", "prior"),
    [
        ((), {}, 0.85),
        ((), {"S01E01": 0.6}, 0.68),
        ((), {"S01E02": 0.6}, 0.2),
        (("S01E01",), {}, 1.0),
        (("S01E01",), {"S01E01": 0.6, "S01E02": 0.4}, 0.68),
        (("S01E02",), {"S01E01": 0.4, "S01E02": 0.6}, 0.52),
        (("S01E01",), {"S01E01": 0.3, "S01E02": 0.1}, 0.44),
        (("S01E01",), {"S01E01": 0.3, "S01E02": 0.09}, 1.0),
        (("S01E02",), {"S01E01": 0.09, "S01E02": 0.3}, 0.2),
        ((), {"S01E01": 0.09}, 0.272),
        (("S01E01", "S01E02"), {"S01E02": 0.9}, 1.0),
        (("S01E02", "S01E03"), {"S01E01": 0.9}, 0.2),
    ],
)
def test_likely_episodes_share_the_prior(ids, likely, prior):
    posterior = {EpisodeId.parse(name): share for name, share in likely.items()}
    episode = Episode(work="show", ids=ids, posterior=posterior)
    assert prior_of((EpisodeId(1, 1),), episode) == pytest.approx(prior)
    assert prior_of((), episode) == 0.85


@pytest.mark.parametrize(("count", "prior"), [(1, 1.0), (2, 0.917), (6, 0.799), (16, 0.707)])
def test_more_expected_episodes_leave_less_of_the_evidence(count, prior):
    expected = tuple(EpisodeId(1, number) for number in range(1, count + 1))
    named = Episode(work="show", ids=("S01E01",))
    assert prior_of(expected, named) == pytest.approx(prior, abs=0.001)
    posterior = {EpisodeId(1, 1): 0.5, EpisodeId(2, 1): 0.5}
    unsure = Episode(work="show", ids=("S01E01",), posterior=posterior)
    assert prior_of(expected, unsure) == pytest.approx(0.6 * prior, abs=0.001)


def test_prior_of_another_work_is_that_of_no_episode():
    episode = Episode(ids=("S01E01",), posterior={EpisodeId(1, 1): 0.5})
    assert prior_of((EpisodeId(1, 1),), episode) == 0.85


def test_word_that_serves_two_terms_counts_once(zipf):
    zipf["beta"] = HALF
    anchor = Anchor(all=("alpha", "alpha beta", "beta"))
    assert strengths(anchor, (0, "alpha beta")) == [0.6464]


def test_word_that_is_spoken_again_counts_once(zipf):
    anchor = Anchor(all=("alpha beta", "alpha"))
    assert strengths(anchor, (0, "alpha"), (10, "alpha beta")) == [0.6464]


def test_word_that_counts_already_keeps_no_lesser_term_out(zipf):
    zipf["gamma"] = HALF
    anchor = Anchor(all=("alpha beta", "beta", "gamma"))
    # 1.5 and 0.5, 2 of 60 seconds apart
    strength = round(1 - 2 ** -(2 * (1 - 0.5 * 2 / 60)), 4)
    assert strengths(anchor, (0, "alpha beta"), (2, "gamma")) == [strength]


def test_phrase_counts_before_its_words(zipf):
    assert strengths(Anchor(all=("alpha beta", "beta")), (0, "alpha beta")) == [0.6464]


def test_of_equal_occurrences_the_first_counts(zipf):
    anchor = Anchor(all=("alpha*", "alphas"))
    assert strengths(anchor, (0, "alphas"), (2, "alphabet"))[0] == 0.5


def test_window_is_never_wider_than_its_anchor(zipf):
    anchor = Anchor(all=("alpha", "beta"), within=60)
    assert strengths(anchor, (0, "alpha"), (60.001, "beta")) == []


def test_only_so_many_occurrences_support_a_window(zipf, monkeypatch):
    monkeypatch.setattr(evidence, "_MOST_NEARBY", 1)
    anchor = Anchor(all=("alpha",), any=("beta", "gamma"), at_least=0)
    around = [(0, "gamma"), (2, "beta"), (4, "alpha"), (6, "beta"), (8, "gamma")]
    # 1 and half of 1, less 1.5 times the two that do not support it: 2 in 20 minutes
    assert strengths(anchor, *around) == [round(1 - 2 ** -(1.5 - 1.5 * 2 / 20), 4)]


def test_first_forbidden_term_is_named(zipf):
    anchor = Anchor(all=("alpha",), none=("theatre",))
    track = index_lines(anchor, (0, "alpha"), (2, "theatre"), (4, "theatre"))
    (candidate,) = find_candidates(anchor, track, PRIORS["expected"])
    assert candidate.forbidden_by.at_ms == 2_000


def test_rarest_occurrence_of_a_term_counts(zipf):
    zipf.update(alphabet=HALF, alphas=NONE)
    anchor = Anchor(all=("alpha*", "beta"))
    assert strengths(anchor, (0, "alphas"), (2, "alphabet"), (4, "beta"))[0] == 0.6403


@pytest.mark.parametrize(
    ("second", "strength"),
    [(5, 0.6464), (20, 0.6464), (20.001, 0.4913)],
    ids=["near", "at-the-width", "past-the-width"],
)
@pytest.mark.parametrize("sign", [1, -1], ids=["after", "before"])
def test_further_terms_nearby_add_half_of_theirs(zipf, second, strength, sign):
    anchor = Anchor(any=("alpha", "beta"), at_least=1, within=20)
    lines = filled((30, "alpha"), (30 + sign * second, "beta"), until=60)
    assert strengths(anchor, *lines) == [strength, strength]


def test_silence_does_not_part_what_supports_a_window(zipf):
    anchor = Anchor(any=("alpha", "beta"), at_least=1)
    assert strengths(anchor, (0, "alpha"), (20, "beta")) == [0.6464, 0.6464]


@pytest.mark.parametrize(("width", "strength"), [(0, 0.75), (30, 0.6464), (60, 0.5)])
def test_wide_window_keeps_half(zipf, width, strength):
    assert strengths(Anchor(all=("alpha", "beta")), (0, "alpha"), (width, "beta")) == [strength]


@pytest.mark.parametrize(
    ("expectation", "strength"), [("expected", 0.75), ("unknown", 0.6922), ("elsewhere", 0.2421)]
)
def test_episode_is_a_prior(zipf, expectation, strength):
    anchor = Anchor(all=("alpha", "beta"))
    assert strengths(anchor, (0, "alpha"), (0, "beta"), expectation=expectation) == [strength]


@pytest.mark.parametrize(
    ("value", "expectation", "is_moment"),
    [
        (3.5, "expected", True),
        (3.501, "expected", False),
        (3.02, "unknown", True),
        (3.03, "unknown", False),
        (-7.3, "elsewhere", True),
        (-7.2, "elsewhere", False),
    ],
)
def test_one_threshold_makes_a_moment(zipf, value, expectation, is_moment):
    zipf["alpha"] = value
    anchor = Anchor(all=("alpha",))
    track = index_lines(anchor, (0, "alpha"))
    assert THRESHOLD == 0.5
    assert bool(find_sufficient([anchor], track, PRIORS[expectation])) == is_moment
    assert [one.is_moment for one in find_candidates(anchor, track, PRIORS[expectation])] == [
        is_moment
    ]


@pytest.mark.parametrize(
    ("value", "codes"), [(3.5, ["found"]), (3.501, ["found", "too-weak"])], ids=["enough", "weak"]
)
def test_only_what_is_below_the_threshold_is_too_weak(zipf, value, codes):
    zipf["alpha"] = value
    track = index_lines(ANCHOR, (0, "alpha"))
    (candidate,) = find_candidates(ANCHOR, track, PRIORS["expected"])
    assert [reason.code for reason in explain_candidate(candidate, track)] == codes


@pytest.mark.parametrize(("distance", "is_forbidden"), [(10, True), (10.001, False)])
@pytest.mark.parametrize("sign", [1, -1], ids=["after", "before"])
def test_forbidden_term_forbids_within_ten_seconds(zipf, distance, is_forbidden, sign):
    anchor = Anchor(all=("alpha", "beta"), none=("theatre",))
    edge = 24 if sign > 0 else 20
    lines = sorted([(20, "alpha"), (24, "beta"), (edge + sign * distance, "theatre")])
    (candidate,) = find_candidates(anchor, index_lines(anchor, *lines), PRIORS["expected"])
    assert (candidate.forbidden_by is not None) == is_forbidden
    assert candidate.is_moment != is_forbidden


# ------------------------------------------------------------------------------ assignment


ANCHOR = Anchor(all=("alpha",))


def make_candidate(track, position, evidence, when="first"):
    found = track.occurrences("alpha")[position]
    return Candidate(anchor=Anchor(all=("alpha",), when=when), found=(found,), evidence=evidence)


def assign(claims, *seconds):
    """Assign depictions, each with its claims: which of the seconds, and how much evidence."""
    track = index_lines(ANCHOR, *((second, "alpha") for second in seconds))
    candidates = {
        name: [make_candidate(track, at, evidence) for at, evidence in own]
        for name, own in claims.items()
    }
    assignment = assign_passages(candidates, track)
    places = {name: found.first_cue for name, found in assignment.passages.items()}
    return places, assignment.rivals


@pytest.mark.parametrize(("evidence", "is_placed"), [(1.53, True), (1.5299, False)])
def test_two_depictions_share_a_place_with_nearly_as_much(evidence, is_placed):
    places, rivals = assign({"more": [(0, 1.8)], "less": [(1, evidence)]}, 0, 5)
    assert ("less" in places) == is_placed
    assert rivals == ({} if is_placed else {"less": "more"})


@pytest.mark.parametrize(
    ("place", "evidence", "is_placed"),
    [(1, 1.6, True), (1, 1.5999, False), (0, 7.0, False)],
    ids=["own", "too-little", "same-words"],
)
def test_two_depictions_share_a_place_with_enough_in_words_of_their_own(place, evidence, is_placed):
    places, _ = assign({"more": [(0, 9.0)], "less": [(place, evidence)]}, 0, 5)
    assert ("less" in places) == is_placed


def test_what_both_depictions_hear_is_no_word_of_their_own(zipf):
    track = index_lines(Anchor(any=("alpha", "beta")), (0, "alpha"), (5, "beta"))
    (alpha,), (beta,) = track.occurrences("alpha"), track.occurrences("beta")
    more = Candidate(anchor=ANCHOR, found=(alpha,), evidence=9.0)
    # of its two words, each worth 1, one is its own
    for found, is_placed in ((3.2, True), (3.199, False)):
        less = Candidate(anchor=ANCHOR, found=(alpha, beta), evidence=found)
        assigned = assign_passages({"more": [more], "less": [less]}, track)
        assert ("less" in assigned.passages) == is_placed


@pytest.mark.parametrize(("second", "is_placed"), [(20.999, False), (21, True)])
def test_depictions_compete_within_twenty_seconds(second, is_placed):
    # the first is spoken for a second
    places, _ = assign({"more": [(0, 2.0)], "less": [(1, 1.0)]}, 0, second)
    assert ("less" in places) == is_placed


@pytest.mark.parametrize(("second", "places"), [(20.999, {}), (21, {"less": 0})])
def test_places_of_one_depiction_lie_twenty_seconds_apart(second, places):
    # what is near its best place is lost with it
    claims = {"more": [(1, 9.0)], "less": [(1, 2.0), (0, 1.9)]}
    assert assign(claims, 0, second)[0] == {"more": 1, **places}


def test_rival_is_the_strongest_of_those_nearby():
    claims = {"far": [(3, 9.0)], "more": [(0, 4.0)], "most": [(1, 4.5)], "less": [(2, 1.0)]}
    places, rivals = assign(claims, 0, 5, 10, 300)
    assert places == {"far": 3, "more": 0, "most": 1}
    assert rivals == {"less": "most"}


@pytest.mark.parametrize(("evidence", "is_placed"), [(1.2, True), (1.1999, False)])
def test_loser_takes_no_much_weaker_place(evidence, is_placed):
    claims = {"more": [(0, 4.0)], "less": [(0, 2.0), (1, evidence)]}
    places, rivals = assign(claims, 0, 300)
    assert places == ({"more": 0, "less": 1} if is_placed else {"more": 0})
    assert rivals == {"less": "more"}


@pytest.mark.parametrize(
    ("evidence", "places"), [(3.01, {"other": 1}), (1.5, {"less": 1, "other": 2})]
)
def test_loser_takes_no_place_that_is_the_better_best_one_of_another(evidence, places):
    claims = {
        "more": [(0, 4.0)],
        "less": [(0, 3.0), (1, 2.0)],
        "other": [(1, evidence), (2, 2.9 if evidence > 2.9 else 1.6)],
    }
    assert assign(claims, 0, 300, 600)[0] == {"more": 0, **places}


def test_most_evidence_in_all_is_assigned():
    claims = {"long": [(1, 1.5)], "left": [(0, 1.0)], "right": [(2, 1.0)]}
    assert assign(claims, 0, 15, 30) == ({"left": 0, "right": 2}, {"long": "left"})


def test_only_four_places_of_a_depiction_are_considered():
    seconds = range(0, 1000, 100)
    many = {f"other-{at}": [(at, 9.0)] for at in range(4)}
    assert "it" not in assign({"it": [(at, 2.0) for at in range(5)], **many}, *seconds)[0]
    del many["other-3"]
    assert assign({"it": [(at, 2.0) for at in range(5)], **many}, *seconds)[0]["it"] == 3


@pytest.mark.parametrize(("early", "place"), [(22.5, 6), (23.5, 0)], ids=["24th", "25th"])
def test_twenty_four_sets_of_passages_are_followed(early, place):
    """Sets with the early place go before the one with all others and the late place.

    With 22.5 of evidence 23 sets do: those whose other passages have 9 to 31; with 23.5 one more.
    """
    others = {f"other-{at}": [(at, 2.0 ** (at - 1))] for at in range(1, 6)}
    claims = {"it": [(0, early), (6, 30.0)], **others}
    places, _ = assign(claims, *range(0, 700, 100))
    assert places["it"] == place
    assert len(places) == 6


def test_equal_candidates_of_one_thing_are_one():
    assert assign({"it": [(0, 2.0), (0, 2.0)]}, 0) == ({"it": 0}, {})


@pytest.mark.parametrize(
    ("when", "evidence", "cue"), [("last", 1.7, 1), ("last", 1.6999, 0), ("first", 1.7, 0)]
)
def test_last_place_nearby_needs_nearly_as_much(when, evidence, cue):
    track = index_lines(ANCHOR, (0, "alpha"), (5, "alpha"))
    claims = [make_candidate(track, 0, 2.0, when), make_candidate(track, 1, evidence, when)]
    assert assign_passages({"it": claims}, track).passages["it"].first_cue == cue


# -------------------------------------------------------------------------------- passages


def last_cues(*seconds, starts=(0,)):
    """Make passages that begin at some of the seconds at which a term is spoken; their ends."""
    track = index_lines(ANCHOR, *((second, "alpha") for second in seconds))
    assigned = {str(at): make_candidate(track, at, 2.0) for at in starts}
    return [passage.last_cue for passage in make_passages(assigned, track).values()]


@pytest.mark.parametrize(("second", "last_cue"), [(16, 2), (16.001, 1)])
def test_passage_ends_when_its_terms_are_not_spoken_for_fifteen_seconds(second, last_cue):
    assert last_cues(0, second) == [last_cue]


@pytest.mark.parametrize(
    ("lines", "last_cue"),
    [
        (((41, "beta gamma"),), 2),
        (((41.001, "beta gamma"),), 1),
        (((31, "beta"), (41, "gamma")), 3),
        (((31, "beta"), (41.001, "gamma")), 1),
        (((31, "beta"), (36, "beta")), 1),
        (((20, "beta"), (33, "gamma"), (35, "beta")), 4),
        (((31, "delta"),), 1),
    ],
    ids=[
        "at-once",
        "too-late",
        "within-ten-seconds",
        "later",
        "one-term-again",
        "one-before",
        "one-word",
    ],
)
def test_passage_goes_on_where_two_terms_come_back_within_forty_seconds(lines, last_cue):
    anchor = Anchor(any=("alpha", "beta", "gamma", "delta", "delt*"))
    track = index_lines(anchor, (0, "alpha"), *lines)
    candidate = Candidate(anchor=anchor, found=track.occurrences("alpha"), evidence=2.0)
    assert make_passages({"0": candidate}, track)["0"].last_cue == last_cue


@pytest.mark.parametrize(
    ("second", "last_cue"), [(9, 2), (11.1, 1), (13.5, 1)], ids=["within", "later", "much-later"]
)
def test_what_follows_telling_words_within_ten_seconds_belongs_to_them(second, last_cue):
    track = index_lines(ANCHOR, (0, "alpha"), (second, "what people go on about"), (60, "alpha"))
    assigned = {"0": make_candidate(track, 0, 2.0)}
    assert make_passages(assigned, track)["0"].last_cue == last_cue


def test_passage_goes_on_as_long_as_its_terms_are_spoken():
    assert last_cues(0, 14, 28, 42, 80) == [4]


def test_passage_ends_where_the_next_begins():
    assert last_cues(0, 5, 10, 15, starts=(0, 2)) == [2, 4]


def test_phrase_that_ends_in_the_next_passage_does_not_hide_a_later_word():
    anchor = Anchor(any=("alpha", "beta gamma", "delta"))
    track = index_lines(anchor, (0, "alpha"), (12, "beta or delta beta"), (14, "gamma alpha"))
    at = {name: track.occurrences(name) for name in ("alpha", "delta", "beta gamma")}
    assert [found.last_cue for found in at["beta gamma"]] == [2]
    first, last = (Candidate(anchor=anchor, found=(found,)) for found in at["alpha"])
    passages = make_passages({"first": first, "last": last}, track)
    assert passages["first"].last_cue == 2


def test_passages_come_in_order_of_time():
    assert last_cues(0, 100, starts=(1, 0)) == [1, 2]


def test_passages_that_begin_together_come_in_order_of_names():
    track = index_lines(ANCHOR, (0, "alpha"))
    candidate = make_candidate(track, 0, 2.0)
    assert [*make_passages({"b": candidate, "a": candidate}, track)] == ["a", "b"]


@pytest.mark.parametrize(
    ("second", "end_ms"),
    [(60, 11_000), (11.001, 11_000), (10.5, 10_500), (0.5, 1_000)],
    ids=["silence", "longer", "shorter", "overlap"],
)
def test_pause_after_the_last_word_belongs_to_a_passage_for_ten_seconds(second, end_ms):
    track = index_lines(ANCHOR, (0, "alpha"), (second, "alpha"))
    assigned = {"0": make_candidate(track, 0, 2.0), "next": make_candidate(track, 1, 2.0)}
    assert make_passages(assigned, track)["0"].end_ms == end_ms


def test_last_passage_of_a_track_goes_on_for_ten_seconds():
    track = index_lines(ANCHOR, (0, "alpha"))
    assert make_passages({"0": make_candidate(track, 0, 2.0)}, track)["0"].end_ms == 11_000


def make_early(*ends):
    """Passages that end so many seconds after the first word, each named by its place."""
    # a film may begin with seven seconds of silence
    return [
        Passage(
            depiction=str(at),
            start_ms=7_000,
            end_ms=7_000 + round(end * 1000),
            first_cue=1,
            last_cue=at,
        )
        for at, end in enumerate(ends, start=1)
    ]


EARLIER, HERE, BOTH = (EpisodeId(1, 1),), (EpisodeId(1, 3),), (EpisodeId(1, 1), EpisodeId(1, 3))


@pytest.mark.parametrize(
    ("ends", "expected", "last_cue"),
    [
        ((60, 130), (EARLIER, EARLIER), 2),
        ((60, 130.001), (EARLIER, EARLIER), None),
        ((60,), (EARLIER,), None),
        ((60, 120), (EARLIER, HERE), None),
        ((60, 120), (EARLIER, BOTH), None),
        ((40, 80, 120), (EARLIER, BOTH, BOTH), 3),
        ((40, 80, 120), (EARLIER, EARLIER, BOTH), 3),
        ((40, 80, 130.001), (EARLIER, BOTH, BOTH), None),
        ((40, 80, 120), (BOTH, BOTH, BOTH), None),
        ((40, 80, 120), (EARLIER, BOTH, HERE), None),
        ((40, 80, 120), (EARLIER, BOTH, ()), None),
    ],
    ids=[
        "two",
        "too-late",
        "only-one",
        "one-of-this-episode",
        "one-of-both",
        "one-and-two-of-both",
        "two-and-one-of-both",
        "too-late-of-both",
        "only-of-both",
        "crowded-by-this-episode",
        "crowded-by-none",
    ],
)
def test_passages_of_earlier_episodes_at_the_start_are_a_recap(ends, expected, last_cue):
    track = index_lines(ANCHOR, (7, "alpha"), (107, "alpha"))
    names = {str(at): episodes for at, episodes in enumerate(expected, start=1)}
    recap = find_recap(make_early(*ends), names, HERE, track)
    assert (recap.last_cue if recap else None) == last_cue


@pytest.mark.parametrize(
    ("ends", "end_ms"),
    [((), -1), ((40, 80), -1), ((40, 80, 75), 87_000), ((40, 80, 160), 137_000)],
    ids=["none", "two", "three", "too long"],
)
def test_three_passages_crowd_the_start_up_to_the_end_of_the_last(ends, end_ms):
    assert end_of_crowd(make_early(*ends), 7_000) == end_ms


# --------------------------------------------------------------------------------- moments


@pytest.mark.parametrize(("evidence", "cue"), [(1.2, 1), (1.1999, 2)])
def test_first_moment_needs_about_as_much(evidence, cue):
    track = index_lines(ANCHOR, (0, "alpha"), (60, "alpha"))
    found = [make_candidate(track, 0, evidence), make_candidate(track, 1, 2.0)]
    assert [moment.first_cue for moment in choose_moments(found, track)] == [cue]


def test_moments_that_share_a_cue_are_one(zipf):
    anchor = Anchor(all=("alpha", "beta"), when="every")
    track = index_lines(anchor, (0, "alpha"), (4, "beta"), (8, "alpha"))
    found = find_sufficient([anchor], track, 1.0)
    assert [(moment.first_cue, moment.last_cue) for moment in choose_moments(found, track)] == [
        (1, 2)
    ]


def find_inside(own, *lines, end_s):
    """Find the moment of a note with an anchor of its own in a passage from 10 seconds on."""
    track = index_lines(Anchor(all=("alpha",), any=own.any or own.all), *lines)
    (candidate,) = find_candidates(ANCHOR, track, 1.0)
    text = NoteText(headnote="h", shown="s", record="r")
    note = Note(id="note", texts={"en": text}, citations=(), anchors=(own,))
    passage = Passage(start_ms=10_000, end_ms=end_s * 1000, first_cue=1, last_cue=9)
    return find_moment(note, passage, candidate, track)


def place_inside(own, *lines, end_s):
    return find_inside(own, *lines, end_s=end_s).start_ms / 1000


@pytest.mark.parametrize(("wanted", "end_s"), [(1, 11), (2, 17)], ids=["anchor", "word"])
def test_words_of_a_note_may_be_the_first_of_its_passage(zipf, wanted, end_s):
    own = Anchor(any=("beta", "gamma"), at_least=wanted)
    moment = find_inside(own, (10, "alpha"), (10, "beta"), end_s=end_s)
    assert [found.term for found in moment.evidence] == ["beta"]


@pytest.mark.parametrize(
    ("second", "start"),
    [(15, 15), (20, 20), (20.001, 10), (9.999, 10), (10, 10), (60, 10)],
    ids=["inside", "at-the-end", "ends-later", "begins-earlier", "at-the-start", "far"],
)
@pytest.mark.parametrize(("wanted", "end_s"), [(1, 21), (2, 27)], ids=["anchor", "word"])
def test_note_stands_at_its_own_words_inside_its_passage(zipf, second, start, wanted, end_s):
    # a word that is less than the whole anchor leaves seven seconds for the note
    own = Anchor(any=("beta", "gamma"), at_least=wanted)
    assert place_inside(own, *sorted([(10, "alpha"), (second, "beta")]), end_s=end_s) == start


def test_of_equal_words_of_a_note_the_first_shows_its_place(zipf):
    own = Anchor(any=("beta", "gamma", "delta", "epsilon"), at_least=4)
    lines = [(10, "alpha"), (15, "beta"), (18, "gamma")]
    assert place_inside(own, *lines, end_s=30) == 15


def test_most_telling_word_of_a_note_shows_its_place(zipf):
    zipf["beta"] = HALF
    own = Anchor(any=("beta", "gamma", "delta", "epsilon"), at_least=4)
    lines = [(10, "alpha"), (15, "beta"), (18, "gamma")]
    assert place_inside(own, *lines, end_s=30) == 18


@pytest.mark.parametrize(("value", "start"), [(HALF, 15), (HALF + 0.001, 10)])
def test_single_word_of_a_note_must_tell_something(zipf, value, start):
    zipf["beta"] = value
    own = Anchor(any=("beta", "gamma"), at_least=2)
    assert place_inside(own, (10, "alpha"), (15, "beta"), end_s=27) == start


@pytest.mark.parametrize(
    ("inside", "cues"), [((0, 8_000), [0, 1]), ((1, 8_000), [1]), ((0, 7_999), [0])]
)
def test_windows_may_be_looked_for_between_two_times(inside, cues):
    anchor = Anchor(all=("alpha", "beta"))
    track = index_lines(anchor, (0, "alpha"), (4, "beta"), (8, "alpha"))
    found = find_candidates(anchor, track, 1.0, inside)
    assert [candidate.first_cue for candidate in found] == cues


# ----------------------------------------------------------------------------- recognition


@pytest.mark.parametrize(
    ("names", "value", "is_recognised"),
    [
        (("alpha", "beta", "gamma"), HALF, True),
        (("alpha", "beta", "gamma"), HALF + 0.01, False),
        (("alpha", "beta"), 0.8, False),
    ],
    ids=["three", "common", "two"],
)
def test_three_names_with_enough_information_recognise_a_work(zipf, names, value, is_recognised):
    zipf.update(dict.fromkeys(names, value))
    work = Work(id="show", title={"en": "The Show"}, names=("alpha", "beta", "gamma"))
    track = index_lines(Anchor(all=work.names), *((at * 50, name) for at, name in enumerate(names)))
    episode = recognise_episode((work,), FileHints(), track)
    reasons = (Reason("names-spoken", {"count": 3}),) if is_recognised else ()
    assert (episode.work == "show", episode.recognised_by) == (is_recognised, reasons)


FIRST, SECOND, THIRD = (EpisodeId(1, number) for number in (1, 2, 3))
SHOW = Work(
    id="show",
    title={"en": "The Show"},
    episodes=tuple(WorkEpisode(id=name) for name in (FIRST, SECOND, THIRD)),
)


def speaking(odds):
    """Return the evidence of a passage that speaks so much for its episode."""
    return 1.2 + odds / 2.2


def judge(*shown, named=(), missing=(), length_ms=45 * 60_000):
    """Judge by passages, each with its evidence and the episodes of its depiction."""
    depictions = [
        Depiction(id=str(at), shown={}, episodes=episodes, anchors=())
        for at, (_, *episodes) in enumerate((*shown, *((0, name) for name in missing)))
    ]
    passages = [Shown(at, found, str(at)) for at, (found, *_) in enumerate(shown)]
    work = evolve(SHOW, depictions=tuple(depictions))
    return judge_episodes(Episode(work="show", ids=named), work, passages, length_ms=length_ms)


@pytest.mark.parametrize(
    ("length_ms", "odds"), [(20 * 60_000, 3), (20 * 60_000 - 1, 4)], ids=["long", "clip"]
)
def test_what_is_absent_from_a_clip_of_under_twenty_minutes_says_nothing(length_ms, odds):
    # a name is worth 4, what is absent costs 1
    judged = judge((speaking(2), SECOND), named=(FIRST,), missing=(FIRST,), length_ms=length_ms)
    assert judged.posterior[FIRST] == round(exp(odds) / (exp(odds) + exp(2)), 4)


@pytest.mark.parametrize(
    ("odds", "is_named"), [(1.3863, True), (1.385, False)], ids=["enough", "too-little"]
)
def test_scenes_alone_name_an_episode_that_is_four_times_as_likely_as_none(odds, is_named):
    # for none of them nothing speaks; e to the power of 1.3863 is 4
    assert judge((speaking(odds), FIRST)).ids == ((FIRST,) if is_named else ())


@pytest.mark.parametrize(
    ("found", "odds"), [(0.5, -1.0), (1.2, 0), (2.2, 2.2), (4.4, 7.0), (9, 7.0)], ids=str
)
def test_place_speaks_for_its_episode_beyond_chance_and_up_to_a_limit(found, odds):
    share = round(exp(odds) / (exp(odds) + 1), 4)
    assert judge((found, FIRST)).posterior == {FIRST: share}


@pytest.mark.parametrize(
    ("count", "shown"), [(1, 1.0), (4, 0.5), (16, 0.25)], ids=["one", "four", "theme"]
)
def test_what_may_play_in_many_episodes_says_less_for_each(count, shown):
    episodes = [EpisodeId(1, number) for number in range(1, count + 1)]
    judged = judge((speaking(3), *episodes))
    odds = log(1 + shown * (exp(3) - 1))
    share = exp(odds) / (count * exp(odds) + 1)
    assert judged.posterior == dict.fromkeys(episodes, pytest.approx(share, abs=1e-4))


@pytest.mark.parametrize(("odds", "ids"), [(3.999, (FIRST,)), (4.001, (SECOND,))])
def test_scenes_outweigh_a_name_with_more_than_four(odds, ids):
    assert judge((speaking(odds), SECOND), named=(FIRST,)).ids == ids


def test_that_little_is_absent_elsewhere_contradicts_no_name():
    # six of the named episode are absent, one of each of ten others
    others = [EpisodeId(2, number) for number in range(1, 11)]
    judged = judge(named=(FIRST,), missing=[FIRST] * 6 + others)
    assert (judged.ids, judged.recognised_by) == ((FIRST,), ())
    # of a single other one, too, something must be found
    assert judge(named=(FIRST,), missing=[FIRST] * 9 + [SECOND]).ids == (FIRST,)


@pytest.mark.parametrize(("odds", "ids"), [(2.999, (FIRST,)), (3.001, (SECOND,))])
def test_what_is_not_found_speaks_against_its_episode(odds, ids):
    assert judge((speaking(odds), SECOND), named=(FIRST,), missing=(FIRST,)).ids == ids


@pytest.mark.parametrize(("odds", "ids"), [(7.999, (FIRST,)), (8.001, (FIRST, SECOND))])
def test_further_episode_in_a_file_costs_eight(odds, ids):
    half = speaking(odds / 2)
    judged = judge((9.0, FIRST), (half, SECOND), (half, SECOND), named=(FIRST,))
    assert judged.ids == ids
    assert judged.recognised_by == ((Reason("scenes"),) if len(ids) > 1 else ())


def test_episodes_of_one_file_follow_each_other():
    crossed = [(speaking(4.0), FIRST), (speaking(5.6), SECOND)] * 2
    assert judge(*crossed, named=(FIRST,)).ids == (FIRST,)
    assert judge(*sorted(crossed, key=str), named=(FIRST,)).ids == (FIRST, SECOND)


def test_every_episode_of_a_name_is_kept():
    assert judge((9.0, FIRST), named=(FIRST, SECOND)).ids == (FIRST, SECOND)


def test_posterior_lists_the_likely_ones():
    assert judge((9.0, FIRST), (1.6, SECOND)).posterior == {FIRST: 0.9969}
    alike = speaking(0)
    assert judge((alike, FIRST), (alike, SECOND), (alike, THIRD)).posterior == dict.fromkeys(
        (FIRST, SECOND, THIRD), 0.25
    )


def test_posterior_lists_the_likeliest_episode_however_unlikely():
    assert judge(missing=[FIRST] * 4).posterior == {FIRST: 0.018}


def test_term_that_is_listed_twice_is_heard_once():
    anchor = Anchor(any=("karstadt", "karstadt", "kremlin", "buttons"), at_least=3)
    track = index_lines(anchor, (1, "Karstadt"), (2, "Kremlin"))
    nearest = nearest_candidate((anchor,), track, PRIORS["expected"])
    assert (nearest.lacking, nearest.too_wide_by_s) == (1, 0)


def test_stronger_of_two_weak_candidates_is_nearer(zipf):
    zipf.update(alpha=NONE, beta=HALF)
    anchor = Anchor(any=("alpha", "beta"), at_least=1)
    track = index_lines(anchor, (0, "alpha"), (300, "beta"))
    assert nearest_candidate((anchor,), track, 1.0).first_cue == 1


def test_candidate_with_all_terms_is_nearer_than_a_stronger_one_that_lacks_one(zipf):
    zipf.update(alpha=NONE, beta=NONE, gamma=NONE, delta=HALF, epsilon=HALF)
    anchor = Anchor(any=("alpha", "beta", "gamma", "delta", "epsilon"), at_least=3)
    weak = [(0, "alpha"), (2, "beta"), (4, "gamma")]
    track = index_lines(anchor, *weak, (300, "delta"), (302, "epsilon"))
    nearest = nearest_candidate((anchor,), track, 1.0)
    assert (nearest.first_cue, nearest.lacking) == (0, 0)


def test_of_many_misses_the_nearest_is_among_those_with_the_most_words(monkeypatch, zipf):
    monkeypatch.setattr(candidates, "MOST_WEIGHED", 2)
    zipf.update(alpha=NONE, beta=NONE, gamma=HALF)
    anchor = Anchor(any=("alpha", "beta", "gamma"), at_least=1, none=("delta",))
    said = [(0, "alpha"), (300, "beta"), (600, "gamma"), (900, "alpha"), (1200, "gamma delta")]
    nearest = nearest_candidate((anchor,), index_lines(anchor, *said), PRIORS["elsewhere"])
    assert nearest.first_cue == 2


def test_moment_is_nearest_however_many_misses_hold_more_words(monkeypatch):
    monkeypatch.setattr(candidates, "MOST_WEIGHED", 1)
    anchor = Anchor(all=("phosgene", "balcony"), none=("theatre",))
    said = [(0, "phosgene, balcony, theatre"), (300, "phosgene"), (303, "balcony")]
    nearest = nearest_candidate((anchor,), index_lines(anchor, *said), PRIORS["expected"])
    assert (nearest.first_cue, nearest.is_moment) == (1, True)


@pytest.mark.parametrize(("most", "is_remembered"), [(1, False), (2, True)])
def test_of_an_anchor_that_is_spoken_too_often_nothing_is_remembered(
    monkeypatch, most, is_remembered
):
    monkeypatch.setattr(windows, "_MOST_REMEMBERED", most)
    anchor = Anchor(all=("gold", "balcony"), within=60)
    track = index_lines(anchor, (1, "gold"), (2, "balcony"))
    assert len(windows.collect(anchor, track)) == 2
    assert (track.collected.get(anchor) is not None) is is_remembered


def test_anchors_are_known_by_identity():
    anchor = Anchor(all=("gold",))
    track = index_lines(anchor, (1, "gold"))
    track.weighed.keep(anchor, ())
    assert track.weighed.get(anchor) == ()
    assert track.weighed.get(evolve(anchor)) is None


def test_track_is_let_go_of_when_it_is_done_with():
    gc.disable()
    try:
        anchor = Anchor(all=("gold", "balcony"), within=60)
        track = index_lines(anchor, (1, "gold"), (2, "balcony"))
        assert find_candidates(anchor, track, PRIORS["expected"])
        assert find_sufficient([anchor], track, PRIORS["expected"])
        gone = weakref.ref(track)
        del track
        assert gone() is None
    finally:
        gc.enable()


def test_words_of_many_tracks_do_not_pile_up(monkeypatch):
    monkeypatch.setattr(index, "_MOST_REMEMBERED", 3)
    known = index._Information("en", 1.0)
    said = [known[word] for word in ("police", "gold", "phosgene", "balcony", "police")]
    assert len(known) <= 3
    assert said[0] == said[-1] < said[1]
