"""Times of TTML; expected values are worked out by hand from the standard."""

import pytest

from headnotes.formats.ttml_times import TimeRules

VALUES = [
    ("00:00:01.500", {}, 1_500),
    ("00:00:01", {}, 1_000),
    ("01:02:03.25", {}, 3_723_250),
    ("1.5s", {}, 1_500),
    ("1500ms", {}, 1_500),
    ("2m", {}, 120_000),
    ("0.5h", {}, 1_800_000),
    ("12f", {"frameRate": "24"}, 500),
    ("15f", {}, 500),
    ("00:00:01:12", {"frameRate": "24"}, 1_500),
    ("25000000t", {"tickRate": "10000000"}, 2_500),
    ("90t", {"frameRate": "30"}, 3_000),
    ("3t", {}, 3_000),
    ("24f", {"frameRate": "24", "frameRateMultiplier": "1000 1001"}, 1_001),
    ("24f", {"frameRate": "24", "frameRateMultiplier": "1000:1001"}, 1_001),
    # 30 fps counted, 29.97 played: an hour of frame numbers takes 3.6 s longer
    (
        "01:00:00:00",
        {"timeBase": "smpte", "frameRate": "30", "frameRateMultiplier": "1000 1001"},
        3_603_600,
    ),
    # and with drop frame numbers it comes out right but for 3.6 ms
    (
        "01:00:00:00",
        {
            "timeBase": "smpte",
            "frameRate": "30",
            "frameRateMultiplier": "1000 1001",
            "dropMode": "dropNTSC",
        },
        3_599_996,
    ),
    ("00:01:39.500", {"timeBase": "smpte", "frameRate": "25"}, 99_500),
    # nobody who writes fractions counts frames, so nothing is to be made longer
    (
        "01:00:00.500",
        {"timeBase": "smpte", "frameRate": "30", "frameRateMultiplier": "1000 1001"},
        3_600_500,
    ),
    (" 1s ", {}, 1_000),
    ("1:02,5", {}, 62_500),
    ("12", {}, 12_000),
]


@pytest.mark.parametrize(("written", "parameters", "time_ms"), VALUES)
def test_time_values_of_every_kind(written, parameters, time_ms):
    assert TimeRules.of(parameters).read_ms(written) == time_ms


@pytest.mark.parametrize("written", ["", "soon", "1x", "1.2.3.4.5.6", "9" * 18 + "h", "9" * 5_000])
def test_values_that_are_none_are_not_guessed(written):
    assert TimeRules().read_ms(written) is None


@pytest.mark.parametrize("rate", ["0", "-1", "", "x", "9" * 400])
def test_impossible_rates_fall_back_to_the_default(rate):
    parameters = {"frameRate": rate, "tickRate": rate, "frameRateMultiplier": "0 0"}
    assert TimeRules.of(parameters).read_ms("30f") == 1_000
