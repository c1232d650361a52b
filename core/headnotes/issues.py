"""What can go wrong in a way the user can mend, and how it is said.

Every message has three parts, in this order: where, what is wrong with the value shown, how to
mend it. Anything else that is raised is a bug of ours and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from headnotes.text import printable

_MOST_CHARS = 400
"""Of each part of a message; what is longer was written by nobody, and nobody would read it."""

_MOST_NAMES = 500


@frozen(kw_only=True)
class Problem:
    """One thing to tell the user, as three parts that read as one line.

    Attributes:
        where: file, place in it, plugin or option; no path above what the user named.
        what: what is wrong, with the value as `repr` shows it; lower case, no full stop.
        mend: what to do about it; may be empty where nothing needs doing.
    """

    where: str
    what: str
    mend: str = ""

    def __str__(self) -> str:
        where, what, mend = map(_shorten, (self.where, self.what, self.mend))
        told = f"{where}: {what}" if where else what
        return printable(f"{told}; {mend}" if mend else told)


class HeadnotesError(Exception):
    """A problem the user can mend; printed as its lines, without a traceback.

    Attributes:
        problems: one or more; a file is read to the end before it complains.
    """

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems: tuple[Problem, ...] = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


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
    """Give `did you mean 'x'? ` for the known name nearest to a misspelt one, or nothing.

    Where there are more names than anyone knows by heart, only the first ones are compared.
    """
    from difflib import get_close_matches

    near = get_close_matches(name[:_MOST_CHARS], known[:_MOST_NAMES], n=1)
    return f"did you mean {near[0]!r}? " if near else ""
