"""Work grows with its input and no faster: steps are counted at two sizes, never seconds."""

import ast
import gc
import re
import sys
import tracemalloc
import weakref
from pathlib import Path

import pytest

import headnotes
from headnotes.anchoring import PRIORS, index_track, nearest_candidate
from headnotes.engine import Engine
from headnotes.matching import Matcher, parse_term, tokenize
from headnotes.model import Anchor, Depiction, Note, NoteText, Topic, Work
from headnotes.recognition import Overrides
from headnotes.scheduling import schedule
from headnotes.tracks import parse_track

SMALL, RATIO = 300, 2.2
LINE = "The police fired on the balcony in the Kremlin"


def clock(at_ms):
    seconds, thousandths = divmod(at_ms, 1_000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02},{thousandths:03}"


def write_srt(count, text=LINE):
    return "".join(
        f"{n}\n{clock(n * 1_500)} --> {clock(n * 1_500 + 900)}\n{text}\n\n"
        for n in range(1, count + 1)
    )


def write_vtt(count):
    return "WEBVTT\n\n" + write_srt(count).replace(",", ".")


def write_ass(count):
    return "[Events]\n" + "".join(
        f"Dialogue: 0,{n // 1800}:{n // 30 % 60:02}:{n * 2 % 60:02}.00,"
        f"{n // 1800}:{n // 30 % 60:02}:{n * 2 % 60 + 1:02}.00,D,,0,0,0,,{{\\i1}}{LINE}\n"
        for n in range(count)
    )


def write_ttml(count):
    cues = "".join(f"<p begin='{n * 2}s' end='{n * 2 + 1}s'>{LINE}</p>" for n in range(count))
    return f"<tt><body><div>{cues}</div></body></tt>"


AWKWARD = {
    "one long cue": lambda count: write_srt(1, "a [b] <i>c</i> " * count),
    "many lines": lambda count: write_srt(1, "ja\n" * count),
    "no cue ends": lambda count: "00:00:01,000 --> 00:00:02,000\n" * count,
    "open brackets": lambda count: write_srt(1, "[(" * count),
    "open tags": lambda count: write_srt(1, "<i " * count),
    "torn events": lambda count: write_ass(1) + "ja\n" * count,
    "nested spans": lambda count: write_ttml(1).replace(LINE, "<span>a</span>" * count),
}
WRITERS = {
    "srt": write_srt,
    "vtt": write_vtt,
    "ass": write_ass,
    "ttml": write_ttml,
    **AWKWARD,
}


def count_steps(work):
    """Count the lines of Python that run, whatever the machine is doing besides.

    The collector rests meanwhile: what earlier tests left behind may have finalizers in Python,
    and their lines would be counted wherever it happens to wake.
    """
    steps = 0

    def trace(frame, event, _):
        nonlocal steps
        steps += event == "line"
        return trace

    before = sys.gettrace()
    gc.collect()
    gc.disable()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
        gc.enable()
    return steps


def test_finalizers_of_what_others_left_are_no_steps():
    left: weakref.WeakSet[object] = weakref.WeakSet()

    class Circle:
        def __init__(self) -> None:
            self.itself = self
            left.add(self)

    def work():
        return [[] for _ in range(10_000)]

    count_steps(work)  # what the collector finds now was left by others
    before = count_steps(work)
    for _ in range(3):
        Circle()
    assert count_steps(work) == before
    assert not left


def assert_linear(make):
    """Make the work at two sizes, and compare its steps."""
    small, large = (count_steps(make(size)) for size in (SMALL, 2 * SMALL))
    assert large <= RATIO * small, f"{small} steps became {large}"


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_reading_grows_with_the_file(write):
    def read(size):
        data = write(size).encode()
        return lambda: parse_track(data, "a")

    parse_track(write(1).encode(), "a")  # what is loaded once is not counted
    assert_linear(read)


TWO_BLANKS = re.compile(r"\\s[*+](?:\((?:\?:)?[^()]*\)|\[[^\]]*\]|\\?[^\\()\[\]])[?*]\\s[*+]")
"""A pattern in which two repeats of blanks share a run of them in every way there is."""
MANY_LINES = re.compile(r"\(\?[a-z]*m[a-z]*\)(?:.*\|)?\^\(*\\s[*+]")
"""A pattern that goes on, from the start of each line, over all blank lines behind it."""


def test_no_pattern_looks_over_all_blank_lines_from_each_of_them():
    assert MANY_LINES.search(r"(?im)^\s*\[")
    assert find_patterns(MANY_LINES) == []


def test_no_pattern_shares_a_run_of_blanks_between_two_repeats():
    assert all(map(TWO_BLANKS.search, (r"=\s*[\"']?\s*(\d", r"a\s*(?:b)?\s*", r"\s+,?\s*")))
    assert find_patterns(TWO_BLANKS) == []


def find_patterns(kind):
    """Find the texts in our code in which a kind of pattern stands, each with its file."""
    return [
        (file.name, node.value)
        for file in Path(headnotes.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and kind.search(node.value)
    ]


TERMS = ("police", "fired", "balcon*", "~Kremlin", "*olice", "fired on the balcony")


def test_matching_grows_with_the_words():
    def match(size):
        cues = parse_track(write_srt(size).encode(), "a").cues
        matcher = Matcher(map(parse_term, TERMS))
        return lambda: matcher.find(tokenize(cues))

    assert_linear(match)


@pytest.mark.parametrize("when", ["first", "every", "scene", "last"])
def test_annotating_a_track_in_which_all_matches_grows_with_it(when):
    anchor = Anchor(all=("police",), any=TERMS[1:], at_least=2, within=30, when=when)
    depiction = Depiction(id="shots", shown={"en": "Shots."}, anchors=(anchor,))
    text = NoteText(headnote="Not so.", shown="Shots.", record="None.")
    note = Note(id="shots", texts={"en": text}, citations=(), depictions=("shots",))
    topic = Topic(id="t", version="1", work="w", title={}, notes=(note,), sources={})
    engine = Engine({"t": topic}, {"w": Work(id="w", title={}, depictions=(depiction,))})

    def annotate(size):
        track = parse_track(write_srt(size).encode(), "a")

        def work():
            outcome = engine.annotate(track, overrides=Overrides(work="w"))
            schedule(track, outcome.annotations)

        return work

    annotate(10)()
    assert_linear(annotate)


@pytest.mark.parametrize("wanted", [{"all": TERMS[:3]}, {"any": TERMS[:2], "at_least": 1}])
def test_of_what_was_not_placed_a_few_windows_are_weighed_however_many_there_are(wanted):
    anchor = Anchor(**wanted, within=20)
    matcher = Matcher(map(parse_term, TERMS))

    def explain(size):
        track = index_track(parse_track(write_srt(size).encode(), "a").cues, matcher, "en")
        return lambda: nearest_candidate([anchor], track, PRIORS["elsewhere"])

    assert not explain(10)().is_moment
    small, large = (count_steps(explain(size)) for size in (SMALL, 2 * SMALL))
    # to go through what a line says takes that many, to weigh its windows another 400 to 900
    assert (large - small) / SMALL <= 300


def make_show(count):
    """Make a work that shows many things, and a note about each; none of them is spoken of."""
    depictions = tuple(
        Depiction(
            id=f"shown-{at}",
            shown={"en": "Shots."},
            anchors=(
                Anchor(
                    any=(f"police | unspoken{at}", f"fired | balcony | silent{at}"),
                ),
            ),
        )
        for at in range(count)
    )
    return Work(id="w", title={}, names=("Kremlin", "Karstadt", "Krimmler"), depictions=depictions)


def test_terms_that_nobody_speaks_cost_nothing():
    tokens = tokenize(parse_track(write_srt(SMALL).encode(), "a").cues)
    few, many = (
        Matcher(map(parse_term, (*TERMS, *(f"unspoken{at} | silent{at}*" for at in range(count)))))
        for count in (1, 1_000)
    )
    few.find(tokens)
    many.find(tokens)
    assert count_steps(lambda: many.find(tokens)) <= count_steps(lambda: few.find(tokens)) + 10


def test_track_of_another_work_is_matched_against_names_alone():
    track = parse_track(write_srt(SMALL).encode(), "a")
    few, many = (Engine({}, {"w": make_show(count)}) for count in (1, 200))
    few.annotate(track)
    many.annotate(track)
    assert (
        count_steps(lambda: many.annotate(track)) <= count_steps(lambda: few.annotate(track)) + 10
    )


def test_annotating_takes_less_memory_than_ten_times_the_file():
    data = write_srt(3_000).encode()
    track = parse_track(data, "a")
    engine = Engine({}, {"w": make_show(100)})
    engine.annotate(parse_track(write_srt(2).encode(), "a"), overrides=Overrides(work="w"))
    tracemalloc.start()
    engine.annotate(track, overrides=Overrides(work="w"))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most <= 10 * len(data)
