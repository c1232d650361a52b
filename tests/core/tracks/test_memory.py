"""Reading holds no file many times over; `tests/benchmarks/memory.py` asks the system at 20 MB."""

import tracemalloc
from fractions import Fraction

import pytest

from headnotes.formats import FORMATS, set_frame_rate
from headnotes.tracks import read_track
from made_files import SHAPES, make_file

FORMS = set_frame_rate(FORMATS, Fraction(25))


@pytest.mark.parametrize("shape", SHAPES)
def test_reading_takes_at_most_ten_times_the_file(shape, tmp_path):
    small, large = tmp_path / "small.en", tmp_path / "large.en"
    small.write_bytes(make_file(shape, 2_000))
    large.write_bytes(make_file(shape, 400_000))
    read_track(small, formats=FORMS)  # what is loaded once is not counted
    tracemalloc.start()
    try:
        track = read_track(large, formats=FORMS)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (track.format, track.repairs) == (shape, ())
    assert peak <= 10 * large.stat().st_size
