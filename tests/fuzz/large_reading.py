"""Read large files that are nothing but one awkward thing, at two sizes: time must grow alike.

    python tests/fuzz/large_reading.py [--megabytes 5]

Prints the seconds for a file and for one of twice the size, and their ratio; exit status 1 where
a ratio is above 3 and the time is worth speaking of.
"""

from __future__ import annotations

import argparse
import random
import sys
import time

from headnotes.issues import HeadnotesError
from headnotes.tracks import parse_track

SRT = b"1\n00:00:01,000 --> 00:00:02,000\n"
VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\n"
ASS = b"[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,"
TTML = b"<tt><body><p begin='1s' end='2s'>"
CASES = {
    # what stands before, what fills the file
    **{f"nothing but {fill!r}": (b"", fill) for fill in (b"\0", b"a", b" ", b"\n", b"\r")},
    **{f"nothing but {fill!r}": (b"", fill) for fill in (b"\r\r\n", b"-->", b"-->\n", b"1")},
    **{f"nothing but {fill!r}": (b"", fill) for fill in (b"1:", b"<!-- -->")},
    "clean SubRip": (b"", SRT + b"Ja.\n\n"),
    "SubRip without numbers": (b"", SRT[2:] + b"Ja.\n"),
    "odd times": (b"", b"1:1:1 -> 2:2:2\n"),
    "NULs in dialogue": (b"", SRT + b"\0\0Ja.\n\n"),
    "cp1251": (b"", SRT + "Привет\n\n".encode("cp1251")),
    "bytes of no set": (b"", SRT + b"\x81\x8d\n\n"),
    "stray bytes in UTF-8": (b"", SRT + b"\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xe9\n\n"),
    **{f"cue of {fill!r}": (SRT, fill) for fill in (b"a", b"<", b"<i ", b"{", b"{\\", b"[", b"[(")},
    **{f"cue of {fill!r}": (SRT, fill) for fill in (b"&", b"&a", b"A:", b"A ", b"# ", b"1\n\n")},
    **{f"cue of {fill!r}": (SRT, fill) for fill in (b" \n", b"\xe2\x99\xaa", b"\xef\xbb\xbf")},
    "clean WebVTT": (b"WEBVTT\n\n", VTT[8:] + b"Ja.\n\n"),
    "comments": (VTT, b"Ja.\n\nNOTE\n\n"),
    **{f"WebVTT of {fill!r}": (VTT, fill) for fill in (b"<", b"<v ", b"<c.a", b"<00:")},
    "clean SubStation": (b"[Events]\n", ASS[9:] + b"Ja.\n"),
    "torn lines": (ASS, b"ja\n"),
    "fields": (b"[Events]\nDialogue: ", b"0:,"),
    "Format line": (b"[Events]\nFormat: ", b"a,"),
    **{f"SubStation of {fill!r}": (ASS, fill) for fill in (b"{", b"{\\i1}a", b"\\i1", b"{\\p")},
    "clean TTML": (b"<tt><body>", b"<p begin='1s' end='2s'>Ja.</p>"),
    "styles": (b"<tt><head><styling>", b"<style id='a' style='a a a'/>"),
    **{f"TTML of {fill!r}": (TTML, fill) for fill in (b"<br/>", b"<span>a</span>", b"&", b"<p>")},
    **{f"TTML of {fill!r}": (TTML, fill) for fill in (b"<span begin='1s'>a</span>", b"<!-- -->")},
}
SMALL_SECONDS = 0.3


def take_seconds(data: bytes) -> tuple[float, str]:
    """Read one file and say how long it took and what came of it."""
    begun = time.perf_counter()
    try:
        track = parse_track(data, "a.srt")
        came = f"{track.format}, {len(track.cues)} cues, {len(track.repairs)} repairs"
    except HeadnotesError as error:
        came = str(error)[:80]
    return time.perf_counter() - begun, came


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=5)
    size = parser.parse_args().megabytes << 20
    noise = random.Random(1929).randbytes(2 * size)
    files = {name: start + fill * (2 * size // len(fill)) for name, (start, fill) in CASES.items()}
    files |= {"noise": noise, "high noise": bytes(byte | 128 for byte in noise)}
    failed = False
    for name, data in files.items():
        half, _ = take_seconds(data[:size])
        whole, came = take_seconds(data)
        is_steep = whole > SMALL_SECONDS and whole > 3 * half
        failed |= is_steep
        print(f"{name:28} {half:7.2f} {whole:7.2f}  {'STEEP' if is_steep else '     '}  {came}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
