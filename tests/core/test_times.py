import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.times import clock_parts, format_clock, format_srt_time, format_vtt_time

times = st.integers(min_value=0, max_value=10**10)


@given(times)
def test_clock_parts_add_up(time_ms):
    hours, minutes, seconds, millis = clock_parts(time_ms)
    assert ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis == time_ms
    assert max(minutes, seconds) < 60
    assert millis < 1000


@pytest.mark.parametrize(
    ("time_ms", "srt", "vtt", "clock"),
    [
        (0, "00:00:00,000", "00:00:00.000", "0:00:00"),
        (3_723_004, "01:02:03,004", "01:02:03.004", "1:02:03"),
        (360_000_000, "100:00:00,000", "100:00:00.000", "100:00:00"),
    ],
)
def test_times_are_written_as_formats_want(time_ms, srt, vtt, clock):
    assert (format_srt_time(time_ms), format_vtt_time(time_ms), format_clock(time_ms)) == (
        srt,
        vtt,
        clock,
    )


def test_negative_time_is_refused():
    with pytest.raises(ValueError, match="negative time: -1 ms"):
        clock_parts(-1)
