"""More than a hundred strings that break out of somewhere, and what carries all of them at once."""

from __future__ import annotations

import re
from functools import cache

from attrs import evolve

from headnotes.model import Annotation, Citation, Cue, Headnote, Outcome, Track
from headnotes.scheduling import schedule
from made_outcomes import make_moment, make_note, make_outcome, make_scenes
from strategies import HOSTILE

STRINGS: tuple[str, ...] = (
    *HOSTILE,
    # pages
    "<iframe src=//a.example>", "<details open ontoggle=alert(1)>", "<math><mi xlink:href=x>",
    "<style>*{display:none}</style>", "<base href=//a.example/>", "<!-- x -->", "--><b>x</b>",
    "<plaintext>", "</article></main>", "<template><b>x", "<a href=javascript:alert(1)>x</a>",
    "<form action=//a.example><input>", "<meta http-equiv=refresh content=0>", "&lt;b&gt;",
    "<b/onclick=alert(1)>x", "<![CDATA[x]]>", "${alert(1)}", "`${alert(1)}`", "\\u003cscript>",
    "'-alert(1)-'", "\";alert(1)//", "</textarea></title>x", "{% include 'x' %}", "{# x #}",
    # Markdown
    "# heading", "- item", "1. item", "> quote", "* * *", "---", "===", "```sh", "~~~",
    "[x](http://a.example)", "![x](x.png)", "<http://a.example>", "[x]: http://a.example", "[^1]",
    "**bold** __bold__ ~~gone~~", "a | b | c", "|---|---|", "    four spaces", "line\\", "&copy;",
    # tables
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "＋1+1", "－1+1",
    "＠SUM(A1)", "=cmd|' /C calc'!A0", '"=1+1', "' =1+1", ",=1+1", ";=1+1", '"",""', "%0A=1+1",
    # data
    '"}],"x":[{"', "\\", "\\\"", "\\u0000", "*/", "//", "{}", "[]", "null", "\ufeffx", "\u0000",
    # SubRip, WebVTT, SubStation, ffmpeg's and Matroska's chapters
    "a --> b", "00:00:01,000 --> 00:00:02,000", "1\n00:00:01,000 --> 00:00:02,000", "x\n\n2\n\ny",
    "{\\an5}x", "{\\p1}m 0 0 l 9 9{\\p0}", "{\\pos(1,1)}x", "{c}", "a\\Nb", "a\\nb", "a\\hb", "{",
    "}", "<v Anna>x", "<c.red>x</c>", "<00:01.000>x", "NOTE x", "STYLE", "WEBVTT", "REGION",
    "&amp;nbsp;",
    "Dialogue: 0,0:00:01.00,0:00:02.00,,,0,0,0,,x", "[Events]", "[V4+ Styles]", "Comment: 0,x",
    "<i>x", "</i>", "<font color=red size=99>x</font>", "X1:1 X2:2", "[CHAPTER]", ";x", "#x",
    "TIMEBASE=1/1", "title=x\\", "<ChapterAtom>", "</ChapterString>", "<?xml version='1.0'?>",
    # terminals
    "\x1b]0;title\x07", "\x1b[2J\x1b[1;1H", "\x1b[8mhidden", "\x1bP+q544e\x1b\\", "\x9b2J",
    "\x08\x08x",
    "\x1b]8;;http://a.example\x07x\x1b]8;;\x07", "\x0e\x0f", "\x1bc", "x\rfake", "\x1b[6n", "\x7f",
    # shells
    "$(touch hacked)", "`touch hacked`", "; touch hacked", "| touch hacked", "&& touch hacked",
    "> hacked", "'; touch hacked; '", '"; touch hacked; "', "$IFS", "~root", "!!", "*", "-rf", "--",
    "%s%n", "%(x)s", "{0}", "\\033[31m",
    # writing
    "\u202eabc\u202c", "\u2066abc\u2069", "\u200fabc", "a\u0300\u0301\u0302\u0303", "\ufffe\uffff",
    "\U000e0041\U000e0042", "\u2028", "\u2029", "\x85",
    "👩‍👩‍👧‍👦🏳️‍🌈", "ﷺ", "שלום", "ا\u200cب", "\u00ad\u200b",
    "é", "e\u0301", "İıſẞ", "１２３", "A" * 36,
)  # fmt: skip
"""None is longer than a headnote may be."""

STEP_MS = 20_000
CUES = 2


@cache
def make_hostile_track() -> Track:
    """Return a track with a plain cue for every string, far enough apart for a headnote each."""
    cues = tuple(
        Cue(
            number=place + 1,
            start_ms=place * STEP_MS,
            end_ms=place * STEP_MS + 2_000,
            text=f"Line {place}.",
            spoken=f"Line {place}.",
            raw=f"Line {place}.",
        )
        for place in range(len(STRINGS) + CUES)
    )
    return Track(name="hostile.en.srt", format="srt", language="en", cues=cues)


def mark(place: int, text: str) -> str:
    """Return a string between marks by which a reader finds it."""
    return f"Q{place}Q {text} Z{place}Z"


def make_hostile_outcome(*, is_marked: bool = True, text: str = "") -> Outcome:
    """Return an outcome with a note for every string, the string in each of its texts.

    Args:
        is_marked: whether marks stand around it; elsewhere it begins and ends its text.
        text: stands in the place of every string, if given.
    """
    outcome = make_outcome(len(STRINGS), track=make_hostile_track())
    annotations = tuple(
        _spoil(annotation, place, mark(place, text or string) if is_marked else string)
        for place, (annotation, string) in enumerate(zip(outcome.annotations, STRINGS, strict=True))
    )
    notes = tuple(annotation.note for annotation in annotations)
    topics = {
        name: evolve(topic, notes=notes if name == "blutmai" else topic.notes[:1], corrections=())
        for name, topic in outcome.topics.items()
    }
    return evolve(
        outcome,
        annotations=annotations,
        topics=topics,
        unplaced=(),
        scenes=make_scenes(outcome.track),
    )


def _spoil(annotation: Annotation, place: int, text: str) -> Annotation:
    note = make_note(f"note-{place:04d}", annotation.note.verdict, text=text)
    cited = (Citation(source="bowlby-1986", at=text, stance="supports"),)
    moment = make_moment(make_hostile_track(), place)
    evidence = tuple(evolve(found, text=text) for found in moment.evidence)
    return Annotation(
        topic="blutmai",
        note=evolve(note, citations=cited),
        moment=evolve(moment, evidence=evidence),
    )


@cache
def make_hostile_headnotes() -> tuple[Headnote, ...]:
    """Return the headnotes of all strings, marked, worded and placed as a run does it."""
    annotations = make_hostile_outcome().annotations
    planned = schedule(make_hostile_track(), annotations, density="dense")
    assert planned.left_out == ()
    return planned.headnotes


def find_marks(text: str) -> list[int]:
    """Return which strings stand whole in a text, by their marks, in its order."""
    return [int(place) for place in re.findall(r"(?s)Q(\d+)Q(?=.*?Z\1Z)", text)]
