"""Strength means the same in every language: the scene of `tongues.toml`, in each of them."""

import pytest
from measure_tongues import SCENES, count_found, lines_of, measure_scene, speak

from headnotes.anchoring import find_sufficient, index_track
from headnotes.languages import guess_language, has_frequencies
from headnotes.matching import Matcher, parse_term
from headnotes.model import Anchor

MOST_OF_ENGLISH = 1.5


def strength_of(language, wanted):
    """How strongly a scene shows a moment that asks for some of its five terms."""
    terms = tuple(SCENES[language]["terms"])
    track = index_track(speak(lines_of(language)), Matcher(map(parse_term, terms)), language)
    found = find_sufficient([Anchor(any=terms, at_least=wanted)], track, 1.0)
    return max((candidate.strength for candidate in found), default=0.0)


@pytest.mark.parametrize("language", SCENES)
def test_all_terms_of_the_scene_are_found(language):
    assert count_found(language) == len(SCENES[language]["terms"]) == 5


@pytest.mark.parametrize("language", SCENES)
def test_terms_may_be_written_for_their_language(language):
    for term in SCENES[language]["terms"]:
        assert parse_term(term, [language]).phrases


@pytest.mark.parametrize("language", SCENES)
def test_two_of_the_terms_show_the_scene_as_strongly_as_in_english(language):
    assert strength_of(language, 2) == pytest.approx(strength_of("en", 2), abs=0.1)


@pytest.mark.parametrize("language", [language for language in SCENES if language != "tr"])
def test_language_of_the_scene_is_recognised(language):
    """All but Turkish, which has too few small words for so short a scene."""
    assert guess_language(speak(lines_of(language))) == language


def test_one_word_places_a_note_about_as_often_as_in_english():
    """Before there were tables, it did so in 67 to 94 % of the words of these three."""
    english = measure_scene("en")
    shares = [measure_scene(language) for language in ("fr", "pl", "ru")]
    assert sum(shares) / len(shares) <= MOST_OF_ENGLISH * english
    assert max(shares) <= 0.1


def test_words_of_a_language_without_a_table_count_half():
    assert not has_frequencies("xx")
    anchor = Anchor(all=("phosgene",))
    two = Anchor(all=("phosgene", "chlorine"))
    terms = Matcher(map(parse_term, two.all))
    track = index_track(speak(["Phosgene!", "Who said that?", "Chlorine!"]), terms, "xx")
    assert find_sufficient([anchor], track, 1.0) == ()
    assert not track.is_language_known


@pytest.mark.parametrize(("language", "is_known"), [("en", True), ("xx", False), (None, True)])
def test_short_clip_of_unknown_language_is_taken_for_one_we_know(language, is_known):
    track = index_track(speak(["Qua vox?", "Nulla."]), Matcher(()), language)
    assert track.is_language_known == is_known


@pytest.mark.parametrize(("tongue", "is_known"), [("en", True), ("de", True), ("pl", False)])
def test_long_track_of_unknown_language_is_judged_by_its_words(tongue, is_known):
    track = index_track(speak(lines_of(tongue)), Matcher(()), None)
    assert track.is_language_known == is_known
