"""The parts that take input from outside, each as a function of bytes that fails by raising."""

from __future__ import annotations

import contextlib
import io
import os
import random
import re
import tempfile
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import click
import pysubs2
import seeds
import webvtt
from attrs import evolve, frozen
from hypothesis import given

from headnotes import filenames
from headnotes.anchoring import index_track
from headnotes.cli import app, run
from headnotes.engine import Engine
from headnotes.formats import FORMATS
from headnotes.issues import HeadnotesError, TermError, TopicError
from headnotes.matching import Matcher, parse_term
from headnotes.model import Anchor, Cue, EpisodeId, Headnote, Outcome, Profile, Topic, Track, Work
from headnotes.profiles import PROFILES, MuxTrack, mux_commands, render_profile
from headnotes.recognition import Overrides
from headnotes.registry import Registry
from headnotes.reports import provide_reports
from headnotes.scheduling import schedule
from headnotes.topics import find_flaws, read_topic, read_work
from headnotes.tracks import parse_track, read_file_name
from headnotes.tracks.decoding import decode_bytes
from headnotes.tracks.timebase import settle_timebase
from strategies import outcomes

Topics = dict[str, Topic]
Works = dict[str, Work]
COMBINED = [profile for profile in PROFILES if profile.name.startswith("combined")]
TRACKS = [profile for profile in PROFILES if not profile.is_by_moment]


@frozen
class Harness:
    """One part that takes input from outside.

    Attributes:
        feed: sends one input through it and raises where something does not hold.
        seeds: inputs to begin with.
        words: what is put into them.
    """

    feed: Callable[[bytes], object]
    seeds: Sequence[bytes]
    words: Sequence[bytes]


def feed_track(data: bytes) -> None:
    """A track is refused, or keeps the promises of `Cue` and is written and read whole.

    Every input goes through recognition, and then to one reader no matter what it was recognised
    as; what is read is written in one of the profiles.
    """
    dice = random.Random(data)
    form, profile = dice.choice(FORMATS), dice.choice(COMBINED)

    def read_as_form() -> Track:
        text = decode_bytes(data).text
        read, repairs = form.parse(text)
        cues, _ = settle_timebase(read, text, is_ordered=form.name != "ass")
        return Track(
            name="", format=form.name, language=None, cues=cues, repairs=repairs, source=text
        )

    name = data[:40].decode("latin-1").replace("\0", "")
    for read in (lambda: parse_track(data, name), read_as_form):
        try:
            track = read()
        except HeadnotesError as refusal:
            if refusal.__cause__:  # what a reader failed with
                raise
            continue
        assert track.cues
        assert all(0 <= cue.start_ms <= cue.end_ms for cue in track.cues)
        written = render_profile(profile, track, ()).encode("utf-8", "replace")
        try:
            back = parse_track(written, "")
        except HeadnotesError:
            assert read is read_as_form  # what was not recognised is refused as what it is
            continue
        # raw text that looks like a timing line may make more of them in SubRip, and a text
        # that was not recognised as what it was read as is recognised as that again
        is_kept = len(back.cues) >= len(track.cues) or read is read_as_form
        assert is_kept, f"{profile.name} lost a cue"


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
        assert [*spans] == sorted(set(spans))
        assert all(0 <= first <= last < len(indexed.tokens.spoken) for first, last in spans)


def feed_anchor(data: bytes) -> None:
    """A depiction with any anchor is found inside the track, or not at all."""
    dice = random.Random(data)
    spoken = re.findall(r"[a-z]{7,}", seeds.SAMPLE.decode().lower())
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
    topics, works, track = world()
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
    """Any name makes names that any file system and any shell takes."""
    text = _name_of(data)
    stem = filenames.clean_stem(text)
    assert re.sub("[\u200c\u200d]", "", stem).isprintable()  # some scripts need the joiners
    assert "/" not in stem
    for profile in PROFILES[:2]:
        name = filenames.output_name(
            Path(text).stem, profile, track_format="srt", dialogue_language="de", note_language="en"
        )
        assert Path(name).name == name
        assert len(name.encode()) <= 255
    if not str(Path(text)).endswith("\n"):  # which `--mux` refuses
        track = MuxTrack(path=Path(text), language="en", title=text[:40].rstrip("\n"))
        assert all(line.isprintable() for line in mux_commands(Path(text), [track], Path("out")))
    with contextlib.suppress(ValueError):
        assert EpisodeId.parse(str(EpisodeId.parse(text))) == EpisodeId.parse(text)


def feed_release(data: bytes) -> None:
    """Any name of a release is read; this is guessit's, and slow."""
    read_file_name(Path(_name_of(data)))


def _name_of(data: bytes) -> str:
    return os.fsdecode(data).replace("\0", "") or "."


_REFUSED = (click.ClickException, click.exceptions.Exit, HeadnotesError)
"""What the command line says in one line, or ends with, where arguments are read."""


def feed_options(data: bytes) -> None:
    """Any arguments are taken apart, or refused as wrong use."""
    words = [os.fsdecode(word) for word in data.split(b"\0")]
    with _hush(), contextlib.suppress(*_REFUSED):
        group = app.make_context("headnotes", words)
        if asked := [*group._protected_args, *group.args]:
            name, command, rest = app.resolve_command(group, asked)
            command.make_context(name, rest, parent=group)


def feed_command(data: bytes) -> None:
    """Any arguments end in a status, never in a traceback."""
    words = [os.fsdecode(word) for word in data.split(b"\0")]
    if any("/" in word or ".." in word for word in words):  # not out of this folder
        return
    with _hush():
        assert run(words) in {0, 1, 2}


@contextlib.contextmanager
def _hush():
    silent = io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace")
    with contextlib.redirect_stdout(silent), contextlib.redirect_stderr(silent):
        yield


def feed_writer(data: bytes) -> None:
    """What is written is read by others, with every headnote in it."""
    track = _read_soundly(data)
    if not track:
        return
    for profile in TRACKS:
        text = profile.write(track, (_headnote(),))
        if _suffix(profile, track) == ".vtt":
            read = [cue.text for cue in webvtt.from_string(text).captions]
        else:
            read = [event.text for event in pysubs2.SSAFile.from_string(text)]
        assert any(map(_is_headnote, read)), profile.name


def feed_ffmpeg(data: bytes) -> None:
    """What is written is read by ffmpeg's own readers, headnote and dialogue."""
    import av

    track = _read_soundly(data)
    if not track:
        return
    profile = random.Random(data).choice(TRACKS)
    text = profile.write(track, (_headnote(),)).encode("utf-8", "replace")
    form = {".vtt": "webvtt"}.get(suffix := _suffix(profile, track), suffix[1:])
    with av.open(io.BytesIO(text), "r", format=form) as opened:
        packets = [bytes(packet).decode("utf-8", "replace") for packet in opened.demux()]
    assert any(map(_is_headnote, packets)), profile.name
    if profile in COMBINED:
        # the same cue at the same time is one to ffmpeg, and the last packet is an empty one
        dialogue = {(cue.start_ms, cue.end_ms, cue.text) for cue in track.cues if cue.text.strip()}
        assert len(packets) > len(dialogue) + 1, profile.name


def _suffix(profile: Profile, track: Track) -> str:
    return profile.suffix_by_format.get(track.format, profile.suffix)


def _is_headnote(text: str) -> bool:
    return "MOSTLY FALSE" in text or "FALSE]" in text


def _read_soundly(data: bytes) -> Track | None:
    """Return a track that others read as well: what is broken in its dialogue stays as it is."""
    try:
        track = parse_track(data, "a.srt")
        # pysubs2 knows one order of fields, and two digits of hours
        if track.format == "ass" or track.duration_ms > 36_000_000 or track.repairs:
            return None
        return track if pysubs2.SSAFile.from_string(track.source) else None
    except (HeadnotesError, ValueError, LookupError, pysubs2.exceptions.Pysubs2Error):
        return None


def _headnote() -> Headnote:
    if not _SHOWN:
        topics, works, sample = world()
        outcome = Engine(topics, works).annotate(
            sample, overrides=Overrides(work="weather-film", episode="S01E01")
        )
        _SHOWN.extend(schedule(sample, outcome.annotations).headnotes)
    return _SHOWN[0]


@given(outcomes())
def draw_outcome(outcome: Outcome) -> None:
    """Whatever came of a track, every report of it is written in both languages."""
    for report in provide_reports():
        for language in ("en", "de"):
            assert report.render((outcome,), language)


feed_outcome: Callable[[bytes], object] = vars(draw_outcome)["hypothesis"].fuzz_one_input


_SHOWN: list[Headnote] = []
_WORLD: list[tuple[Topics, Works, Track]] = []


def world() -> tuple[Topics, Works, Track]:
    """Return a topic, a work and a track, read once."""
    if not _WORLD:
        with tempfile.TemporaryDirectory() as made:
            topic = seeds.TOPIC.replace(b"babylon-berlin", b"weather-film").replace(b"E04", b"E01")
            Path(made, "topic.toml").write_bytes(topic)
            Path(made, "work.toml").write_bytes(seeds.WORK)
            registry = Registry(only=(), folders=[Path(made)])
        cue = b"\n\n999\n00:30:00,000 --> 00:30:03,000\nSnow now in Berlin, a storm.\n"
        sample = parse_track(seeds.SAMPLE + cue, "a.en.srt")
        _WORLD.append((registry.topics, registry.works, sample))
    return _WORLD[0]


HARNESSES = {
    "tracks": Harness(feed_track, seeds.TRACK_SEEDS, seeds.TRACK_WORDS),
    "topics": Harness(
        lambda data: feed_file(read_topic, "topic.toml", data), [seeds.TOPIC], seeds.TOML_WORDS
    ),
    "works": Harness(
        lambda data: feed_file(read_work, "work.toml", data), [seeds.WORK], seeds.TOML_WORDS
    ),
    "terms": Harness(feed_term, seeds.TERM_SEEDS, seeds.TERM_WORDS),
    "anchors": Harness(feed_anchor, [b"anchor"], seeds.TERM_WORDS),
    "names": Harness(feed_name, seeds.NAME_SEEDS, seeds.NAME_WORDS),
    "releases": Harness(feed_release, seeds.NAME_SEEDS, seeds.NAME_WORDS),
    "options": Harness(feed_options, seeds.OPTION_SEEDS, seeds.OPTION_WORDS),
    "commands": Harness(feed_command, seeds.OPTION_SEEDS, seeds.OPTION_WORDS),
    "writers": Harness(feed_writer, seeds.TRACK_SEEDS, seeds.TRACK_WORDS),
    "ffmpeg": Harness(feed_ffmpeg, seeds.TRACK_SEEDS, seeds.TRACK_WORDS),
    "reports": Harness(feed_outcome, seeds.NOISE, seeds.TOML_WORDS),
}
