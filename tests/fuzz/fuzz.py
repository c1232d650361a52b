"""Feed broken input to everything that takes any, and stop at anything that is not foreseen.

    python tests/fuzz/fuzz.py [HARNESS ...] [--seconds 60] [--seed 1]     random mutations
    python tests/fuzz/fuzz.py HARNESS --atheris -runs=1000000             guided by coverage

Without a name all harnesses run, each for so many seconds of processor time. The second way needs
`pip install atheris`; what follows `--atheris` goes to libFuzzer. A harness takes bytes, and fails
by raising: what must hold is said in each. What was found has become a test.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import fuzz_reading
import pysubs2
import webvtt
from attrs import evolve, frozen

from headnotes import filenames
from headnotes.anchoring import index_track
from headnotes.cli import run
from headnotes.engine import Engine
from headnotes.issues import HeadnotesError, TermError, TopicError
from headnotes.matching import Matcher, parse_term
from headnotes.model import Anchor, Cue, EpisodeId, Headnote, Topic, Track, Work
from headnotes.profiles import PROFILES, mux_commands
from headnotes.profiles.muxing import MuxTrack
from headnotes.recognition import Overrides
from headnotes.registry import Registry
from headnotes.scheduling import schedule
from headnotes.topics import find_flaws, read_topic, read_work
from headnotes.tracks import parse_track, read_file_name

Topics = dict[str, Topic]
Works = dict[str, Work]

ROOT = Path(__file__).parents[2]
SAMPLE = (ROOT / "subtitles/babylon-berlin/S01E04.en.srt").read_bytes()[:6_000]
TOPIC = b"""format = 1
id = "weather"
version = "1.0"
work = "babylon-berlin"
title = { en = "Weather" }
[[sources]]
id = "almanac"
title = "Almanac"
year = 1929
kind = "reference"
standpoint = { en = "none" }
read = "part"
[[notes]]
id = "snow"
verdict = "inaccurate"
confidence = "high"
episodes = ["S01E04"]
en = { headnote = "No snow.", shown = "Snow.", record = "It was warm.", confidence = "Clear." }
citations = [{ source = "almanac", at = "page 3", stance = "disputes" }]
[notes.anchor]
all = ["snow*", "~Berlin"]
any = ["ice|rain coat", "*storm"]
at_least = 1
within = 60
[notes.cases]
hits = [["snow in Berlin", "a"]]
misses = [["sun"]]
"""
WORK = b"""format = 1
id = "weather-film"
title = { en = "The Weather" }
aliases = ["Wetter"]
names = ["Liebermann", "Otto|Otti"]
[[episodes]]
id = "S01E01"
numberings = { disc = "S01E02" }
[[depictions]]
id = "storm"
shown = { en = "A storm." }
episodes = ["S01E01"]
anchor = { any = ["storm*", "wind", "rain coat"], at_least = 2, when = "every", widen = "scene" }
"""
TOML_WORDS = (
    b'"', b"'", b'"""', b"[", b"]", b"[[", b"]]", b"{", b"}", b"=", b"\n", b"#", b"\\u0000",
    b"1979-05-27", b"1e999", b"nan", b"true", b"[[notes]]", b"[notes.en]", b"all = []", b"~", b"*",
    b"|", b"9" * 40, b"\xe2\x80\xae", b"\xff", b"a" * 300, b"id = 'x'\n", b"[" * 50, b"\0",
)  # fmt: skip
TERM_SEEDS = (b"snow*", b"*now", b"*no*", b"~Berlin", b"a b|c d", b"don't", b"rain-coat", b"A. B.")
TERM_WORDS = (b"*", b"~", b"|", b" ", b"-", b"'", b".", b"\xc3\x9f", b"\xcc\x81", b"\xe2\x80\x99",
    b"\xf0\x9f\x98\x80", b"\xd9\xa3", b"(", b"\\", b"\0", b"a" * 99)  # fmt: skip
NAME_SEEDS = (b"Babylon.Berlin.S01E04.1080p.WEB.x264-GRP.en.sdh.srt", b"Show/Season 1/01x04 - a",
    b"Folge 3 (2017) [de].forced", b"CON.en", b"S1E1-E3.default", b"..", b"a\\b")  # fmt: skip
NAME_WORDS = (b".", b"/", b"\\", b"-", b" ", b"S01E", b"x", b"E", b"\xff", b"\xcc\x81", b"\0",
    b"\n", b"\x1b[31m", b"9" * 30, b"a" * 300, b"%s", b"'", b"\xe2\x80\xae", b".en", b".hi", b":",
    b"NUL")  # fmt: skip
OPTION_SEEDS = (b"topics", b"topics\0blutmai\0--lang\0de", b"plugins\0--no-plugins",
    b"explain\0a.srt\0snow\0--episode\0S01E04", b"annotate\0a.srt\0--for\0vlc\0--seen\0all",
    b"report\0a.srt\0--format\0json\0--verdict\0invented", b"lint\0a.srt", b"check\0t.toml",
    b"bibliography\0--format\0bibtex", b"preview\0a.srt\0--topic\0x", b"new\0x\0--work\0y",
    b"--version", b"report\0-o\0x\0--overwrite")  # fmt: skip
OPTION_WORDS = (b"\0", b"-", b"--", b"=", b"--lang", b"\xff", b"\x1b", b"-o", b"--work", b"'",
    b"S99E99", b"--only-plugin", b"--density", b"\n",
    b"--encoding\0utf-16", b"--stream\09")  # fmt: skip


@frozen
class Harness:
    """One part that takes input from outside.

    Attributes:
        feed: sends one input through it and raises where something does not hold.
        seeds: inputs to begin with.
        words: what is put into them.
    """

    feed: Callable[[bytes], None]
    seeds: Sequence[bytes]
    words: Sequence[bytes]


def feed_file(read: Callable[..., object], name: str, data: bytes) -> None:
    """A file is read, or refused in lines that can be printed."""
    file = SimpleNamespace(name=name, is_file=lambda: True, open=lambda _: io.BytesIO(data))
    try:
        read(file)
    except TopicError as error:
        assert error.issues
        assert all(str(issue).isprintable() for issue in error.issues)


def feed_term(data: bytes) -> None:
    """A term is refused, or finds what it finds within the words there are."""
    text = data.decode("utf-8", "surrogateescape")
    try:
        term = parse_term(text)
    except TermError:
        return
    words = re.sub(r"[*~|]", " ", text)
    cue = Cue(number=1, start_ms=0, end_ms=1, text=words, spoken=words, raw=words)
    indexed = index_track([cue], Matcher([term]), "en")
    for spans in indexed.spans.values():
        assert spans == tuple(sorted(set(spans)))
        assert all(0 <= first <= last < len(indexed.tokens.spoken) for first, last in spans)


def feed_anchor(data: bytes) -> None:
    """A depiction with any anchor is found inside the track, or not at all."""
    dice = random.Random(data)
    spoken = re.findall(r"[a-z]{7,}", SAMPLE.decode().lower())
    terms = [dice.choice(spoken) + dice.choice(("", "*")) for _ in range(dice.randint(1, 12))]
    at = dice.randint(0, len(terms))
    anchor = Anchor(
        all=tuple(terms[:at]),
        any=tuple(terms[at:]),
        none=tuple(dice.sample(spoken, dice.randint(0, 2))),
        at_least=dice.randint(0, len(terms) - at),
        within=dice.randint(5, 600),
        when=dice.choice(("first", "last", "scene", "every")),
        widen=dice.choice(("moment", "scene")),
    )
    topics, works, track = _world()
    storm = works["weather-film"].depictions[0]
    work = evolve(works["weather-film"], depictions=(evolve(storm, anchors=(anchor,)),))
    note = evolve(topics["weather"].notes[0], depictions=("storm",), anchors=(anchor,))
    topic = evolve(topics["weather"], work="weather-film", notes=(note,))
    if any(find_flaws(work, Work)):
        return
    outcome = Engine({topic.id: topic}, {work.id: work}).annotate(
        track, overrides=Overrides(work=work.id)
    )
    for annotation in outcome.annotations:
        moment = annotation.moment
        assert 0 <= moment.start_ms <= moment.end_ms <= track.duration_ms
    shown = schedule(track, outcome.annotations).headnotes
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(shown))


def feed_name(data: bytes) -> None:
    """Any name is read, and makes names that any file system and any shell takes."""
    text = os.fsdecode(data).replace("\0", "") or "."
    read_file_name(Path(text))
    stem = filenames.clean_stem(text)
    assert stem.isprintable()
    assert "/" not in stem
    for profile in PROFILES[:2]:
        name = filenames.output_name(
            Path(text).stem, profile, track_format="srt", dialogue_language="de", note_language="en"
        )
        assert Path(name).name == name
        assert len(name.encode()) <= 255
    if not text.endswith("\n"):
        track = MuxTrack(path=Path(text), language="en", title=text[:40].rstrip("\n"))
        assert all(line.isprintable() for line in mux_commands(Path(text), [track], Path("out")))
    with contextlib.suppress(ValueError):
        assert EpisodeId.parse(str(EpisodeId.parse(text))) == EpisodeId.parse(text)


def feed_options(data: bytes) -> None:
    """Any arguments end in a status, never in a traceback."""
    words = [os.fsdecode(word) for word in data.split(b"\0")]
    if any("/" in word or ".." in word for word in words):  # not out of this folder
        return
    silent = io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace")
    with contextlib.redirect_stdout(silent), contextlib.redirect_stderr(silent):
        assert run(words) in {0, 1, 2}


def feed_writer(data: bytes) -> None:
    """What is written is read by others, with every headnote in it."""
    try:
        track = parse_track(data, "a.srt")
    except HeadnotesError:
        return
    # pysubs2 knows one order of fields, and two digits of hours
    if track.format == "ass" or track.duration_ms > 36_000_000 or not _is_sound(track):
        return
    topics, works, sample = _world()
    note = _shown(topics, works, sample)
    for profile in PROFILES:
        text = profile.write(track, (note,))
        if profile.name.startswith("chapters"):
            continue
        if profile.suffix_by_format.get(track.format, profile.suffix) == ".vtt":
            read = [cue.text for cue in webvtt.from_string(text).captions]
        else:
            read = [event.text for event in pysubs2.SSAFile.from_string(text)]
        assert any("MOSTLY FALSE" in cue or "FALSE]" in cue for cue in read), profile.name


def _is_sound(track: Track) -> bool:
    """Whether others read a track itself: what is broken in its dialogue stays as it is."""
    try:
        return not track.repairs and bool(pysubs2.SSAFile.from_string(track.source))
    except (ValueError, LookupError, pysubs2.exceptions.Pysubs2Error):
        return False


def _shown(topics: Topics, works: Works, sample: Track) -> Headnote:
    if not _SHOWN:
        outcome = Engine(topics, works).annotate(sample, overrides=Overrides(work="weather-film"))
        _SHOWN.extend(schedule(sample, outcome.annotations).headnotes)
    return _SHOWN[0]


_SHOWN: list[Headnote] = []
_WORLD: list[tuple[Topics, Works, Track]] = []


def _world() -> tuple[Topics, Works, Track]:
    """Return a topic, a work and a track, read once."""
    if not _WORLD:
        with tempfile.TemporaryDirectory() as made:
            Path(made, "topic.toml").write_bytes(TOPIC.replace(b"babylon-berlin", b"weather-film"))
            Path(made, "work.toml").write_bytes(WORK)
            registry = Registry(only=(), folders=[Path(made)])
        cue = b"\n\n999\n00:30:00,000 --> 00:30:03,000\nSnow now in Berlin, a storm.\n"
        _WORLD.append((registry.topics, registry.works, parse_track(SAMPLE + cue, "a.en.srt")))
    return _WORLD[0]


HARNESSES = {
    "reading": Harness(fuzz_reading.feed, fuzz_reading.SEEDS, fuzz_reading.WORDS),
    "topics": Harness(lambda data: feed_file(read_topic, "topic.toml", data), [TOPIC], TOML_WORDS),
    "works": Harness(lambda data: feed_file(read_work, "work.toml", data), [WORK], TOML_WORDS),
    "terms": Harness(feed_term, TERM_SEEDS, TERM_WORDS),
    "anchors": Harness(feed_anchor, [b"anchor"], TERM_WORDS),
    "names": Harness(feed_name, NAME_SEEDS, NAME_WORDS),
    "options": Harness(feed_options, OPTION_SEEDS, OPTION_WORDS),
    "writers": Harness(feed_writer, fuzz_reading.SEEDS, fuzz_reading.WORDS),
}


def run_plainly(name: str, seconds: float, seed: int) -> int:
    """Feed mutated seeds for so much processor time and return how many."""
    harness, dice, count = HARNESSES[name], random.Random(seed), 0
    end = time.process_time() + seconds
    while time.process_time() < end:
        data = fuzz_reading.mutate(dice, harness.seeds, harness.words)
        try:
            harness.feed(data)
        except BaseException:
            print(f"{name}, input {count} of seed {seed}: {data!r}", file=sys.stderr)
            raise
        count += 1
    print(f"{name}: {count} inputs of seed {seed}, nothing found")
    return count


def run_guided(harness: Harness, arguments: list[str]) -> None:
    """Let atheris look for inputs that reach new code, from the seeds on."""
    import atheris

    atheris.instrument_all()
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(harness.seeds):
            Path(corpus, str(number)).write_bytes(seed)
        atheris.Setup([sys.argv[0], *arguments, corpus], harness.feed)
        atheris.Fuzz()


def main() -> None:
    """Choose the way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("harness", nargs="*", help=", ".join(HARNESSES))
    parser.add_argument("--seconds", type=float, default=60, help="of processor time, for each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--atheris", nargs=argparse.REMAINDER)
    asked = parser.parse_args()
    _world()
    with tempfile.TemporaryDirectory() as made, contextlib.chdir(made):
        Path("a.srt").write_bytes(SAMPLE)
        if asked.atheris is not None:
            run_guided(HARNESSES[asked.harness[0]], asked.atheris)
            return
        for name in asked.harness or HARNESSES:
            run_plainly(name, asked.seconds, asked.seed)


if __name__ == "__main__":
    main()
