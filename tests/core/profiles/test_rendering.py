import re
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from headnotes.issues import UsageError
from headnotes.languages import profile_title
from headnotes.model import Annotation, Cue, Headnote, Moment, Track
from headnotes.profiles import PROFILES, provide_profiles, render_profile, serve_player
from headnotes.scheduling import every_label, find_label
from headnotes.tracks import parse_track
from made_outcomes import make_note
from strategies import HOSTILE, texts

BY_NAME = {profile.name: profile for profile in PROFILES}
SUBRIP = [profile for profile in PROFILES if profile.suffix == ".srt"]
LABEL = "[MOSTLY TRUE]"


def cue(number, start_ms, end_ms, raw, text=None, **more):
    text = raw if text is None else text
    return Cue(
        number=number, start_ms=start_ms, end_ms=end_ms, text=text, spoken=text, raw=raw, **more
    )


def make_track(*cues, **more):
    return Track(name="S01E04.en.srt", format="srt", language="en", cues=cues, **more)


def headnote(text=f"{LABEL} Two women\ndied.", start_ms=2_000, end_ms=5_000, **more):
    moment = Moment(start_ms=start_ms, end_ms=end_ms, first_cue=1, last_cue=1, strength=1.0)
    return Headnote(
        annotation=Annotation(topic="blutmai", note=make_note(**more), moment=moment),
        label=LABEL,
        text=text,
        start_ms=start_ms,
        end_ms=end_ms,
        language="en",
    )


def render(name, *headnotes, track=None):
    dialogue = make_track(cue(1, 1_000, 4_001, "<i>Who</i> told you?", "Who told you?"))
    return render_profile(BY_NAME[name], track or dialogue, headnotes)


# --------------------------------------------------------------------------- one file each


def test_combined_srt_puts_headnotes_at_the_top():
    assert render("combined-srt", headnote()) == (
        "1\n00:00:01,000 --> 00:00:04,001\n<i>Who</i> told you?\n\n"
        "2\n00:00:02,000 --> 00:00:05,000\n{\\an8}[MOSTLY TRUE] Two women\ndied.\n\n"
    )


def test_combined_plain_has_no_place():
    several = headnote(), headnote(start_ms=9_000, end_ms=12_000)
    assert render("combined-plain", *several) == render("combined-srt", *several).replace(
        "{\\an8}", ""
    )


def test_notes_plain_has_no_dialogue():
    assert render("notes-plain", headnote()) == (
        "1\n00:00:02,000 --> 00:00:05,000\n[MOSTLY TRUE] Two women\ndied.\n\n"
    )


def test_notes_web_marks_the_label_and_its_place():
    assert render("notes-web", headnote()) == (
        "WEBVTT\n\n00:00:02.000 --> 00:00:05.000 line:0\n"
        "<c.mostly-accurate>[MOSTLY TRUE]</c> Two women\ndied.\n"
    )


def test_combined_ass_names_two_styles():
    events = render("combined-ass", headnote()).partition("[Events]\n")[2].splitlines()[1:]
    assert events == [
        r"Dialogue: 0,0:00:01.00,0:00:04.00,Default,,0,0,0,,{\i1}Who{\i0} told you?",
        r"Dialogue: 0,0:00:02.00,0:00:05.00,Note,,0,0,0,,"
        r"{\c&HFFFF00&}[MOSTLY TRUE]{\c} Two women\Ndied.",
    ]


@pytest.mark.parametrize(
    ("verdict", "colour"),
    [
        ("accurate", "&H00FF00&"),
        ("mostly-accurate", "&HFFFF00&"),
        ("mostly-inaccurate", "&H00FFFF&"),
        ("inaccurate", "&H00FFFF&"),
        ("invented", "&HFFFFFF&"),
        ("unverified", "&HFFFFFF&"),
        (None, "&HFFFFFF&"),
    ],
)
def test_label_has_the_colour_of_its_verdict_beside_a_note_in_a_white_on_black_box(verdict, colour):
    """In a script of our own the style is one line; its fields are named in the line above it."""
    made = render("combined-ass", headnote(verdict=verdict))
    assert f",,{{\\c{colour}}}{LABEL}{{\\c}} Two women" in made
    assert (
        "\nStyle: Note,Arial,36,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,"
        "0,0,0,0,100,100,0,0,3,6,0,8,60,60,36,1\n"
    ) in made


def test_chapters_for_matroska_name_each_moment():
    text = render("chapters-matroska", headnote())
    assert "<ChapterTimeStart>00:00:02.000000000</ChapterTimeStart>" in text
    assert "<ChapterString>[MOSTLY TRUE] Two women died.</ChapterString>" in text


def test_chapters_for_ffmpeg_are_escaped():
    assert render("chapters-ffmetadata", headnote(f"{LABEL} a=b;c#d\\e")) == (
        ";FFMETADATA1\n; Made with Headnotes\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=2000\nEND=5000\n"
        "title=[MOSTLY TRUE] a\\=b\\;c\\#d\\\\e\n"
    )


def test_chapter_title_that_ends_in_a_backslash_keeps_its_line():
    text = render("chapters-ffmetadata", headnote(f"{LABEL} C:\\"))
    assert text.splitlines()[-1] == "title=[MOSTLY TRUE] C:\\\\\u2060"


def list_chapters(*moments):
    made = [headnote(start_ms=start_ms, end_ms=start_ms + 500) for start_ms in moments]
    text = render("chapters-ffmetadata", *made)
    times = re.findall(r"START=(\d+)\nEND=(\d+)", text)
    return [(int(start), int(end)) for start, end in times]


@pytest.mark.parametrize(
    ("moments", "starts"),
    [
        ((2_000, 2_000, 9_000), [2_000, 5_500, 9_000]),
        ((2_000, 2_000, 90_000), [2_000, 9_000, 90_000]),
        ((2_000, 2_000, 2_000, 3_500), [2_000, 3_000, 4_000, 5_000]),
    ],
    ids=["shared", "read", "crowded"],
)
def test_chapters_of_one_moment_share_the_time_until_the_next(moments, starts):
    assert [start for start, _ in list_chapters(*moments)] == starts


@given(st.lists(st.integers(0, 20_000), min_size=1, max_size=12))
def test_chapters_never_overlap_and_last_a_second(moments):
    chapters = list_chapters(*moments)
    assert len(chapters) == len(moments)
    assert all(end - start >= 1_000 for start, end in chapters)
    assert all(end == start for (_, end), (start, _) in pairwise(chapters))
    assert all(
        start >= moment for (start, _), moment in zip(chapters, sorted(moments), strict=True)
    )


# ----------------------------------------------------------------------- what all promise


@pytest.mark.parametrize("profile", PROFILES, ids=lambda one: one.name)
def test_every_profile_has_a_title_of_its_own(profile):
    names = [(profile_title(other, "de"), other.suffix) for other in PROFILES]
    assert names.count((profile_title(profile, "de"), profile.suffix)) == 1
    assert profile_title(profile, "de") != profile_title(profile, "en") != profile.name


@pytest.mark.parametrize("profile", PROFILES, ids=lambda one: one.name)
def test_titles_are_no_flags_of_players(profile):
    titles = " ".join(profile_title(profile, language) for language in ("en", "de"))
    words = re.findall(r"\w+", titles.lower())
    assert not set(words) & {"sdh", "cc", "hi", "forced", "foreign", "default", "zxx", "mis"}


@pytest.mark.parametrize("profile", PROFILES, ids=lambda one: one.name)
def test_headnotes_are_named_in_words(profile):
    assert LABEL in render_profile(profile, make_track(), (headnote(),))


@pytest.mark.parametrize("profile", PROFILES, ids=lambda one: one.name)
def test_same_input_gives_same_text(profile):
    assert render(profile.name, headnote()) == render(profile.name, headnote())


@pytest.mark.parametrize("profile", PROFILES, ids=lambda one: one.name)
def test_file_without_headnotes_is_well_formed(profile):
    text = render_profile(profile, make_track(), ())
    assert text == "" or text.endswith("\n")


def test_web_track_has_no_style_or_region():
    assert not re.search(r"STYLE|REGION", render("notes-web", headnote()))


# --------------------------------------------------------------------- rule P6, dialogue

# whole hours before the first cue would be read as those of a broadcast clock
FIRST_HOUR = st.integers(0, 3_599_999)
TIMES = st.lists(st.tuples(FIRST_HOUR, st.integers(0, 9_000)), min_size=1, max_size=9)


@pytest.mark.parametrize("name", ["combined-srt", "combined-plain"])
@given(TIMES, st.lists(st.integers(0, 9**6), max_size=4))
def test_dialogue_keeps_raw_text_and_milliseconds(name, times, notes):
    raws = ["<i>So.</i>", "{\\an8}- Ja.\n- Nein.", "a & b < c", "[TÜR]", "1929"]
    cues = [cue(n + 1, at, at + long, raws[n % 5]) for n, (at, long) in enumerate(times)]
    headnotes = [headnote(start_ms=at * 10, end_ms=at * 10 + 3_000) for at in notes]
    track = make_track(*cues)
    back = parse_track(render(name, *headnotes, track=track).encode(), "x.srt")
    kept = [(one.start_ms, one.end_ms, one.raw) for one in back.cues if not find_label(one.text)]
    assert kept == [(one.start_ms, one.end_ms, one.raw) for one in track.by_time]


@given(TIMES)
def test_ass_keeps_dialogue_to_its_ten_milliseconds(times):
    cues = [cue(n + 1, at, at + long, "Wer?") for n, (at, long) in enumerate(times)]
    text = render("combined-ass", track=make_track(*cues))
    pattern = r"0,(\d+):(\d\d):(\d\d)\.(\d\d),(\d+):(\d\d):(\d\d)\.(\d\d)"
    for found, one in zip(re.findall(pattern, text), make_track(*cues).by_time, strict=True):
        h, m, s, cs, *end = map(int, found)
        assert abs(((h * 60 + m) * 60 + s) * 1000 + cs * 10 - one.start_ms) <= 5
        h, m, s, cs = end
        assert abs(((h * 60 + m) * 60 + s) * 1000 + cs * 10 - one.end_ms) <= 5


@pytest.mark.parametrize(
    ("raw", "text", "written"),
    [
        ("{so} a\\nb", "{so} a\\nb", "\\{so\\} a\\\u2060nb"),
        ("<I>Wer?</I>\nIch.", "Wer?\nIch.", r"{\i1}Wer?{\i0}\NIch."),
        ("<b>a</b><u>b</u>", "ab", r"{\b1}a{\b0}{\u1}b{\u0}"),
        ("<font color=red>a</font>", "a", "a"),
        ("<i> a </i>", "a", "a"),
        ("\ue000<i>a</i>", "\ue000a", "\ue000a"),
    ],
    ids=["braces", "italics", "bold", "colour", "blanks", "private use"],
)
def test_ass_dialogue_keeps_its_characters(raw, text, written):
    made = render("combined-ass", track=make_track(cue(1, 0, 1_000, raw, text)))
    assert made.endswith(f",,{written}\n")


@pytest.mark.parametrize("name", ["combined-srt", "combined-ass"])
def test_headnote_goes_down_where_dialogue_is_at_the_top(name):
    track = make_track(cue(1, 1_000, 4_000, "{\\an8}Up here.", "Up here.", is_top=True))
    crowded, free = headnote(), headnote(start_ms=9_000, end_ms=12_000)
    text = render(name, crowded, free, track=track)
    assert len(re.findall(r"\{\\an8\}\[MOSTLY", text)) == (name == "combined-srt")
    assert len(re.findall(r"Note,.*\{\\an2\}", text)) == (name == "combined-ass")


def test_dialogue_stands_before_a_headnote_of_its_time():
    track = make_track(cue(1, 2_000, 4_000, "Who?"))
    text = render("combined-plain", headnote(start_ms=2_000), track=track)
    assert text.index("Who?") < text.index(LABEL)


# ------------------------------------------------------------------- markup in headnotes


@pytest.mark.parametrize("hostile", [*HOSTILE, "{\\an5}x", "a --> b", "a\\Nb", "{c}"], ids=repr)
@pytest.mark.parametrize("profile", SUBRIP, ids=lambda one: one.name)
def test_srt_headnote_reads_back_as_it_was(profile, hostile):
    shown = " ".join(filter(str.isprintable, hostile.split())) or "x"
    text = render_profile(profile, make_track(), (headnote(f"{LABEL} {shown}"),))
    back = parse_track(text.encode(), "x.srt")
    expected = f"{LABEL} {shown}".translate(str.maketrans("{}", "()"))
    texts = [cue.text.replace("\u2060", "").replace("\u00a0", " ") for cue in back.cues]
    assert texts == [expected]


@given(texts())
def test_web_headnote_cannot_break_out(text):
    made = render("notes-web", headnote(f"{LABEL} " + " ".join(text.split())))
    body = made.partition("</c>")[2]
    assert "<" not in body
    assert "-->" not in body


@given(texts())
def test_ass_headnote_cannot_break_out(text):
    made = render("combined-ass", headnote(f"{LABEL} " + " ".join(text.split())))
    line = made.partition(r"[MOSTLY TRUE]{\c}")[2]
    assert not re.search(r"(?<!\\)[{}]|\\[Nnh]", line)


@given(texts())
def test_matroska_chapters_are_well_formed(text):
    from xml.etree import ElementTree as ET

    made = render("chapters-matroska", headnote(f"{LABEL} {text}"))
    assert ET.fromstring(made).findtext(".//ChapterString", "").startswith(LABEL)


# -------------------------------------------------------------------------------- players


@pytest.mark.parametrize(
    ("player", "profile", "naming"),
    [
        ("mpv", "combined-ass", "plain"),
        ("vlc", "combined-ass", "titled"),
        ("kodi", "combined-ass", "titled"),
        ("jellyfin", "combined-plain", "titled"),
        ("plex", "combined-plain", "plain"),
        ("browser", "notes-web", "titled"),
        ("asbplayer", "notes-plain", "titled"),
    ],
)
def test_player_stands_for_profile_and_naming(player, profile, naming):
    chosen, named = serve_player(player, provide_profiles())
    assert (chosen.name, named) == (profile, naming)


def test_asbplayer_gets_notes_alone_without_any_tag():
    """It prints `{\\an8}` as it stands, and shows the dialogue of the service beside the notes."""
    profile, _ = serve_player("asbplayer", PROFILES)
    text = render_profile(profile, make_track(), (headnote(f"{LABEL} A note"),))
    assert text.splitlines()[2:] == [f"{LABEL} A note", ""]


def test_unknown_player_is_told_the_known_ones():
    with pytest.raises(UsageError, match="unknown player 'winamp'; known: asbplayer, browser"):
        serve_player("winamp", PROFILES)


def test_every_label_survives_every_escape():
    for label in sorted(every_label()):
        note = evolve(headnote(f"{label} So."), label=label)
        assert all(label in render_profile(one, make_track(), (note,)) for one in PROFILES)


def test_web_dialogue_keeps_its_settings_and_no_words_as_settings():
    source = (
        "WEBVTT\n\n00:01.000 --> 00:02.000 line:0 align:start\nHe said --> 00:00:09.000 go\n\n"
        "00:03.000 --> 00:04.000\nAnd then --> 00:00:09.000 `went`\n\n"
        "00:05.000 --> 00:06.000 Home.\n"
    )
    track = parse_track(source.encode(), "a.vtt")
    text = render("combined-plain", headnote(start_ms=9_000, end_ms=12_000), track=track)
    assert [line for line in text.splitlines() if "-->" in line] == [
        "00:00:01.000 --> 00:00:02.000 line:0 align:start",
        "00:00:03.000 --> 00:00:04.000",
        "00:00:05.000 --> 00:00:06.000",
        "00:00:09.000 --> 00:00:12.000",
    ]
    back = parse_track(text.encode(), "a.vtt")
    assert [one.text for one in back.cues[:3]] == [one.text for one in track.cues]


# ------------------------------------------------------------------------------- direction

HEBREW = "[הסצנה: שגויה] לא ב-1929:\nהאיסור בוטל (1925)"


def hebrew():
    return evolve(headnote(HEBREW), label="[הסצנה: שגויה]", language="he")


@pytest.mark.parametrize("name", ["combined-srt", "combined-plain", "notes-plain", "notes-web"])
def test_each_line_from_right_to_left_stands_in_an_isolate(name):
    """Unicode Standard Annex 9: what is in an isolate keeps its direction, whatever is around."""
    written = render(name, hebrew()).replace("</c>", "").replace("<c.mostly-accurate>", "")
    for line in HEBREW.split("\n"):
        assert f"\u2067{line}\u2069" in written.replace("\u00a0", " ")


def test_override_of_ass_never_parts_a_line_from_right_to_left():
    """libass sets the text before and after an override as if they were two lines."""
    first, second = HEBREW.split("\n")
    event = f"{{\\c&HFFFF00&}}\u2067{first}\u2069\\N{{\\c}}\u2067{second}\u2069"
    assert event in render("combined-ass", hebrew())


@pytest.mark.parametrize("name", ["combined-srt", "combined-plain", "notes-plain", "notes-web"])
def test_headnote_in_an_isolate_is_known_as_ours(name):
    (cue,) = [
        cue
        for cue in parse_track(render(name, hebrew()).encode(), "a.srt").cues
        if find_label(cue.text)
    ]
    assert find_label(cue.text) == "[הסצנה: שגויה]"
