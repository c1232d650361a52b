"""What is said in a cue, apart from labels, sounds and music notes.

Viewers who cannot hear read who speaks and what sounds; terms must neither match in it nor be
kept apart by it.
"""

from __future__ import annotations

import re

from headnotes.formats.markup import tidy_lines

_NOTED = re.compile(r"[\[(:#*\u2669-\u266f]")
_ASIDE = re.compile(
    r"\[(?P<square>[^\[\]]*)\]|\((?P<round>[^()]*)\)"
    # music notes, and the signs that stand for them at either end of a line
    r"|(?P<music>[\u2669-\u266f]+|(?m:^[#*](?= ))|(?m:(?<= )[#*]$))"
    # what may be a speaker: the start of a line, perhaps behind a dash, up to a colon
    r"|(?m:^)(?P<dash>[-\u2010-\u2015]? ?)(?P<speaker>[^\W\d_][^\n:\[\]]{1,38}):(?=\s|\Z)"
)
_BRACKETED = re.compile(r"\([^()]*\)")
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015 "


def split_spoken(text: str) -> tuple[str, tuple[str, ...]]:
    """Part what is said from what tells who speaks or what sounds.

    Args:
        text: what a viewer reads, lines joined by a newline.

    Returns:
        What is said, and the rest in reading order without brackets and colons. A speaker is
        told by capitals: `WOLTER: Nein.` has one, `Er sagte: Nein.` has none.
    """
    if not _NOTED.search(text):
        return text, ()
    asides: list[str] = []

    def set_aside(found: re.Match[str]) -> str:
        speaker = found["speaker"]
        if speaker is None:
            asides.append(" ".join(found[found.lastgroup or 0].split()))
            return " "
        if not _BRACKETED.sub("", speaker).isupper():
            return found.group()
        asides.append(speaker.strip())
        return found["dash"]

    parted = _ASIDE.sub(set_aside, text)
    if not asides:
        return text, ()
    lines = tidy_lines(parted).split("\n")
    spoken = "\n".join(" ".join(line.split()) for line in lines if line.strip(_DASHES))
    return spoken, tuple(filter(None, asides))
