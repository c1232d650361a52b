"""Change one room in many small ways and see whether its tests notice.

Run it by hand: `pip install -e ".[mutation]"`, then `python tests/mutation/run.py anchoring`
(or `scheduling`, `scoring`). Each change, a *mutant*, is made in memory and tested in a process of
its own, one at a time; no file is touched. What survives is printed; survivors that
no test could tell from the original are listed in `equivalent.toml` with the reason, and do not
count. The exit status is 1 below nine killed of ten.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import resource
import signal
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path

import hypothesis
import pytest
from attrs import frozen
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CORE = ROOT / "core"

TESTS = {
    "anchoring": ("anchoring/test_rules.py", "anchoring", "test_engine.py", "test_recognition.py"),
    "scheduling": (
        *(f"scheduling/test_{name}.py" for name in ("rules", "packing", "placement", "breaks")),
        "scheduling",
    ),
    "scoring": ("scoring",),
}
"""The fast tests of each room, in `tests/core`; those that kill most come first."""

SLOW = ("-k", "not linear_time and not five_hundred")
"""Tests of speed and size tell nothing here, and take the most time."""

WANTED = 0.9
PATIENCE_S = 60
"""A mutant that computes longer than this hangs, which a test run would notice, too.

Time of the processor: on a busy machine nobody is to be taken for killed who only had to wait.
"""

MEMORY = 2 << 30
"""Bytes; one that fills more would fill the machine."""

OPERATORS = (
    *("NumberReplacer", "AddNot", "ReplaceAndWithOr", "ReplaceOrWithAnd", "ZeroIterationForLoop"),
    *("ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "ReplaceBreakWithContinue"),
    *("ReplaceContinueWithBreak", "ReplaceUnaryOperator_Delete_Not"),
    *("ReplaceUnaryOperator_USub_UAdd", "ReplaceUnaryOperator_Delete_USub"),
    *(f"ReplaceBinaryOperator_{change}" for change in ("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul")),
    *(f"ReplaceBinaryOperator_{change}" for change in ("FloorDiv_Mul", "Pow_Mul", "Mod_Mul")),
    *(f"ReplaceComparisonOperator_{change}" for change in ("Lt_LtE", "LtE_Lt", "Lt_GtE", "LtE_Gt")),
    *(f"ReplaceComparisonOperator_{change}" for change in ("Gt_GtE", "GtE_Gt", "Gt_LtE", "GtE_Lt")),
    *(f"ReplaceComparisonOperator_{change}" for change in ("Eq_NotEq", "NotEq_Eq")),
    *(f"ReplaceComparisonOperator_{change}" for change in ("Is_IsNot", "IsNot_Is")),
)
"""One or two ways to change each kind of expression; other operators instead would say no more."""


@frozen(kw_only=True)
class Mutant:
    """One changed module: its file, the changed lines before and after, and its whole text."""

    file: Path
    line: int
    before: str
    after: str
    source: str

    @property
    def name(self) -> tuple[str, str, str]:
        """What `equivalent.toml` knows it by: lines move, their text stays."""
        return self.file.relative_to(CORE / "headnotes").as_posix(), self.before, self.after


def make_mutants(room: str) -> Iterator[Mutant]:
    """Yield all mutants of a room."""
    place = CORE / "headnotes" / room
    for file in sorted(place.glob("*.py")) if place.is_dir() else [place.with_suffix(".py")]:
        code = file.read_text(encoding="utf-8")
        for name in OPERATORS:
            operator = get_operator(f"core/{name}")()
            occurrence = 0
            while (source := mutate_code(code, operator, occurrence)) is not None:
                occurrence += 1
                if mutant := _compare(file, code, source):
                    yield mutant


def _compare(file: Path, code: str, source: str) -> Mutant | None:
    """Find what was changed; nothing where only a definition's own line is empty of meaning."""
    pairs = zip(code.splitlines(), source.splitlines(), strict=False)
    for line, (before, after) in enumerate(pairs, start=1):
        if before != after:
            texts = {"before": before.strip(), "after": after.strip()}
            return Mutant(file=file, line=line, source=source, **texts)
    return None


class Changed(MetaPathFinder, Loader):
    """Imports one module from a changed text."""

    def __init__(self, mutant: Mutant) -> None:
        parts = mutant.file.relative_to(CORE).with_suffix("").parts
        self.module = ".".join(parts).removesuffix(".__init__")
        self.mutant = mutant

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        """Find the changed module, and no other."""
        if name != self.module:
            return None
        is_package = self.mutant.file.name == "__init__.py"
        folders = [str(self.mutant.file.parent)] if is_package else None
        return importlib.util.spec_from_file_location(
            name, self.mutant.file, loader=self, submodule_search_locations=folders
        )

    def create_module(self, spec: ModuleSpec) -> None:
        """Leave making the module to Python."""

    def exec_module(self, module: object) -> None:
        """Run the changed text."""
        exec(compile(self.mutant.source, self.mutant.file, "exec"), module.__dict__)


def is_killed(mutant: Mutant | None, tests: list[str]) -> bool:
    """Whether the tests of a room fail with a mutant (or, for `None`, as they are)."""
    child = os.fork()
    if not child:
        signal.setitimer(signal.ITIMER_PROF, PATIENCE_S)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        if mutant is not None:
            sys.meta_path.insert(0, Changed(mutant))
        options = ("-x", "--noconftest", "--assert=plain", "-p", "no:cacheprovider")
        in_order = ("-n0", "-p", "no:randomly")  # and in this process
        os._exit(int(pytest.main([*options, *in_order, *SLOW, f"--rootdir={ROOT}", *tests]) != 0))
    _, status = os.waitpid(child, 0)
    return status != 0


def read_equivalents() -> set[tuple[str, str, str]]:
    """Read the mutants that no test can kill; the file `*` is any."""
    listed = tomllib.loads((HERE / "equivalent.toml").read_text(encoding="utf-8"))
    return {(entry["file"], entry["before"], entry["after"]) for entry in listed["mutants"]}


def main() -> int:
    """Run the mutants of one room, print what became of them and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("room", choices=TESTS)
    parser.add_argument("--sample", type=int, metavar="N", help="only N mutants")
    parser.add_argument("--seed", type=int, metavar="N", default=0, help="which sample (default 0)")
    parser.add_argument("--file", metavar="NAME", help="only the mutants of one module")
    chosen = parser.parse_args()
    # The same examples for every mutant, and not too many.
    hypothesis.settings.register_profile(
        "mutation", max_examples=25, derandomize=True, database=None, deadline=None
    )
    hypothesis.settings.load_profile("mutation")
    tests = [str(ROOT / "tests" / "core" / name) for name in TESTS[chosen.room]]
    if is_killed(None, tests):
        sys.exit("the tests fail without any change")
    equivalents = read_equivalents()
    mutants = [
        mutant for mutant in make_mutants(chosen.room) if chosen.file in (None, mutant.file.name)
    ]
    if chosen.sample and chosen.sample < len(mutants):
        mutants = random.Random(chosen.seed).sample(mutants, chosen.sample)
    counts: Counter[str] = Counter()
    for mutant in mutants:
        is_equivalent = not equivalents.isdisjoint({mutant.name, ("*", *mutant.name[1:])})
        fate = "equivalent" if is_equivalent else ""
        fate = fate or ("killed" if is_killed(mutant, tests) else "survived")
        counts[fate] += 1
        if fate == "survived":
            where = f"{mutant.file.relative_to(ROOT)}:{mutant.line}"
            print(f"{where}\n  - {mutant.before}\n  + {mutant.after}", flush=True)
    tested = counts["killed"] + counts["survived"]
    share = counts["killed"] / tested if tested else 1.0
    print(f"{chosen.room}: {len(mutants)} mutants, {counts['killed']} killed, ", end="")
    print(f"{counts['survived']} survived, {counts['equivalent']} equivalent; {share:.1%} killed")
    return int(share < WANTED)


if __name__ == "__main__":
    sys.exit(main())
