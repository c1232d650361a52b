"""Every rule of strength, with its figure: a case for each bullet that `candidates` documents."""

import pytest

from headnotes.anchoring import (
    THRESHOLD,
    Candidate,
    assign_scenes,
    candidates,
    choose_moments,
    explain_candidate,
    find_candidates,
    find_sufficient,
    index,
    index_track,
)
from headnotes.engine import Engine
from headnotes.matching import Matcher, parse_term
from headnotes.model import Anchor, Cue, Depiction, EpisodeId, Reason, Track, Work
from headnotes.recognition import FileHints, Overrides, recognise_episode

FULL, HALF, NONE = 3.5, 4.85, 6.2
"""Zipf values of words with an information of 1, of 0.5, and of the least."""


@pytest.fixture
def zipf(monkeypatch):
    """Make words as common as a test wants; all others are worth 1."""
    values: dict[str, float] = {}
    monkeypatch.setattr(index, "zipf_of", lambda word, language: values.get(word, FULL))
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
    return [candidate.strength for candidate in find_candidates(anchor, track, expectation)]


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
    ("seconds", "strength"),
    [
        ((0,), 0.5),
        ((0, 100), 0.3875),
        ((0, 100, 200, 300), 0.2929),
        (range(0, 900, 100), 0.2063),
        ((0, 2, 4, 6), 0.5),
    ],
    ids=["one", "two", "four", "nine", "one-scene-often"],
)
def test_term_of_many_scenes_has_less_information(zipf, seconds, strength):
    lines = [(second, "alpha") for second in seconds]
    assert strengths(Anchor(all=("alpha",)), *lines)[0] == strength


def test_word_that_serves_two_terms_counts_once(zipf):
    zipf["beta"] = HALF
    anchor = Anchor(all=("alpha", "alpha beta", "beta"))
    assert strengths(anchor, (0, "alpha beta")) == [0.6464]


def test_phrase_counts_before_its_words(zipf):
    assert strengths(Anchor(all=("alpha beta", "beta")), (0, "alpha beta")) == [0.6464]


def test_of_equal_occurrences_the_first_counts(zipf):
    anchor = Anchor(all=("alpha*", "alphas"))
    assert strengths(anchor, (0, "alphas"), (2, "alphabet"))[0] == 0.5


def test_window_is_never_wider_than_its_anchor(zipf):
    anchor = Anchor(all=("alpha", "beta"), within=60)
    assert strengths(anchor, (0, "alpha"), (60.001, "beta")) == []


def test_only_so_many_occurrences_support_a_window(zipf, monkeypatch):
    monkeypatch.setattr(candidates, "_MOST_NEARBY", 1)
    anchor = Anchor(all=("alpha",), any=("beta", "gamma"), at_least=0)
    around = [(0, "gamma"), (2, "beta"), (4, "alpha"), (6, "beta"), (8, "gamma")]
    assert strengths(anchor, *around) == [0.6464]
    assert strengths(anchor, *around[2:]) == [0.6464]
    assert strengths(anchor, *around[:3]) == [0.6464]


def test_first_forbidden_term_is_named(zipf):
    anchor = Anchor(all=("alpha",), none=("theatre",))
    track = index_lines(anchor, (0, "alpha"), (2, "theatre"), (4, "theatre"))
    (candidate,) = find_candidates(anchor, track, "expected")
    assert candidate.forbidden_by.at_ms == 2_000


def test_rarest_occurrence_of_a_term_counts(zipf):
    zipf.update(alphabet=HALF, alphas=NONE)
    anchor = Anchor(all=("alpha*", "beta"))
    assert strengths(anchor, (0, "alphas"), (2, "alphabet"), (4, "beta"))[0] == 0.6434


@pytest.mark.parametrize(
    ("second", "strength"),
    [(5, 0.6464), (20, 0.6464), (20.001, 0.5)],
    ids=["near", "at-the-width", "past-the-width"],
)
@pytest.mark.parametrize("sign", [1, -1], ids=["after", "before"])
def test_further_terms_nearby_add_half_of_theirs(zipf, second, strength, sign):
    anchor = Anchor(any=("alpha", "beta"), at_least=1, within=20)
    lines = filled((30, "alpha"), (30 + sign * second, "beta"), until=60)
    assert strengths(anchor, *lines) == [strength, strength]


def test_terms_of_another_scene_add_nothing(zipf):
    anchor = Anchor(any=("alpha", "beta"), at_least=1)
    assert strengths(anchor, (0, "alpha"), (20, "beta")) == [0.5, 0.5]


def test_window_over_two_scenes_is_supported_in_both(zipf):
    anchor = Anchor(all=("alpha", "beta"), any=("gamma", "delta"), at_least=0)
    lines = [(0, "gamma"), (3, "alpha"), (23, "beta"), (26, "delta")]
    # (2 + 1/2 of 2), and 20 of 60 seconds wide: 11/12 of it
    assert strengths(anchor, *lines) == [round(1 - 2 ** -(3 * 11 / 12), 4)] == [0.8513]


@pytest.mark.parametrize(("width", "strength"), [(0, 0.75), (30, 0.7027), (60, 0.6464)])
def test_wide_window_keeps_three_quarters(zipf, width, strength):
    assert strengths(Anchor(all=("alpha", "beta")), (0, "alpha"), (width, "beta")) == [strength]


@pytest.mark.parametrize(
    ("expectation", "strength"), [("expected", 0.75), ("unknown", 0.6922), ("elsewhere", 0.2421)]
)
def test_episode_is_a_prior(zipf, expectation, strength):
    anchor = Anchor(all=("alpha", "beta"))
    assert strengths(anchor, (0, "alpha beta"), expectation=expectation) == [strength]


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
    assert bool(find_sufficient([anchor], track, expectation)) == is_moment
    assert [one.is_moment for one in find_candidates(anchor, track, expectation)] == [is_moment]


@pytest.mark.parametrize(
    ("value", "codes"), [(3.5, ["found"]), (3.501, ["found", "too-weak"])], ids=["enough", "weak"]
)
def test_only_what_is_below_the_threshold_is_too_weak(zipf, value, codes):
    zipf["alpha"] = value
    track = index_lines(ANCHOR, (0, "alpha"))
    (candidate,) = find_candidates(ANCHOR, track, "expected")
    assert [reason.code for reason in explain_candidate(candidate, track)] == codes


@pytest.mark.parametrize(("distance", "is_forbidden"), [(10, True), (10.001, False)])
@pytest.mark.parametrize("sign", [1, -1], ids=["after", "before"])
def test_forbidden_term_forbids_within_ten_seconds(zipf, distance, is_forbidden, sign):
    anchor = Anchor(all=("alpha", "beta"), none=("theatre",))
    edge = 24 if sign > 0 else 20
    lines = sorted([(20, "alpha"), (24, "beta"), (edge + sign * distance, "theatre")])
    (candidate,) = find_candidates(anchor, index_lines(anchor, *lines), "expected")
    assert (candidate.forbidden_by is not None) == is_forbidden
    assert candidate.is_moment != is_forbidden


# ------------------------------------------------------------------------------ assignment


ANCHOR = Anchor(all=("alpha",))


def make_candidate(track, position, evidence, when="first"):
    found = track.occurrences("alpha")[position]
    return Candidate(anchor=Anchor(all=("alpha",), when=when), found=(found,), evidence=evidence)


@pytest.mark.parametrize(("evidence", "is_placed"), [(1.7, True), (1.6999, False)])
def test_two_things_share_a_scene_with_nearly_as_much(evidence, is_placed):
    track = index_lines(ANCHOR, (0, "alpha"), (5, "alpha"))
    claims = {
        "more": [make_candidate(track, 0, 2.0)],
        "less": [make_candidate(track, 1, evidence)],
    }
    assert ("less" in assign_scenes(claims, track)) == is_placed


def test_candidates_of_two_anchors_in_one_place_are_one():
    track = index_lines(ANCHOR, (0, "alpha"))
    claims = {"it": [make_candidate(track, 0, 2.0, when) for when in ("first", "every")]}
    assert len(assign_scenes(claims, track)["it"]) == 1


@pytest.mark.parametrize(("evidence", "cue"), [(1.7, 0), (1.6999, 1)])
@pytest.mark.parametrize("when", ["first", "last"])
def test_first_or_last_of_a_scene_needs_nearly_as_much(evidence, cue, when):
    track = index_lines(ANCHOR, (0, "alpha"), (5, "alpha"))
    by_cue = (evidence, 2.0) if when == "first" else (2.0, evidence)
    claims = [make_candidate(track, at, value, when) for at, value in enumerate(by_cue)]
    (chosen,) = assign_scenes({"it": claims}, track)["it"]
    assert chosen.first_cue == (cue if when == "first" else 1 - cue)


@pytest.mark.parametrize(("evidence", "cue"), [(1.2, 1), (1.1999, 2)])
def test_first_moment_needs_about_as_much(evidence, cue):
    track = index_lines(ANCHOR, (0, "alpha"), (60, "alpha"))
    found = [make_candidate(track, 0, evidence), make_candidate(track, 1, 2.0)]
    assert [moment.first_cue for moment in choose_moments(found, track)] == [cue]


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


SCENES = ("alpha beta", "gamma delta", "epsilon zeta")


@pytest.mark.parametrize(
    ("evidence", "episodes", "guess"),
    [
        ((2.01, 2.0, 0), ("S01E01", "S01E01", "S01E02"), "S01E01"),
        ((2.0, 1.99, 0), ("S01E01", "S01E01", "S01E02"), None),
        ((4.02, 2.01, 0), ("S01E01", "S01E02", "S01E03"), "S01E01"),
        ((2.01, 2.01, 2.67), ("S01E01", "S01E01", "S01E02"), "S01E01"),
        ((2.01, 2.01, 2.69), ("S01E01", "S01E01", "S01E02"), None),
        ((2.69, 2.01, 2.01), ("S01E02", "S01E01", "S01E01"), None),
    ],
    ids=["enough", "too-little", "one-strong-scene", "lead", "no-lead", "no-lead-whichever-first"],
)
def test_scenes_show_an_episode_with_enough_evidence_and_a_lead(zipf, evidence, episodes, guess):
    depictions = []
    for line, value, episode in zip(SCENES, evidence, episodes, strict=True):
        words = tuple(line.split())
        # two words a scene, and an unknown episode counts 0.85
        zipf.update(dict.fromkeys(words, NONE - (NONE - FULL) * value / 2 / 0.85))
        anchors = (Anchor(all=words),)
        depictions.append(
            Depiction(id=words[0], shown={"en": line}, anchors=anchors, episodes=(episode,))
        )
    show = Work(id="show", title={"en": "The Show"}, depictions=tuple(depictions))
    lines = ((at * 100, line) for at, line in enumerate(SCENES))
    track = Track(name="a.srt", format="srt", language="en", cues=tuple(make_cues(*lines)))
    outcome = Engine({}, {"show": show}).annotate(track, overrides=Overrides(work="show"))
    assert outcome.episode.id == (EpisodeId.parse(guess) if guess else None)


def test_scene_of_two_episodes_speaks_half_for_each(zipf):
    zipf.update(dict.fromkeys(("alpha", "beta"), NONE - (NONE - FULL) * 4.5 / 2 / 0.85))
    shared = Depiction(
        id="it",
        shown={"en": "it"},
        anchors=(Anchor(all=("alpha", "beta")),),
        episodes=("S01E01", "S01E02"),
    )
    show = Work(id="show", title={"en": "The Show"}, depictions=(shared,))
    cues = tuple(make_cues((0, "alpha beta")))
    track = Track(name="a.srt", format="srt", language="en", cues=cues)
    outcome = Engine({}, {"show": show}).annotate(track, overrides=Overrides(work="show"))
    assert outcome.episode.id is None
