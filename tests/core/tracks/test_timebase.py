"""The clock of a whole track: broadcast hours, restarts, midnights, a base below zero."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.times import HOUR_MS, MINUTE_MS, SECOND_MS
from headnotes.tracks import parse_track, read_rate, read_shift, retime

ROOT = (
    '<tt:tt xmlns:tt="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"'
    ' ttp:timeBase="media"><tt:body><tt:div>{}</tt:div></tt:body></tt:tt>'
)


def write_time(time_ms, sign="."):
    seconds, millis = divmod(time_ms, 1_000)
    clock = f"{seconds // 3_600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{clock}{sign}{millis:03}"


def read(starts, *, kind="vtt", length_ms=2_000):
    """Read a file whose cues begin at these times, each with a text of its own."""
    rows = [(start_ms, start_ms + length_ms, f"Satz {at}.") for at, start_ms in enumerate(starts)]
    if kind == "ttml":
        written = "".join(
            f'<tt:p begin="{write_time(start)}" end="{write_time(end)}">{text}</tt:p>\n'
            for start, end, text in rows
        )
        return parse_track(ROOT.format(written).encode(), "a.xml")
    if kind == "ass":
        written = "".join(
            f"Dialogue: 0,{write_time(start)[:-1]},{write_time(end)[:-1]},Default,,0,0,0,,{text}\n"
            for start, end, text in rows
        )
        return parse_track(f"[Script Info]\n\n[Events]\n{written}".encode(), "a.ass")
    sign, head = (",", "") if kind == "srt" else (".", "WEBVTT\n\n")
    written = "\n".join(
        f"{number}\n{write_time(start, sign)} --> {write_time(end, sign)}\n{text}\n"
        for number, (start, end, text) in enumerate(rows, start=1)
    )
    return parse_track(f"{head}{written}".encode(), f"a.{kind}")


def starts_of(track):
    return [cue.start_ms for cue in track.cues]


def codes_of(track):
    return [repair.code for repair in track.repairs]


@pytest.mark.parametrize("kind", ["srt", "vtt", "ttml", "ass"])
def test_broadcast_clock_loses_its_whole_hours_in_every_format(kind):
    track = read([36_012_400, 36_015_200, 38_821_000], kind=kind)
    assert starts_of(track) == [12_400, 15_200, 2_821_000]
    (repair,) = [repair for repair in track.repairs if repair.code.startswith("clock")]
    assert (repair.code, repair.level) == ("clock-offset", "info")
    assert "10:00:00" in repair.message


@pytest.mark.parametrize(
    ("first_ms", "taken_hours"),
    [
        (59 * MINUTE_MS, 0),
        (HOUR_MS + 12 * SECOND_MS, 1),
        (HOUR_MS + 10 * MINUTE_MS - 1, 1),
        # the few foreign lines of a film, or its second half
        (HOUR_MS + 10 * MINUTE_MS, 0),
        (4 * HOUR_MS + 40 * MINUTE_MS, 0),
        (5 * HOUR_MS + 40 * MINUTE_MS, 5),
        (23 * HOUR_MS + 59 * MINUTE_MS, 23),
    ],
)
def test_hours_are_taken_off_where_no_film_is_silent_for_so_long(first_ms, taken_hours):
    track = read([first_ms, first_ms + 4_000])
    assert track.cues[0].start_ms == first_ms - taken_hours * HOUR_MS
    assert codes_of(track) == ["clock-offset"] * bool(taken_hours)


def test_clock_of_a_recogniser_that_restarts_goes_on():
    data = (
        b"WEBVTT\n\n00:00:00.000 --> 00:00:07.000\nOne.\n\n00:00:07.000 --> 00:00:29.000\nTwo.\n\n"
        b"00:00:00.000 --> 00:00:05.000\nThree.\n\n00:00:05.000 --> 00:00:12.000\nFour.\n"
    )
    track = parse_track(data, "a.vtt")
    assert starts_of(track) == [0, 7_000, 29_000, 34_000]
    assert track.by_time == track.cues
    (repair,) = track.repairs
    assert (repair.code, repair.line) == ("clock-restart", 9)
    assert "cue 3" in repair.message


def test_part_may_begin_below_the_zero_of_its_own_clock():
    ahead = "00:00:01,000 --> 00:00:02,000\nJa.\n\n00:00:03,500 --> 00:00:04,000\nNein.\n\n"
    track = parse_track((ahead + "-00:00:03,500 --> 00:00:04,000\nDoch.\n\n" * 3).encode(), "a.srt")
    (restart,) = (repair for repair in track.repairs if repair.code == "clock-restart")
    assert restart.message.startswith("the clock restarts at cue 3, -0:00:03;")
    assert all(0 <= cue.start_ms <= cue.end_ms for cue in track.cues)


def make_disc(first_ms, step_ms=4_000, count=600):
    """Return starts as dialogue has them, in no even step."""
    return [first_ms + at * step_ms + at * at * 37 % 1_900 for at in range(count)]


@pytest.mark.parametrize("kind", ["srt", "vtt", "ttml"])
def test_second_disc_in_one_file_begins_where_the_first_has_ended(kind):
    first, second = make_disc(45_000), make_disc(12_400, step_ms=4_700)
    track = read(first + second, kind=kind)
    ended_ms = max(first) + 2_000
    assert starts_of(track) == first + [start_ms + ended_ms for start_ms in second]
    assert codes_of(track) == ["clock-restart"]


def test_three_discs_on_a_broadcast_clock():
    discs = [make_disc(10 * HOUR_MS + 9_000 * place, 4_000 + 300 * place) for place in (1, 2, 3)]
    track = read([start_ms for disc in discs for start_ms in disc])
    assert track.cues[0].start_ms == 9_000
    assert starts_of(track) == sorted(starts_of(track))
    assert codes_of(track) == ["clock-offset", "clock-restart", "clock-restart"]


ON_ONE_CLOCK = {
    "two-cues-out-of-order": [1_000, 9_000, 8_000, 12_000],
    "one-late-credit": [5_000, 60_000, 90_000, 0],
    "signs-after-the-dialogue": make_disc(1_000) + make_disc(30_000, 80_000, 30),
    "the-same-in-another-language": make_disc(1_000)
    + [start_ms + 120 for start_ms in make_disc(1_000)],
    "in-no-order": sorted(make_disc(1_000), key=lambda start_ms: start_ms * 7_919 % 10_007),
}


@pytest.mark.parametrize("starts", ON_ONE_CLOCK.values(), ids=ON_ONE_CLOCK)
def test_cues_out_of_order_keep_the_clock(starts):
    track = read(starts)
    assert starts_of(track) == starts
    assert track.repairs == ()


def test_order_of_substation_files_tells_nothing_about_the_clock():
    starts = [*make_disc(1_000, count=40), *make_disc(3_000, 5_000, count=40)]
    track = read([start_ms // 10 * 10 for start_ms in starts], kind="ass")
    assert starts_of(track) == [start_ms // 10 * 10 for start_ms in starts]


def test_clock_of_the_day_passes_midnight():
    starts = [23 * HOUR_MS + 58 * MINUTE_MS, 24 * HOUR_MS - 5_000, 2_000, 60_000]
    track = read(starts)
    assert starts_of(track) == [58 * MINUTE_MS, HOUR_MS - 5_000, HOUR_MS + 2_000, HOUR_MS + 60_000]
    assert sorted(codes_of(track)) == ["clock-midnight", "clock-offset"]


def test_base_below_zero_is_lifted():
    data = (
        b"1\n-112:-7:-40,-860 --> -112:-7:-38,-200\nErste.\n\n"
        b"2\n-112:-7:-37,-860 --> -112:-7:-36,-100\nZweite.\n\n"
        b"3\n-112:-7:-35,-500 --> -112:-7:-33,-100\nDritte.\n"
    )
    track = parse_track(data, "a.srt")
    assert [(cue.start_ms, cue.end_ms) for cue in track.cues] == [
        (0, 2_660),
        (3_000, 4_760),
        (5_360, 7_760),
    ]
    assert codes_of(track).count("clock-below-zero") == 1


def test_few_cues_below_zero_begin_with_the_film():
    data = (
        b"1\n-00:00:01,500 --> 00:00:01,000\nErste.\n\n2\n00:00:02,000 --> 00:00:03,000\nZweite.\n"
    )
    track = parse_track(data, "a.srt")
    assert [(cue.start_ms, cue.end_ms) for cue in track.cues] == [(0, 1_000), (2_000, 3_000)]
    assert codes_of(track) == ["negative-time"]


@given(st.lists(st.integers(0, 30 * HOUR_MS), min_size=1, max_size=30))
def test_any_clock_keeps_order_lengths_and_texts(starts):
    track = read(starts)
    assert [cue.text for cue in track.cues] == [f"Satz {at}." for at in range(len(starts))]
    assert all(cue.end_ms - cue.start_ms == 2_000 and cue.start_ms >= 0 for cue in track.cues)
    changed = starts_of(track) != starts
    assert changed == bool(track.repairs)


def test_clock_that_passes_midnight_all_the_time_is_in_no_order():
    starts = [at % 2 * 23 * HOUR_MS for at in range(40)]
    assert starts_of(read(starts)) == starts


def test_hostile_clock_costs_no_more_than_its_size():
    # every other cue goes back; a search that begins anew each time would take minutes
    track = read([at % 2 * 23 * HOUR_MS for at in range(4_000)] + [0, 600_000] * 2_000)
    assert len(track.cues) == 8_000


@pytest.mark.parametrize(
    ("written", "shift_ms"),
    [
        ("2.5", 2_500),
        ("+2.5", 2_500),
        ("-90", -90_000),
        ("-1:02:03.5", -3_723_500),
        ("0:01:30", 90_000),
    ],
)
def test_shift_is_written_in_seconds_or_as_a_clock(written, shift_ms):
    assert read_shift(written) == shift_ms


@pytest.mark.parametrize("written", ["", "soon", "--5", "1h", "9" * 30])
def test_other_shifts_are_refused(written):
    with pytest.raises(ValueError, match="is not a shift"):
        read_shift(written)


@pytest.mark.parametrize(
    ("written", "rate"),
    [
        ("25/23.976", Fraction(25 * 1_001, 24_000)),
        ("23.976 / 25", Fraction(24_000, 25 * 1_001)),
        ("25/24", Fraction(25, 24)),
        ("29.97/30", Fraction(1_000, 1_001)),
        ("1.04", Fraction(26, 25)),
    ],
)
def test_rate_is_written_as_two_frame_rates(written, rate):
    assert read_rate(written) == rate


@pytest.mark.parametrize("written", ["", "25/0", "25/", "x/y", "1/2/3", "100/25", "-25/24"])
def test_other_rates_are_refused(written):
    with pytest.raises(ValueError, match="is not a rate"):
        read_rate(written)


@pytest.mark.parametrize(
    ("shift_ms", "rate", "what"),
    [
        (2_500, 1, "shifted by +2.5 s"),
        (0, Fraction(25, 24), "multiplied by 1.04167"),
        (-90_000, Fraction(25, 24), "multiplied by 1.04167 and shifted by -90 s"),
    ],
)
def test_only_what_was_asked_for_is_said_of_the_clock(shift_ms, rate, what):
    adjusted = retime(read([10_000]), shift_ms=shift_ms, rate=rate).repairs[0]
    assert adjusted.message == f"all times {what}, as asked"


def test_times_are_stretched_before_they_are_shifted():
    track = retime(read([10_000, 1_000_000]), shift_ms=-12_000, rate=Fraction(25, 24))
    assert starts_of(track) == [0, 1_029_667]
    (adjusted,) = track.repairs
    assert (adjusted.code, adjusted.level) == ("clock-adjusted", "info")
    assert "-12 s" in adjusted.message


def test_track_without_adjustments_stays_itself():
    track = read([10_000])
    assert retime(track) is track
