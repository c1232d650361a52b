"""From bytes to text: a ladder from what is certain to what is likely.

A byte order mark, NULs where UTF-16 and UTF-32 have them, strict UTF-8, then the legacy sets of
`charsets`. Whatever cannot be read stays visible as U+FFFD and is listed; nothing is dropped.
"""

from __future__ import annotations

import codecs
import re

from headnotes.formats import RepairLog, split_lines
from headnotes.issues import Issue, TrackError
from headnotes.model import Certainty
from headnotes.values import NamedTuple

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_EXACT_NAMES = frozenset(name for _, name in _MARKS)
"""Sets in which every text has one way to be written."""
_MARKED_NAMES = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
_TRAIL = (
    "[\x80-\xbf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d"
    "\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
)
"""The bytes that continue a character in UTF-8, as cp1252 shows them."""
# Two to four characters of cp1252 that, as its bytes, are one character of UTF-8.
_DOUBLED = f"[\xc2-\xdf]{_TRAIL}|[\xe0-\xef]{_TRAIL}{{2}}|[\xf0-\xf4]{_TRAIL}{{3}}"
# A text without it has none of these, and one look tells.
_PERHAPS_DOUBLED = f"[\xc2-\xf4]{_TRAIL}"
# One alone may be meant: somebody writes about just that.
_LEAST_DOUBLED = 2
# How Python keeps bytes that are no UTF-8, each as half a surrogate pair.
_STRAY = "[\udc80-\udcff]"
_WIDE_SAMPLE_BYTES = 65_536


class Decoded(NamedTuple):
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
    repairs: tuple[Issue, ...] = ()


def decode_bytes(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode a file.

    Args:
        data: the whole file.
        encoding: a character set known to Python, given by the user; else it is found out.

    Raises:
        TrackError: there is no such character set.

    Source: the ladder of the design, section 9; its order was measured there.
    """
    mark, name = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", ""))
    if encoding is not None:
        return _decode_as_given(data, encoding, mark, name)
    if mark:
        return _undo_double(_decode_loosely(data[len(mark) :], name, "certain", bom=True))
    # before UTF-8: ASCII with NULs between would pass as that
    if wide := _find_wide_charset(data):
        return _decode_loosely(data, wide, "likely")
    try:
        return _undo_double(
            Decoded(text=data.decode("utf-8"), encoding="utf-8", certainty="certain")
        )
    except UnicodeDecodeError:
        return _decode_with_strays(data) or _decode_as_legacy(data)


def _undo_double(decoded: Decoded) -> Decoded:
    """Undo what a program did that took UTF-8 for cp1252 and wrote that as UTF-8 once more.

    Nothing is touched unless nearly all that is not ASCII reads as UTF-8 in this way: no language
    writes `Ã¤` for long. A few texts that were right before may have been joined to it.
    """
    if decoded.text.isascii() or not re.search(_PERHAPS_DOUBLED, decoded.text):
        return decoded
    runs = re.findall(_DOUBLED, decoded.text)
    if len(runs) < _LEAST_DOUBLED:
        return decoded
    wide = sum(map(len, re.findall(r"[^\x00-\x7f\ufeff]+", decoded.text)))
    if sum(map(len, runs)) * 10 < wide * 9:
        return decoded
    text = re.sub(_DOUBLED, _read_double, decoded.text)
    what = f"{len(runs)} characters that were made UTF-8 twice, read as before that"
    line = decoded.text.count("\n", 0, decoded.text.index(runs[0])) + 1
    repair = Issue(line=line, code="double-encoding", level="info", message=what)
    return decoded._replace(text=text, certainty="likely", repairs=(*decoded.repairs, repair))


def _read_double(found: re.Match[str]) -> str:
    """Read characters of cp1252, and those that it lacks, as the UTF-8 they were made from."""
    data = b"".join(
        char.encode("latin-1" if ord(char) < 256 else "cp1252") for char in found.group()
    )
    return data.decode("utf-8", "replace")


def _decode_as_legacy(data: bytes) -> Decoded:
    """Decode a file of a character set from before Unicode."""
    from headnotes.tracks.charsets import guess_charset

    return _decode_loosely(data, *guess_charset(data))


def _decode_as_given(data: bytes, encoding: str, mark: bytes, marked: str) -> Decoded:
    """Decode a file as the user says, without a mark of that character set."""
    try:
        b"  ".decode(encoding, "ignore")  # refuses codecs that do not make text of bytes
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):
        what = f"unknown character set {encoding!r}"
        hint = "use a name such as utf-8, cp1250, cp1252, gb18030"
        raise TrackError(
            Issue(path="--encoding", code="unknown-encoding", message=what, hint=hint)
        ) from None
    if name in _MARKED_NAMES:
        is_same = marked.startswith(name[:6]) if mark else False
        name = marked if is_same else _MARKED_NAMES[name]
    bom = bool(mark) and name == marked
    return _decode_loosely(data[len(mark) :] if bom else data, name, "given", bom=bom)


def _decode_loosely(
    data: bytes, encoding: str, certainty: Certainty, *, bom: bool = False
) -> Decoded:
    """Decode a file of a known character set; what is none of its characters is listed."""
    repairs: tuple[Issue, ...] = ()
    try:
        text = data.decode(encoding)
    except UnicodeError:
        if encoding == "utf-8" and (mixed := _decode_with_strays(data)):
            return Decoded(
                text=mixed.text,
                encoding=encoding,
                certainty=certainty,
                bom=bom,
                repairs=mixed.repairs,
            )
        text = data.decode(encoding, "replace")
        repairs = _list_lines(text, "\ufffd", "undecodable-bytes", f"bytes that {encoding} lacks")
    else:
        if encoding not in _EXACT_NAMES and text.encode(encoding, "replace") != data:
            what = f"characters that {encoding} can write in more than one way"
            repairs = (Issue(line=1, code="ambiguous-bytes", level="info", message=what),)
    return Decoded(text=text, encoding=encoding, certainty=certainty, bom=bom, repairs=repairs)


def _find_wide_charset(data: bytes) -> str | None:
    """Recognise UTF-16 and UTF-32 without a mark by where their NULs are.

    Times and line ends are ASCII, so that a subtitle file of any language has many NULs at one
    place of every unit; runs of NULs in a damaged file lie everywhere.
    """
    sample = data[:_WIDE_SAMPLE_BYTES]
    if b"\0" not in sample:
        return None
    shares = [sample[place::4].count(0) * 4 / len(sample) for place in range(4)]
    # fewer than a fifth: stray NULs of a damaged file
    if max(shares) < 0.2:
        return None
    full = [share > 0.9 for share in shares]
    if full[2:] == [True, True] and not full[0]:
        return "utf-32-le"
    if full[:2] == [True, True] and not full[3]:
        return "utf-32-be"
    low, high = shares[0] + shares[2], shares[1] + shares[3]
    # NULs in both halves of the units alike: a run of them, not UTF-16
    if min(low, high) * 10 > max(low, high):
        return None
    return "utf-16-le" if high > low else "utf-16-be"


def _decode_with_strays(data: bytes) -> Decoded | None:
    """Decode UTF-8 into which a few bytes of another character set have strayed.

    Returns:
        `None` where UTF-8 is not what most of it is. A stray byte is read as cp1252, a sequence
        that breaks off at the end of the file is U+FFFD.
    """
    text = data.decode("utf-8", "surrogateescape")
    stray = len(re.findall(_STRAY, text))
    wide = sum(map(len, re.findall(r"[^\x00-\x7f]+", text))) - stray
    tail = re.search("[\udcc2-\udcf4][\udc80-\udcbf]{0,2}\\Z", text)
    if tail and stray == tail.end() - tail.start():
        text = f"{text[: tail.start()]}\ufffd"
        what = "the file breaks off inside a character"
        return _as_mixed(text, _list_lines(text, "\ufffd", "cut-off-character", what)[-1:])
    # legacy text is valid UTF-8 here and there by chance, but never for the most part
    if wide <= 3 * stray:
        return None
    repairs = _list_lines(text, _STRAY, "stray-bytes", "bytes that are not UTF-8, read as cp1252")
    return _as_mixed(re.sub(_STRAY, _read_stray, text), repairs)


def _as_mixed(text: str, repairs: tuple[Issue, ...]) -> Decoded:
    return Decoded(text=text, encoding="utf-8", certainty="likely", repairs=repairs)


def _read_stray(found: re.Match[str]) -> str:
    return bytes([ord(found.group()) - 0xDC00]).decode("cp1252", "replace")


def _list_lines(text: str, sign: str, kind: str, what: str) -> tuple[Issue, ...]:
    """List the lines in which a pattern is found."""
    repairs = RepairLog()
    for place, line in enumerate(split_lines(text)[0].texts, start=1):
        if re.search(sign, line):
            repairs.add(place, kind, what)
    return repairs.close()
