"""Files we write: complete or absent, one by one, and never over what is not ours.

A file is written under a hidden name beside its place, forced to the disk, and renamed. What a
killed run leaves behind is known by its name and by the lock that its process no longer holds; the
next run that writes into the folder removes it.
"""

from __future__ import annotations

import fcntl
import os
import re
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from headnotes.cli.inputs import true_path
from headnotes.issues import Issue, UsageError
from headnotes.text import is_file_name

ELSEWHERE = "choose another folder with -o"

_STAGED = r"\.headnotes-[0-9a-f]{16}\.part"
"""So special that no file of anybody else has such a name."""


class Outputs:
    """The files of one run on their way to their places.

    First every name is claimed, then files are published one at a time: a name that two of them
    claim is refused to both, whatever the order, and costs no other file.

    Attributes:
        refused: how many files could not be published.
    """

    def __init__(
        self,
        inputs: Iterable[Path],
        *,
        is_ours: Callable[[Path], bool],
        overwrite: bool = False,
    ) -> None:
        """Prepare a run.

        Args:
            inputs: files that are read in it; none of them is replaced unless it is ours.
            is_ours: whether a file is an earlier output of ours, which may be replaced.
            overwrite: replace other files, too, but never an input.
        """
        self._is_ours = is_ours
        self._overwrite = overwrite
        self._inputs = set(_identify_all(inputs))
        self._claims: dict[str, set[str]] = defaultdict(set)
        self._swept: set[Path] = set()
        self.refused = 0

    def claim(self, place: Path, owner: str) -> None:
        """Announce a file that is to be published.

        Args:
            place: where.
            owner: what it is made from, in words; two owners of one place get nothing.
        """
        self._claims[_fold(place)].add(owner)

    def publish(self, place: Path, text: str, owner: str, elsewhere: str = ELSEWHERE) -> None:
        """Write a file, complete or not at all.

        Args:
            place: where; its folder is made if it is not there.
            text: its whole content; written as UTF-8 with the line ends it has.
            owner: as claimed; a place that nobody has claimed is claimed now.
            elsewhere: what to do where something else is there.

        Raises:
            UsageError: the place is not free, or cannot be written; nothing has changed.
        """
        self.check(place, owner, elsewhere)
        with self._counting_refusals(place):
            self._write(place, text)

    def check(self, place: Path, owner: str, elsewhere: str = ELSEWHERE) -> None:
        """Ask whether a file could be published, without writing it.

        Args:
            place: where.
            owner: as claimed; a place that nobody has claimed is claimed now.
            elsewhere: as for `publish`.

        Raises:
            UsageError: the place is not free; nothing has changed.
        """
        self.claim(place, owner)
        with self._counting_refusals(place):
            self._check(place, owner, elsewhere)

    @contextmanager
    def _counting_refusals(self, place: Path) -> Iterator[None]:
        try:
            yield
        except UsageError:
            self.refused += 1
            raise
        except OSError as error:
            self.refused += 1
            raise _refuse_folder(place.parent, error) from error

    def _check(self, place: Path, owner: str, elsewhere: str) -> None:
        """Refuse a place that several files want, or that is taken by something not ours."""
        if rivals := self._claims[_fold(place)] - {owner}:
            what = f"would write {place.name!r}, and so would {min(rivals)}"
            hint = "rename one of them, or run twice with two -o folders"
            raise _refuse(owner, what, f"{hint}; of a film, --stream reads one track alone")
        try:
            status = place.lstat()
        except FileNotFoundError:
            return
        if stat.S_ISLNK(status.st_mode):
            what, hint = f"{place.name!r} already exists, as a link", f"remove it, or {elsewhere}"
        elif not stat.S_ISREG(status.st_mode):
            what, hint = f"{place.name!r} already exists and is not a regular file", elsewhere
        elif status.st_size == 0 or self._is_ours(place):
            return
        elif _identity(status) in self._inputs:
            what, hint = f"would overwrite the input {place.name!r}", elsewhere
        elif self._overwrite:
            return
        else:
            what = f"{place.name!r} already exists, and Headnotes did not write it"
            hint = f"{elsewhere}, or replace it with --overwrite"
        raise _refuse(owner, what, hint)

    def _write(self, place: Path, text: str) -> None:
        folder = place.parent
        _make_folder(folder)
        if folder not in self._swept:
            _sweep(folder)
            self._swept.add(folder)
        with _stage(folder, _open_file) as (staged, handle):
            with os.fdopen(os.dup(handle), "w", encoding="utf-8", newline="") as file:
                file.write(text)
            is_new = not place.exists()
            if not is_new:
                os.fchmod(handle, stat.S_IMODE(place.stat().st_mode))
            os.fsync(handle)
            _rename(staged, place, is_new=is_new)
        _sync_folder(folder)


def check_name(name: str, made_from: str) -> None:
    """Refuse a name that would lead out of its folder.

    Args:
        name: of a file, without folders.
        made_from: what gave the name, for the message.

    Raises:
        UsageError: it is none.
    """
    if not is_file_name(name):
        raise _refuse(made_from, f"{name!r} is not a file name", "rename the input")


def publish_folder(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write the files of a new folder, all or none.

    Args:
        folder: not there yet.
        files: texts or bytes by file name; a name may have folders.

    Raises:
        OSError: it cannot be written; nothing has changed.
    """
    _make_folder(folder.parent)
    _sweep(folder.parent)
    with _stage(folder.parent, _open_folder) as (staged, _):
        for name, content in files.items():
            file = staged / name
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as opened:
                opened.write(content.encode() if isinstance(content, str) else content)
                opened.flush()
                os.fsync(opened.fileno())
        staged.rename(folder)
    _sync_folder(folder.parent)


def replace_text(file: Path, before: bytes, text: str) -> bool:
    """Replace a file that the user wants changed, with the rights it had.

    Args:
        file: what a link leads to is replaced, not the link.
        before: what it held when it was read.
        text: what it shall hold.

    Returns:
        Whether it was; a file that holds something else by now is left alone.

    Raises:
        OSError: it cannot be written; nothing has changed.
    """
    import shutil  # brings readers of archives along

    place = true_path(file)
    with _stage(place.parent, _open_file) as (staged, handle):
        with os.fdopen(handle, "wb", closefd=False) as opened:
            opened.write(text.encode("utf-8"))
            opened.flush()
            os.fsync(handle)
        shutil.copymode(place, staged)
        if place.read_bytes() != before:
            return False
        staged.replace(place)
    _sync_folder(place.parent)
    return True


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, each forced to the disk."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """Force to the disk which names a folder holds; some file systems cannot, and need not."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)


# ------------------------------------------------------------------------------- staging


@contextmanager
def _stage(folder: Path, open_new: Callable[[Path], int]) -> Iterator[tuple[Path, int]]:
    """Make something hidden and locked, which is gone in the end unless it was renamed.

    The lock lasts as long as the process, so that no other run takes it for dead; one that came
    between the making and the lock may have removed it, and then the next is made.
    """
    while True:
        staged = folder / f".headnotes-{os.urandom(8).hex()}.part"
        handle = open_new(staged)
        with suppress(OSError):  # where nothing can be locked, nothing is taken for dead either
            fcntl.flock(handle, fcntl.LOCK_EX)
        if staged.exists():
            break
        os.close(handle)
    try:
        yield staged, handle
    finally:
        _remove(staged)
        os.close(handle)


def _open_file(staged: Path) -> int:
    return os.open(staged, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666)


def _open_folder(staged: Path) -> int:
    staged.mkdir()
    return os.open(staged, os.O_RDONLY)


def _sweep(folder: Path) -> None:
    """Remove what killed runs have left in a folder: what is hidden and has no lock."""
    for name in os.listdir(folder):  # noqa: PTH208 - names are enough, and there may be many
        if re.fullmatch(_STAGED, name):
            with suppress(OSError):
                _remove_dead(folder / name)


def _remove_dead(staged: Path) -> None:
    handle = os.open(staged, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _remove(staged)
    finally:
        os.close(handle)


def _remove(staged: Path) -> None:
    if staged.is_dir():
        import shutil

        shutil.rmtree(staged)
    else:
        staged.unlink(missing_ok=True)


def _rename(staged: Path, place: Path, *, is_new: bool) -> None:
    """Rename a file to its place; what has come to a free place in the meantime stays there."""
    if is_new:
        try:
            os.link(staged, place)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            pass
        else:
            return
    os.replace(staged, place)  # noqa: PTH105 - the same in one word


def _fold(place: Path) -> str:
    """Return what two places have in common that some file system takes for one."""
    return unicodedata.normalize("NFC", str(true_path(place))).casefold()


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _identify_all(files: Iterable[Path]) -> Iterator[tuple[int, int]]:
    for file in files:
        with suppress(OSError, ValueError):
            yield _identity(file.stat())


def _refuse(path: str, message: str, hint: str) -> UsageError:
    return UsageError(Issue(path=path, code="unsafe-output", message=message, hint=hint))


def _refuse_folder(folder: Path, error: OSError) -> UsageError:
    what = f"cannot be written: {error.strerror or type(error).__name__}"
    return UsageError(Issue(path=str(folder), code="unwritable", message=what, hint=ELSEWHERE))
