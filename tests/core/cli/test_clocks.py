"""Files on another clock than the film's, from the file to the written track."""

import json
import re
from datetime import timedelta
from fractions import Fraction

import pytest

from headnotes.tracks.lengths import Film

TIME = re.compile(r"(\d\d):(\d\d):(\d\d),(\d\d\d)")
NAME = "Babylon.Berlin.S01E04.en.srt"


def move_times(text, *, hours=0, seconds=0.0, factor=1.0):
    """Move and stretch all times of a SubRip file."""

    def move(found):
        hour, minute, second, milli = map(int, found.groups())
        was = timedelta(hours=hour, minutes=minute, seconds=second, milliseconds=milli)
        moved = was * factor + timedelta(hours=hours, seconds=seconds)
        millis = round(moved / timedelta(milliseconds=1))
        clock = f"{millis // 3_600_000:02}:{millis // 60_000 % 60:02}:{millis // 1_000 % 60:02}"
        return f"{clock},{millis % 1_000:03}"

    return TIME.sub(move, text)


def read_times(text):
    """Read all times of a SubRip file as milliseconds."""
    clocks = [map(int, found) for found in TIME.findall(text)]
    return [
        ((hour * 60 + minute) * 60 + second) * 1_000 + ms for hour, minute, second, ms in clocks
    ]


def annotate(world, text, *options):
    """Annotate one file, and return what was printed and what was written."""
    world.write({NAME: text})
    finished = world.run("annotate", NAME, "-o", "out", *options)
    (written,) = [data for name, data in world.files().items() if name.startswith("out/")]
    return finished, written.decode()


def test_track_of_a_broadcast_file_fits_the_film(world, sample):
    text = sample("S01E04.en.srt")
    _, expected = annotate(world, text)
    finished, written = annotate(world, move_times(text, hours=10))
    assert written == expected
    assert "the clock begins at 10:00:00; whole hours taken off all times" in finished.err


def test_change_of_the_clock_stands_in_report_and_data(world, sample):
    world.write({NAME: move_times(sample("S01E04.en.srt"), hours=10)})
    shown = world.run("report", NAME, "--format", "terminal", "--lang", "de").out
    assert "volle Stunden vor dem ersten Untertitel abgezogen" in " ".join(shown.split())
    data = json.loads(world.run("report", NAME, "--format", "json").out)
    assert '"clock-offset"' in json.dumps(data)


def test_joined_discs_are_one_film(world, sample):
    first, second = sample("S01E04.en.srt"), sample("S01E05.en.srt")
    finished, written = annotate(world, f"{first}\n{second}")
    assert "the clock restarts at cue" in finished.err
    starts = [line for line in written.splitlines() if "-->" in line]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("changed", "option", "value"),
    [({"seconds": 2.5}, "--shift", "-2.5"), ({"factor": 23.976 / 25}, "--rate", "25/23.976")],
)
def test_user_adjusts_what_no_file_can_tell(world, sample, changed, option, value):
    text = sample("S01E04.en.srt")
    _, expected = annotate(world, text)
    finished, written = annotate(world, move_times(text, **changed), option, value)
    assert "as asked" in finished.err
    # stretched and stretched back, milliseconds are rounded, and windows of headnotes to 10 ms
    assert read_times(written) == pytest.approx(read_times(expected), abs=12)


@pytest.mark.parametrize(("option", "value"), [("--shift", "soon"), ("--rate", "25/0")])
def test_adjustment_that_makes_no_sense_is_one_line(world, option, value):
    world.write({NAME: "1\n00:00:01,000 --> 00:00:02,000\nHello.\n"})
    finished = world.run("annotate", NAME, option, value)
    assert finished.status == 2
    assert "write it as" in finished.err


def test_doubt_about_the_character_set_is_shown(world):
    world.write({NAME: "1\n00:00:01,000 --> 00:00:02,000\nJa, natürlich.\n".encode("cp850")})
    finished = world.run("report", NAME)
    assert "read as cp850, which is a guess; give another with --encoding" in finished.err


@pytest.fixture
def film(monkeypatch):
    """Films of 45 minutes and 25 frames a second, wherever one is asked for."""
    film = Film(duration_ms=2_700_000, frame_rate=Fraction(25))
    monkeypatch.setattr("headnotes.tracks.measure_film", lambda _: film)
    return film


def write_long(seconds):
    """Write a file whose last words end after so many seconds."""
    return "".join(
        f"00:{at // 60 % 60:02}:{at % 60:02},000 --> 00:{at // 60 % 60:02}:{at % 60:02},900\nJa.\n"
        for at in range(5, seconds, 5)
    )


@pytest.mark.usefixtures("film")
def test_track_that_is_longer_than_its_film_names_the_rate(world):
    world.write({NAME: write_long(2_760)})
    finished = world.run("report", NAME, "--video", "film.mkv")
    assert "its last words end 0:00:55 after the film, which takes 0:45:00" in finished.err
    assert "--rate 23.976/25 sets it right for 25" in finished.err
    mended = world.run("report", NAME, "--video", "film.mkv", "--rate", "23.976/25")
    assert "its last words" not in mended.err


def test_film_that_cannot_be_measured_costs_the_comparison_alone(world, sample):
    world.write({NAME: sample("S01E04.en.srt"), "film.mkv": "no film"})
    finished = world.run("report", NAME, "--video", "film.mkv")
    assert (finished.status, finished.err.count("--video film.mkv: ")) == (1, 1)
    assert finished.out
