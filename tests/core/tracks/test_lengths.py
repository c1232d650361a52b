"""Whether a track is as long as its film, and which rate explains that it is not."""

from fractions import Fraction

import pytest
from attrs import evolve

from headnotes.model import Cue, Track
from headnotes.times import MINUTE_MS, SECOND_MS
from headnotes.tracks import compare_lengths, retime
from headnotes.tracks.lengths import Film

HOUR_MS = 60 * MINUTE_MS
NTSC = Fraction(24_000, 1_001)


def make_track(end_ms, count=600):
    """A track whose cues lie evenly up to an end."""
    ends = [end_ms * number // count for number in range(1, count + 1)]
    return Track(
        name="a.de.srt",
        format="srt",
        language="de",
        cues=tuple(
            Cue(number=n, start_ms=end - 900, end_ms=end, text="Ja.", spoken="Ja.", raw="Ja.")
            for n, end in enumerate(ends, start=1)
        ),
    )


@pytest.mark.parametrize("credits_s", [-4, 0, 60, 360])
def test_words_that_end_within_ten_percent_of_the_end_fit(credits_s):
    track = make_track(HOUR_MS - credits_s * SECOND_MS)
    assert compare_lengths(track, Film(duration_ms=HOUR_MS)) is None


@pytest.mark.parametrize(
    ("name", "is_compared"),
    [
        ("a.de.forced.srt", False),
        ("a.Forced.de.srt", False),
        ("Forced.de.srt", True),
        ("A.Foreign.Affair.de.srt", True),
    ],
)
def test_forced_track_may_end_at_any_time(name, is_compared):
    track = evolve(make_track(HOUR_MS // 2, count=4), name=name)
    assert (compare_lengths(track, Film(duration_ms=HOUR_MS)) is not None) is is_compared


def test_short_film_may_have_credits_of_five_minutes():
    film = Film(duration_ms=20 * MINUTE_MS)
    assert compare_lengths(make_track(15 * MINUTE_MS), film) is None
    assert compare_lengths(make_track(14 * MINUTE_MS), film) is not None


RATES = {
    # made for, film shown with its frames, what mends it
    "slower-for-faster": (NTSC, Fraction(25), "23.976/25"),
    "faster-for-slower": (Fraction(25), NTSC, "25/23.976"),
    "faster-for-telecined": (Fraction(25), Fraction(30_000, 1_001), "25/23.976"),
    "faster-for-cinema": (Fraction(25), Fraction(24), "25/24"),
    "slower-for-fields": (NTSC, Fraction(50), "23.976/25"),
}


@pytest.mark.parametrize(("made", "shown", "rate"), RATES.values(), ids=RATES)
def test_misfit_names_the_rate_that_sets_it_right(made, shown, rate):
    speed = {Fraction(30_000, 1_001): NTSC, Fraction(50): Fraction(25)}.get(shown, shown)
    share = Fraction(93, 100) if made > speed else Fraction(98, 100)
    meant = make_track(int(HOUR_MS * share))
    track = retime(meant, rate=speed / made)
    misfit = compare_lengths(track, Film(duration_ms=HOUR_MS, frame_rate=shown))
    assert misfit.code == "length-misfit"
    assert ("after the film" in misfit.message) == (made < speed)
    assert f"--rate {rate} " in misfit.hint
    first, second = (NTSC if part == "23.976" else Fraction(part) for part in rate.split("/"))
    mended = retime(track, rate=first / second)
    assert compare_lengths(mended, Film(duration_ms=HOUR_MS, frame_rate=shown)) is None


def test_direction_and_length_of_a_misfit_are_named():
    film = Film(duration_ms=45 * MINUTE_MS)
    late = compare_lengths(make_track(46 * MINUTE_MS), film)
    assert str(late) == (
        "a.de.srt: its last words end 0:01:00 after the film, which takes 0:45:00; if it was made"
        " for 23.976 frames a second, --rate 23.976/25 sets it right for 25"
    )
    early = compare_lengths(make_track(20 * MINUTE_MS), film)
    assert str(early) == (
        "a.de.srt: its last words end 0:25:00 before the end of the film, which takes 0:45:00; is"
        " it for another release? --shift and --rate move it"
    )


def test_credit_behind_the_end_is_no_misfit():
    track = make_track(HOUR_MS)
    credit = evolve(track.cues[-1], start_ms=2 * HOUR_MS, end_ms=2 * HOUR_MS + 1)
    joined = evolve(track, cues=(*track.cues, credit))
    assert compare_lengths(joined, Film(duration_ms=HOUR_MS)) is None


def test_unknown_lengths_are_not_compared():
    assert compare_lengths(make_track(HOUR_MS), Film(duration_ms=0)) is None
    empty = Track(name="a", format="srt", language=None, cues=())
    assert compare_lengths(empty, Film(duration_ms=HOUR_MS)) is None
