"""Files we write: complete or absent, inside the folder asked for, never over an input."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType

from headnotes.cli.inputs import true_path
from headnotes.issues import Issue, UsageError


class Outputs:
    """Files on their way into one folder; they appear there together, when all are made.

    Until then they lie in a hidden folder beside their places, so that nothing is seen half
    written and memory holds one file at a time. Leaving the context publishes them, unless an
    exception leaves it: then nothing has changed.
    """

    def __init__(
        self,
        folder: Path,
        inputs: Iterable[Path],
        *,
        is_ours: Callable[[Path], bool] = lambda _: False,
    ) -> None:
        """Prepare a folder.

        Args:
            folder: made if it is not there.
            inputs: files that are read in this run; none of them is ever replaced.
            is_ours: whether an input is an earlier output of ours, which may be replaced.
        """
        self._is_ours = is_ours
        self.folder = folder
        self._inputs = set(map(true_path, inputs))
        self._made: dict[str, str] = {}
        self._staging: Path | None = None

    def __enter__(self) -> Outputs:
        """Begin."""
        return self

    def add(self, name: str, text: str, *, made_from: str) -> Path:
        """Keep a file to be published.

        Args:
            name: a file name, without folders.
            text: its whole content; written as UTF-8 with the line ends it has.
            made_from: name of the input, for messages.

        Returns:
            Where it will be.

        Raises:
            UsageError: another file of this run has the name, it is an input, it would leave the
                folder, or the folder cannot be written.
        """
        place = self.folder / name
        try:
            self._check_place(place, name, made_from)
            with (self._stage() / name).open("w", encoding="utf-8", newline="") as file:
                file.write(text)
        except OSError as error:
            raise self._refusal(error) from error
        self._made[name.casefold()] = made_from
        return place

    def _check_place(self, place: Path, name: str, made_from: str) -> None:
        """Refuse a name that is taken, or whose place belongs to something else."""
        elsewhere = "choose another folder with -o"
        if Path(name).name != name or name in {"", ".."}:
            what, mend = f"{name!r} is no file name", "rename the input"
        # Some file systems take `A.srt` and `a.srt` for one file.
        elif other := self._made.get(name.casefold()):
            what = f"would write {name!r}, and so would {other}"
            mend = "rename one of them, or run twice with two -o folders"
        elif true_path(place) in self._inputs and not self._is_ours(place):
            what, mend = f"would overwrite the input {name!r}", elsewhere
        elif true_path(place).parent != true_path(self.folder):
            what = f"{name!r} is there, a link that leads out of its folder"
            mend = f"remove it, or {elsewhere}"
        elif place.exists() and not place.is_file():
            what, mend = f"{name!r} is there and is no regular file", elsewhere
        else:
            return
        raise UsageError(Issue(path=made_from, code="unsafe-output", message=what, hint=mend))

    def _stage(self) -> Path:
        if self._staging is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._staging = Path(tempfile.mkdtemp(prefix=".headnotes-", dir=self.folder))
        return self._staging

    def _refusal(self, error: OSError) -> UsageError:
        reason = error.strerror or type(error).__name__
        mend = "choose another folder with -o"
        return UsageError(
            Issue(
                path=str(self.folder),
                code="unwritable",
                message=f"cannot be written: {reason}",
                hint=mend,
            )
        )

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Publish what was made, or drop it all where something was raised."""
        if self._staging is None:
            return
        try:
            if kind is None:
                for file in sorted(self._staging.iterdir()):
                    os.replace(file, self.folder / file.name)  # noqa: PTH105 - the same in one word
        except OSError as failed:
            raise self._refusal(failed) from failed
        finally:
            shutil.rmtree(self._staging, ignore_errors=True)


def write_file(path: Path, text: str, inputs: Iterable[Path]) -> None:
    """Write one file, complete or not at all.

    Args:
        path: where.
        text: its whole content.
        inputs: files that are read in this run; none of them is ever replaced.

    Raises:
        UsageError: it cannot be written, or is an input.
    """
    with Outputs(path.parent, inputs) as outputs:
        outputs.add(path.name, text, made_from=path.name)
