"""Feed broken subtitle files to every reader, and stop at anything but `HeadnotesError`.

    python tests/fuzz/fuzz_reading.py [--count 1000000] [--seed 1]     plain random mutations
    python tests/fuzz/fuzz_reading.py --atheris -runs=1000000          guided by coverage

The second way needs `pip install atheris`; what follows `--atheris` goes to libFuzzer. Every input
goes through decoding and recognition, and then to one reader no matter what it was recognised as.
What is read must keep the promises of `Cue`, and be written in every profile without an error; what
is written must be read again with all of its cues.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from headnotes.formats import FORMATS
from headnotes.issues import HeadnotesError
from headnotes.model import Track
from headnotes.profiles import PROFILES, render_profile
from headnotes.tracks import parse_track, read_file_name
from headnotes.tracks.decoding import decode_bytes

SEEDS = tuple(
    text.encode()
    for text in (
        "1\n00:00:01,000 --> 00:00:02,000\nDas weiß ich nicht.\n\n2\n00:00:03,500 --> 00:00:04,000"
        " X1:1 X2:2\n- WOLTER: <i>Nein</i>.\n- [lacht] {\\an8}Doch &amp; ♪\n",
        "WEBVTT - x\n\nSTYLE\n::cue {}\n\nNOTE x\n\na\n00:01.000 --> 00:02.000 line:0\n<v Anna>Ja"
        "</v> <c.b>nein</c>\n\n00:00:03.000 --> 00:00:04.000\n&lt;x&gt;\n",
        "[Script Info]\n; x\n\n[V4+ Styles]\nFormat: Name, Alignment\nStyle: A,8\n\n[Events]\n"
        "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Dialogue: 0,0:00:01.00,0:00:02.00,A,Anna,0,0,0,,{\\i1}Ja{\\p1}m 0 0{\\p0}\\Nnein\n"
        "Comment: 0,0:00:00.00,0:00:00.00,,,0,0,0,,x\n",
        '<?xml version="1.0"?><!-- x --><tt xmlns:ttp="a" ttp:frameRate="24" ttp:tickRate="9">'
        '<head><styling><style id="i" fontStyle="italic"/></styling><layout><region id="r" '
        'origin="1% 2%"/></layout></head><body><div timeContainer="seq" begin="1s"><p dur="2s" '
        'region="r">Ja<br/><span style="i" begin="10t" end="00:00:01:12">nein &amp;</span></p>'
        "</div></body></tt>",
    )
)
WORDS = (
    *(b"-->", b"->", b"\n\n", b"\r\r\n", b"\r", b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1a"),
    *(
        b"00:00:0",
        b"99:99:99,999",
        b"-1",
        b"1" * 30,
        b".",
        b",",
        b":",
        b"\xd9\xa3",
        b"\xe2\x80\x8f",
    ),
    *(b"<", b">", b"<i>", b"{\\", b"}", b"[", b"]", b"(", b")", b"&#x", b"&amp;", b";", b"\\N"),
    *(b"WEBVTT", b"NOTE", b"STYLE", b"Dialogue:", b"Format:", b"[Events]", b"\\p1", b"\\an8"),
    *(b"<tt>", b"</tt>", b"<p begin='1s'>", b"</p>", b"dur='1t'", b"<!--", b"<!DOCTYPE tt"),
    *(b"\xe4\xf6\xfc", b"\xc3", b"\x81\x8d", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xb9\xea"),
)
SLOW_SECONDS = 2.0
COMBINED = [profile for profile in PROFILES if profile.name.startswith("combined")]


def feed(data: bytes) -> None:
    """Send one input through everything that reads."""
    form = FORMATS[data[0] % len(FORMATS)] if data else FORMATS[0]

    def read_as_form() -> Track:
        text = decode_bytes(data).text
        cues, repairs = form.parse(text)
        return Track(
            name="", format=form.name, language=None, cues=cues, repairs=repairs, source=text
        )

    name = data[:40].decode("latin-1").replace("\0", "")
    for read in (lambda: parse_track(data, name), read_as_form):
        try:
            track = read()
        except HeadnotesError:
            continue
        assert track.cues
        assert all(0 <= cue.start_ms <= cue.end_ms for cue in track.cues)
        for profile in COMBINED:
            back = parse_track(render_profile(profile, track, ()).encode("utf-8", "replace"), "")
            # raw text that looks like a timing line may make more of them in SubRip, and a text
            # that was not recognised as what it was read as is recognised as that again
            is_kept = len(back.cues) >= len(track.cues) or read is read_as_form
            assert is_kept, f"{profile.name} lost a cue"
    if len(data) % 97 == 0:  # guessit takes twenty times what reading takes
        read_file_name(Path(data[:60].decode("latin-1").replace("\0", "") or "."))


def mutate(
    dice: random.Random, seeds: Sequence[bytes] = SEEDS, words: Sequence[bytes] = WORDS
) -> bytes:
    """Make one input of seeds, and words to put into them."""
    data = bytearray(dice.choice(seeds))
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(data) + 1)
        match dice.randrange(6):
            case 0:
                data[at:at] = dice.choice(words)
            case 1:
                del data[at : at + dice.randint(1, 12)]
            case 2:
                data[at : at + 1] = dice.randbytes(1)
            case 3:
                other = dice.choice(seeds)
                begin = dice.randrange(len(other))
                data[at:at] = other[begin : begin + dice.randint(1, 80)]
            case 4:
                data[at:at] = bytes(data[at : at + dice.randint(1, 40)]) * dice.randint(1, 4)
            case _:
                del data[dice.randint(at, len(data)) :]
    if dice.randrange(20) == 0:
        wide = data.decode("utf-8", "replace").encode(
            dice.choice(["utf-16", "utf-16-be", "utf-32"])
        )
        return wide[: dice.randint(0, len(wide))]
    return bytes(data)


def run_plainly(count: int, seed: int) -> None:
    """Feed so many random inputs; the same seed makes the same ones."""
    dice = random.Random(seed)
    slowest = 0.0
    for number in range(count):
        data = mutate(dice)
        begun = time.perf_counter()
        try:
            feed(data)
        except BaseException:
            print(f"input {number} of seed {seed}: {data!r}", file=sys.stderr)
            raise
        slowest = max(slowest, time.perf_counter() - begun)
        if slowest > SLOW_SECONDS:
            sys.exit(f"input {number} of seed {seed} took {slowest:.1f} s: {data!r}")
    print(f"{count} inputs of seed {seed}, nothing found; the slowest took {slowest * 1e3:.0f} ms")


def run_guided(arguments: list[str]) -> None:
    """Let atheris look for inputs that reach new code, from the seeds on."""
    import tempfile

    import atheris

    atheris.instrument_all()
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(SEEDS):
            Path(corpus, str(number)).write_bytes(seed)
        atheris.Setup([sys.argv[0], *arguments, corpus], feed)
        atheris.Fuzz()


def main() -> None:
    """Choose the way."""
    if "--atheris" in sys.argv:
        run_guided(sys.argv[sys.argv.index("--atheris") + 1 :])
        return
    import argparse

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    run_plainly(asked.count, asked.seed)


if __name__ == "__main__":
    main()
