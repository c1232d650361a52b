import pytest
from attrs import evolve
from hypothesis import given

from headnotes.linting import lint_track
from headnotes.model import Cue, Track
from headnotes.profiles import PROFILES, render_profile
from headnotes.scheduling import schedule
from headnotes.tracks import parse_track
from made_outcomes import make_outcome
from strategies import tracks

SUBTITLES = [one for one in PROFILES if one.suffix in {".srt", ".ass", ".vtt"}]
GOOD = "[TRUE] Two women did die."


def cue(text, start_ms, end_ms, number=1, **more):
    return Cue(
        number=number, start_ms=start_ms, end_ms=end_ms, text=text, spoken=text, raw=text, **more
    )


def make_track(*cues, **more):
    ordered = tuple(sorted(cues, key=lambda one: one.start_ms))
    return Track(name="a.srt", format="srt", language="en", cues=ordered, **more)


def rules(*cues, **more):
    return [one.rule for one in lint_track(make_track(*cues, **more))]


TALK = (cue("Who?", 0, 20_000, 90), cue("Me.", 20_000, 40_000, 91))


@pytest.mark.parametrize("density", ["sparse", "normal", "dense"])
@pytest.mark.parametrize("profile", SUBTITLES, ids=lambda one: one.name)
def test_our_own_outputs_pass(profile, density):
    outcome = make_outcome(60, text="Two women did die, at one address.")
    made = schedule(outcome.track, outcome.annotations, density=density)
    text = render_profile(profile, outcome.track, made.headnotes)
    assert lint_track(parse_track(text.encode(), "x.srt")) == ()


def test_good_note_passes():
    assert rules(cue(GOOD, 1_000, 4_000), *TALK) == []


@pytest.mark.parametrize(
    ("note", "rule", "what"),
    [
        (cue(GOOD, 1_000, 3_400), "N1", "shows 2.40 s, 2.5 at least"),
        (cue(GOOD, 1_000, 8_500), "N1", "shows 7.50 s, 7.0 at most"),
        (
            cue(f"{GOOD}\n{GOOD}"[:50], 1_000, 4_000),
            "N1",
            "16.7 characters a second by itself, 13 at most",
        ),
        (cue("[TRUE] a\nb\nc", 1_000, 4_000), "N1", "3 lines, 2 at most"),
        (cue(f"[TRUE] {'a' * 40}", 1_000, 6_000), "N1", "a line of 47 characters, 42 at most"),
        (cue(f"{GOOD} http://a", 1_000, 4_500), "N8", "holds an address"),
        (cue(GOOD, 165_000, 168_000), "N4", "begins 125 s after the last words, 120 at most"),
    ],
)
def test_broken_rule_is_named_with_its_number(note, rule, what):
    found = lint_track(make_track(note, *TALK))
    assert [(one.rule, one.what) for one in found] == [(rule, what)]


def test_note_of_no_duration_is_found():
    assert rules(cue(GOOD, 1_000, 1_000), *TALK) == ["N1", "N1"]


def test_fast_dialogue_beside_a_note_is_found():
    talk = cue("x" * 300, 0, 15_000, 2)
    found = lint_track(make_track(cue(GOOD, 1_000, 4_000), talk))
    assert [one.what for one in found] == ["28.3 characters a second with the dialogue, 26 at most"]


def test_notes_too_close_to_each_other_are_found():
    notes = [cue(GOOD, 1_000, 4_000), cue(GOOD, 5_500, 8_500, 2), cue(GOOD, 8_000, 11_000, 3)]
    found = lint_track(make_track(*notes, *TALK))
    assert [(one.rule, one.cue) for one in found] == [("N3", 2), ("N3", 3)]
    assert found[1].what == "-0.50 s after the note before it, 2 at least"


def test_note_on_dialogue_at_the_top_is_found():
    note = cue(GOOD, 1_000, 4_000, is_top=True)
    assert rules(note, evolve(TALK[0], is_top=True), TALK[1]) == ["N7"]


@pytest.mark.parametrize(
    ("text", "broken"), [(GOOD, ["N4"]), ("[HISTORY] Labels judge what is shown.", [])]
)
def test_only_the_legend_stands_before_the_first_words(text, broken):
    assert rules(cue(text, 0, 3_000), cue("Who?", 4_000, 6_000, 2)) == broken


def test_more_notes_in_ten_minutes_than_the_densest_are_found():
    talk = cue("Who?", 0, 700_000, 99)
    notes = [cue(GOOD, at * 14_000, at * 14_000 + 3_000, at + 1) for at in range(44)]
    found = lint_track(make_track(talk, *notes))
    assert {(each.rule, each.what) for each in found} == {
        ("N3", "more than 40 notes in ten minutes")
    }
    assert [each.cue for each in found] == [41, 42, 43, 44]


def test_notes_of_another_program_are_those_at_the_top():
    note = cue("(Two women did die.)", 1_000, 4_000, is_top=True)
    assert rules(note, *TALK) == ["N5"]


def test_track_without_notes_says_so():
    assert [str(one.as_issue("a.srt")) for one in lint_track(make_track(*TALK))] == [
        "a.srt: N5: no headnote: no cue begins with a label, and none is at the top; "
        "annotate the track first"
    ]


@pytest.mark.parametrize(
    ("more", "rules_broken"),
    [
        ({"bom": True}, ["P6"]),
        ({"encoding": "cp1252"}, ["P6"]),
        ({"source": "WEBVTT\n\nSTYLE\n::cue {}\n"}, ["P1"]),
        ({"source": "WEBVTT\n\nNOTE STYLE matters\n"}, []),
    ],
)
def test_file_as_a_whole_is_checked(more, rules_broken):
    assert rules(cue(GOOD, 1_000, 4_000), *TALK, **more) == rules_broken


def test_cues_out_of_order_are_found():
    track = evolve(make_track(), cues=(cue(GOOD, 21_000, 24_000), *TALK))
    assert [one.rule for one in lint_track(track)] == ["P6"]


def test_finding_tells_line_cue_and_time():
    source = (
        "1\n00:00:00,000 --> 00:00:09,000\nWho?\n\n2\n00:00:05,000 --> 00:00:06,000\n[TRUE] No.\n"
    )
    found = lint_track(parse_track(source.encode(), "a.srt"))
    assert [str(one.as_issue("a.srt")) for one in found] == [
        "a.srt:5: cue 2 at 0:00:05: N1: shows 1.00 s, 2.5 at least; show it longer"
    ]


@given(tracks())
def test_any_track_can_be_linted(track):
    assert all(one.what for one in lint_track(track))
