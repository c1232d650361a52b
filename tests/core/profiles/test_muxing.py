import os
import subprocess
from pathlib import PurePosixPath

import pytest

from headnotes.profiles import MuxTrack, mux_commands

VIDEO, OUTPUT = PurePosixPath("in.mkv"), PurePosixPath("out.mkv")


def track(path="notes.srt", language="en", title="Historical notes"):
    return MuxTrack(path=PurePosixPath(path), language=language, title=title)


def test_mkvmerge_flags_the_track_as_commentary():
    command = mux_commands(VIDEO, [track()], OUTPUT)[0]
    assert command == (
        "mkvmerge -o ./out.mkv ./in.mkv --language 0:en --track-name '0:Historical notes' "
        "--default-track-flag 0:no --forced-display-flag 0:no --commentary-flag 0:yes ./notes.srt"
    )


def test_ffmpeg_numbers_the_track_behind_those_there_are():
    command = mux_commands(VIDEO, [track(language="de"), track("b.ass")], OUTPUT)[1]
    assert command.startswith("n=$(ffprobe -v error -select_streams s ")
    assert "-map 0 -map -0:d -map 1 -map 2 -c copy -c:s:$((n+0)) srt" in command
    assert "-metadata:s:s:$((n+0)) language=ger" in command
    assert "-c:s:$((n+1)) ass" in command
    assert command.endswith("-disposition:s:$((n+1)) comment ./out.mkv")


@pytest.mark.parametrize(
    ("path", "count", "option"),
    [("c.xml", 1, "--chapters ./c.xml"), ("c.ffmetadata", 1, "-map_chapters 1")],
)
def test_chapters_go_to_the_program_that_reads_them(path, count, option):
    commands = mux_commands(VIDEO, [track(path)], OUTPUT)
    assert len(commands) == count
    assert option in commands[0]


def test_webvtt_is_left_to_ffmpeg():
    commands = mux_commands(VIDEO, [track("w.vtt")], OUTPUT)
    assert len(commands) == 1
    assert "-c:s:$((n+0)) webvtt" in commands[0]


def test_film_has_one_set_of_chapters():
    tracks = [track(f"{name}.{end}") for end in ("xml", "ffmetadata") for name in ("one", "two")]
    merge, copy = mux_commands(VIDEO, tracks, OUTPUT)
    assert merge == "mkvmerge -o ./out.mkv --chapters ./one.xml ./in.mkv"
    assert "-i ./one.ffmetadata -map 0 -map -0:d -map_chapters 1 -c copy " in copy
    assert "two" not in copy


def test_what_is_for_a_script_goes_into_no_film():
    assert mux_commands(VIDEO, [track("notes.json")], OUTPUT) == ()
    both = [track("notes.json"), track()]
    assert mux_commands(VIDEO, both, OUTPUT) == mux_commands(VIDEO, both[1:], OUTPUT)


@pytest.mark.parametrize(
    ("name", "is_needed"), [("a.MP4", True), ("a.mov", True), ("a.mkv", False)]
)
def test_text_of_films_that_matroska_does_not_take_is_written_anew(name, is_needed):
    command = mux_commands(PurePosixPath(name), [track("b.ass")], OUTPUT)[1]
    assert ("-c copy -c:s srt -c:s:$((n+0)) ass" in command) is is_needed


HOSTILE = ["a b", "it's", '"', "$(touch x)", "`x`", "a\nb", "-rf", "@opt", "x;y", "a:b", "(", "!x"]
HOSTILE += ["\x1b[31m", "100%s", "back\\slash", "a\tb'\\n%", "\udce4.bytes", "Grüße", "\u202eabc"]


def run_in_shell(line):
    """Return what the programs in a line of shell are called with."""
    shown = "printf '%s\\0' \"$@\""
    made = "".join(f"{name}() {{ {shown}; }}; " for name in ("mkvmerge", "ffmpeg"))
    done = subprocess.run(
        ["sh", "-c", f"ffprobe() {{ :; }}; {made}{line}"], capture_output=True, check=True
    )
    return [os.fsdecode(word) for word in done.stdout.split(b"\0")]


@pytest.mark.parametrize("odd", HOSTILE, ids=ascii)
def test_hostile_words_stay_one_word_and_keep_their_bytes(odd):
    one = track(f"{odd}.srt", title=odd)
    merge, copy = mux_commands(PurePosixPath(f"{odd}.mkv"), [one], PurePosixPath(f"{odd}.out.mkv"))
    assert merge.isprintable()
    assert copy.isprintable()
    merged, copied = run_in_shell(merge), run_in_shell(copy)
    assert {f"./{odd}.mkv", f"./{odd}.srt", f"./{odd}.out.mkv", f"0:{odd}"} <= set(merged)
    assert {f"./{odd}.mkv", f"./{odd}.srt", f"title={odd}", f"./{odd}.out.mkv"} <= set(copied)


@pytest.mark.parametrize("odd", ["a\0b", "a\n"])
def test_name_that_no_shell_takes_is_refused(odd):
    with pytest.raises(ValueError, match="NUL"):
        mux_commands(PurePosixPath(odd), [track()], OUTPUT)


def test_odd_language_is_undetermined():
    assert "--language 0:und" in mux_commands(VIDEO, [track(language="x y;")], OUTPUT)[0]
