"""Diagnostics: what can go wrong in a way the user can put right, and how it reads on one line.

Everything that is wrong with a file, an option or a plugin is an `Issue`. The line for people is
made from it at the edge; programs get its parts. Anything else that is raised is a bug of ours and
keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeVar

from headnotes.text import printable
from headnotes.values import frozen

Value = TypeVar("Value")

Level = Literal["error", "warning", "info"]
"""An error costs something, a warning may; an info names what was put right or left as it is."""

_MOST_CHARS = 400
"""Of each part of a message; what is longer was written by nobody, and nobody would read it."""

_MOST_NAMES = 500


@frozen(kw_only=True)
class Issue:
    """One diagnostic.

    Attributes:
        path: file, option or plugin it is about; no folder above what the user named.
        line: of that file, from 1; 0 where no line is meant.
        key: place within the file, for people: `notes[3].weight`, the id of a note.
        code: slug of this kind of issue; stays the same from version to version.
        level: how grave it is.
        message: what is wrong, with the value as `repr` shows it; lower case, no full stop.
        hint: what to do about it; empty where nothing needs doing.
    """

    path: str = ""
    line: int = 0
    key: str = ""
    code: str
    level: Level = "error"
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """Return it as one line: `path:line: key: message; hint`."""
        where, message, hint = map(_shorten, (self.where, self.message, self.hint))
        line = f"{where}: {message}" if where else message
        return printable(f"{line}; {hint}" if hint else line)

    @property
    def where(self) -> str:
        """Path, line and key in one text: `topic.toml:31: notes[3].weight`; may be empty."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return ": ".join(part for part in (place, self.key) if part)


class HeadnotesError(Exception):
    """Something the user can put right; printed as its issues, without a traceback.

    Attributes:
        issues: one or more; a file is read to the end before it complains.
    """

    def __init__(self, *issues: Issue) -> None:
        super().__init__(*issues)
        self.issues: tuple[Issue, ...] = issues

    def __str__(self) -> str:
        return "\n".join(map(str, self.issues))


class TrackError(HeadnotesError):
    """A file that holds no track we can read, or a track that cannot be written."""


class TopicError(HeadnotesError):
    """A topic or work file with mistakes; all of them at once, each with its line."""


class TermError(HeadnotesError):
    """A term that cannot be understood, or that would match everything."""


class PluginError(HeadnotesError):
    """A plugin that could not be loaded, or that failed while it was asked."""


class UsageError(HeadnotesError):
    """Options or paths that cannot be served as given."""


def _shorten(text: str) -> str:
    """Leave out the middle of what is too long for a message."""
    half = _MOST_CHARS // 2
    return text if len(text) <= _MOST_CHARS else f"{text[:half]} … {text[-half:]}"


def near_name(name: str, known: Sequence[str]) -> str:
    """Return `did you mean 'x'? ` for the known name nearest to a misspelt one, else nothing.

    Where there are more names than anyone knows by heart, only the first ones are compared.
    """
    from difflib import get_close_matches

    near = get_close_matches(name[:_MOST_CHARS], known[:_MOST_NAMES], n=1)
    return f"did you mean {near[0]!r}? " if near else ""


def look_up(name: str, known: Mapping[str, Value], where: str) -> Value:
    """Return what a name stands for.

    Args:
        name: as the user wrote it.
        known: all there is, by name.
        where: the option, the argument or the kind of thing, for the message.

    Raises:
        UsageError: nothing has that name; names that are near and all there are.
    """
    if name not in known:
        hint = f"{near_name(name, list(known))}known: {', '.join(known) or 'none'}"
        raise UsageError(
            Issue(path=where, code="unknown-name", message=f"unknown {name!r}", hint=hint)
        )
    return known[name]
