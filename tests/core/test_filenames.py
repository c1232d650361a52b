import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.filenames import (
    clean_stem,
    explain_name,
    main_language,
    name_files,
    output_name,
)
from headnotes.model import Profile
from headnotes.profiles import PROFILES
from headnotes.scheduling import schedule
from made_outcomes import make_outcome, make_track
from strategies import HOSTILE, texts

COMBINED = PROFILES[0]


def name(stem, dialogue="en", note="en", profile=COMBINED, naming="titled"):
    return output_name(
        stem,
        profile,
        track_format="srt",
        dialogue_language=dialogue,
        note_language=note,
        naming=naming,
    )


@pytest.mark.parametrize(
    ("stem", "dialogue", "note", "made"),
    [
        ("S01E04.en", "en", "en", "S01E04.Historical notes.en.srt"),
        ("S01E04", "en", "en", "S01E04.Historical notes.en.srt"),
        ("S01E04.de", "de", "de", "S01E04.Historische Anmerkungen.de.srt"),
        ("S01E04.de", "de", "en", "S01E04.Historical notes (de).en.srt"),
        ("S01E04.ger", "de", "en", "S01E04.Historical notes (de).en.srt"),
        ("S01E04.German", "de", "de", "S01E04.Historische Anmerkungen.de.srt"),
        ("S01E04.en-GB", "en-gb", "en", "S01E04.Historical notes.en.srt"),
        ("S01E04", None, "en", "S01E04.Historical notes.en.srt"),
        ("S01E04.en.sdh", "en", "en", "S01E04.Historical notes (captions).en.srt"),
        ("S01E04.forced.en", "en", "de", "S01E04.Historische Anmerkungen (en, inserts).de.srt"),
        ("S01E04.hi", "hi", "hi", "S01E04.ऐतिहासिक टिप्पणियाँ.hi.srt"),
        ("S01E04.default.en", "en", "en", "S01E04.Historical notes.en.srt"),
        ("Show.1x04.720p-GRP.eng", "en", "en", "Show.1x04.720p-GRP.Historical notes.en.srt"),
        ("en", "en", "en", "en.Historical notes.en.srt"),
    ],
)
def test_name_is_base_title_language(stem, dialogue, note, made):
    assert name(stem, dialogue, note) == made


def test_plain_name_is_base_and_language():
    assert name("S01E04.en.sdh", naming="plain") == "S01E04.en.srt"
    assert name("S01E04.de", "de", "en", naming="plain") == "S01E04.en.srt"


def test_webvtt_stays_webvtt_in_the_plain_profile():
    plain = next(profile for profile in PROFILES if profile.name == "combined-plain")
    made = output_name(
        "a", plain, track_format="webvtt", dialogue_language=None, note_language="en"
    )
    assert made == "a.Historical notes plain.en.vtt"


def test_profiles_of_one_track_have_different_names():
    assert len({name("S01E04", profile=profile) for profile in PROFILES}) == len(PROFILES)


@pytest.mark.parametrize(
    ("stem", "made"),
    [
        ("../../etc/passwd", ".._.._etc_passwd.Historical notes.en.srt"),
        ("a\nb", "a_b.Historical notes.en.srt"),
        ("a\\b\x00\x1b[31m", "a_b__[31m.Historical notes.en.srt"),
        ('it\'s "quoted"', 'it\'s "quoted".Historical notes.en.srt'),
        ("CON", "_CON.Historical notes.en.srt"),
        ("nul.part", "_nul.part.Historical notes.en.srt"),
        ("..", "_...Historical notes.en.srt"),
        ("", "_.Historical notes.en.srt"),
        ("\u202egpj", "_gpj.Historical notes.en.srt"),
        ("\udcff", "_.Historical notes.en.srt"),
    ],
    ids=[
        "climbing",
        "newline",
        "controls",
        "quotes",
        "CON",
        "nul",
        "dots",
        "empty",
        "rtl",
        "bytes",
    ],
)
def test_hostile_stem_makes_one_safe_component(stem, made):
    assert name(stem) == made


def test_long_name_is_cut_before_its_title():
    made = name("ä" * 300)
    assert len(made.encode()) <= 255
    assert made.endswith("ä.Historical notes.en.srt")


def test_plugins_parts_are_tamed():
    odd = Profile(
        name="odd",
        title={"en": "../C:|x" + "y" * 999},
        suffix=".s/../rt",
        write=lambda *_: "",
    )
    made = name("S01E04", profile=odd, note="en")
    assert made.startswith("S01E04..._C__xyyy")
    assert made.endswith(".en.s_.._rt")


@given(st.one_of(texts(400), st.text(max_size=400)), st.sampled_from(PROFILES))
def test_name_is_always_one_component(stem, profile):
    made = name(stem, None, profile=profile)
    assert 0 < len(made.encode()) <= 255
    assert not set(made) & set("/\\\0\n\r")
    assert made not in {".", ".."}
    assert made.endswith(profile.suffix)


@pytest.mark.parametrize("stem", ["S01E04.en", 'it\'s 100% "so"', "S01E04.en.sdh"])
def test_kept_name_needs_no_word(stem):
    assert explain_name(stem, "en", name(stem), "x.srt") is None


@pytest.mark.parametrize("stem", ["a\nb", "x" * 300, "CON", "a/b"])
def test_changed_name_is_told(stem):
    problem = explain_name(stem, "en", name(stem), "x.srt")
    assert str(problem).startswith("x.srt: its name cannot be kept, the output is '")


def test_main_language_is_that_of_most_headnotes():
    outcome = make_outcome(text="So it was.")
    planned = schedule(outcome.track, outcome.annotations, language="fr")
    assert main_language(planned.headnotes, "fr") == "en"
    assert main_language((), "fr") == "fr"


# -------------------------------------------------------------------------------- reports


def report_names(*tracks, suffix=".html"):
    return name_files(
        [make_outcome(0, track=make_track(0, name=track)) for track in tracks], suffix
    )


def fold(text):
    return unicodedata.normalize("NFC", text.casefold())


@pytest.mark.parametrize(
    ("track", "file"),
    [
        ("S01E04.en.srt", "S01E04.en"),
        ("a/b\\c.vtt", "c"),
        ("../../etc/passwd", "passwd"),
        ("..", "track"),
        ("", "track"),
        ("con.srt", "_con"),
        ("-rf.srt", "_-rf"),
        ("a:b*c?.srt", "a_b_c_"),
        ("Folge 4: Über.srt", "Folge 4_ Über"),
        ("x\u202etrs.exe", "x_trs"),
    ],
    ids=ascii,
)
def test_track_name_becomes_file_name(track, file):
    assert clean_stem(track) == file


def test_same_report_name_gets_a_number():
    assert report_names("S01E04.srt", "S01E04.vtt", "s01e04.ass") == (
        "S01E04.html",
        "S01E04 (2).html",
        "s01e04 (3).html",
    )


def test_no_page_takes_the_name_of_the_index():
    assert report_names("INDEX.srt") == ("INDEX (2).html",)


@given(st.lists(st.text(st.characters(), max_size=12) | st.sampled_from(HOSTILE), max_size=6))
def test_report_names_are_different_and_plain(tracks):
    names = report_names(*tracks)
    assert len(set(map(fold, names))) == len(tracks)
    shown = "".join(names).translate(dict.fromkeys(map(ord, "\u200c\u200d")))
    assert shown.isprintable()
    assert not set(shown) & set('/\\<>:"|?*')


@given(st.text(max_size=600))
def test_report_names_are_never_too_long(track):
    assert len(clean_stem(track).encode()) <= 201
