"""From bytes to text: which character set a file is in, and how sure that is."""

from __future__ import annotations

import codecs

from attrs import frozen

from headnotes.model import Certainty, Repair

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@frozen(kw_only=True)
class Decoded:
    """A file's text.

    Attributes:
        text: without byte order mark.
        encoding, certainty: how it was read.
        bom: whether the file began with a byte order mark.
        repairs: what could not be read as it stands.
    """

    text: str
    encoding: str
    certainty: Certainty
    bom: bool = False
    repairs: tuple[Repair, ...] = ()


def decode_bytes(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode a file."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(name, "replace")
            return Decoded(text=text, encoding=name, certainty="certain", bom=True)
    try:
        return Decoded(text=data.decode("utf-8"), encoding="utf-8", certainty="certain")
    except UnicodeDecodeError:
        return Decoded(text=data.decode("cp1252", "replace"), encoding="cp1252", certainty="likely")
