"""Feed broken input to everything that takes any, and stop at anything that is not foreseen.

    python tests/fuzz/fuzz.py [HARNESS ...] [--seconds 60] [--count N] [--seed 1]
    python tests/fuzz/fuzz.py HARNESS --atheris -runs=1000000            guided by coverage

Without a name all harnesses run, each for so many seconds of processor time, or until so many
inputs are through. The first way mutates seeds at random (`reports` draws whole values from
Hypothesis); what follows `--atheris` goes to libFuzzer. `ffmpeg` reads what we write with ffmpeg's
libraries. For both, `pip install -e ".[fuzz]"`. What was found has become a test.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import seeds
from harnesses import HARNESSES, Harness, world

SLOW_SECONDS = 2.0
"""Of processor time, for one input; none of them has more than a few thousand bytes."""


def mutate(dice: random.Random, begin: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    """Make one input of seeds, and words to put into them."""
    data = bytearray(dice.choice(begin))
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
                other = dice.choice(begin)
                start = dice.randrange(len(other))
                data[at:at] = other[start : start + dice.randint(1, 80)]
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


def run_plainly(name: str, seconds: float, most: int, seed: int) -> None:
    """Feed mutated seeds for so much processor time, or so many of them."""
    harness, dice, count, slowest = HARNESSES[name], random.Random(seed), 0, 0.0
    begun = now = time.process_time()
    while now < begun + seconds and count < most:
        data = mutate(dice, harness.seeds, harness.words)
        before = now
        try:
            harness.feed(data)
        except BaseException:
            print(f"{name}, input {count} of seed {seed}: {data!r}", file=sys.stderr)
            raise
        now = time.process_time()
        slowest = max(slowest, now - before)
        if slowest > SLOW_SECONDS:
            sys.exit(f"{name}, input {count} of seed {seed} took {slowest:.1f} s: {data!r}")
        count += 1
    spent = f"{now - begun:.0f} s, the slowest {slowest * 1e3:.0f} ms"
    print(f"{name}: {count:,} inputs of seed {seed} in {spent}, nothing found", flush=True)


def run_guided(harness: Harness, arguments: list[str]) -> None:
    """Let atheris look for inputs that reach new code, from the seeds on."""
    import atheris

    atheris.instrument_all()
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(harness.seeds):
            Path(corpus, str(number)).write_bytes(seed)
        atheris.Setup([sys.argv[0], *arguments, corpus], harness.feed)
        atheris.Fuzz()


def main() -> None:
    """Choose the way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("harness", nargs="*", help=", ".join(HARNESSES))
    parser.add_argument("--seconds", type=float, default=60, help="of processor time, for each")
    parser.add_argument("--count", type=int, default=sys.maxsize, help="of inputs, for each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--atheris", nargs=argparse.REMAINDER)
    asked = parser.parse_args()
    names = asked.harness or [
        name for name in HARNESSES if name != "ffmpeg" or find_spec("av") is not None
    ]
    world()
    with tempfile.TemporaryDirectory() as made, contextlib.chdir(made):
        Path("a.srt").write_bytes(seeds.SAMPLE)
        os.environ["HOME"] = os.environ["XDG_CONFIG_HOME"] = made  # no settings of this user
        if asked.atheris is not None:
            run_guided(HARNESSES[names[0]], asked.atheris)
            return
        for name in names:
            run_plainly(name, asked.seconds, asked.count, asked.seed)


if __name__ == "__main__":
    main()
