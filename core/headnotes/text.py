"""Text from anywhere made harmless for the place it is written to: one function per target.

Names, titles, dialogue and what plugins answer are never trusted. HTML is escaped by jinja2, file
names are made in `filenames`; everything else that escapes or cleans is here.
"""

from __future__ import annotations

import os
import re
from pathlib import PurePath

MADE_WITH = "Made with Headnotes"
"""The mark by which a file that we wrote is known again, wherever its format can bear one."""

_STEERING = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
    "\ufdd0-\ufdef\ufffe\uffff]"
)
"""Control characters but tab and line feed, line separators, bidirectional controls (their effect
would reach beyond the text they stand in), lone surrogates and noncharacters.

Source: Unicode Standard Annex 9, section 2; Unicode Technical Report 36, section 2.5.
"""

_UNLINKED = r"[\s<>\"\\^`{|}]"
"""Characters that a web address must not have. Source: RFC 3986, appendix A."""

_NOT_IN_XML = "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""Source: W3C XML 1.0, 2.2, characters."""

_WORD_JOINER = "\u2060"
"""A character that nobody sees; where a format has no escape, it keeps signs apart."""

_RIGHT_TO_LEFT, _POP = "\u2067", "\u2069"
_NO_ISOLATES = dict.fromkeys(map(ord, _RIGHT_TO_LEFT + _POP))

_INVISIBLE = (
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff"
    "\ufdd0-\ufdef\ufffe\uffff]"
)
"""Steers a terminal or hides from a reader, or is no character at all; JSON itself allows it."""

FORMULA_STARTS = (*"=+-@", "\t", "\r", "\n", *"＝＋－＠")  # noqa: RUF001 - full width on purpose
"""A cell that begins so would be calculated by a spreadsheet; an apostrophe goes before it.

In East Asian settings the full-width signs count as well.

Source: OWASP, "CSV Injection".
"""

_MARKDOWN = r"([\\`*_{}\[\]<>&#|~^$])"

_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "&%$#_{}"},
}
"""Source: Knuth, The TeXbook, chapter 7: the characters that mean something to TeX."""

_LIKE_SRT_MARKUP = (
    # after `<`, `--`, `&`, `\` and `{`, where what follows would make them more than signs; and
    # before the fraction of a time
    r"(?<=<)(?=[/A-Za-z])|(?<=--)(?=>)|(?<=&)(?=[#\w])|(?<=\\)(?=[Nnh])|(?<=\{)(?=[\\\w])"
    r"|(?<=:\d\d)(?=[,.]\d)"
)


def is_file_name(name: str) -> bool:
    """Whether a text can be the name of a file, and cannot lead out of its folder."""
    return PurePath(name).name == name and name not in {"", ".."} and "\0" not in name


def printable(text: str) -> str:
    """Return text that is safe to print on one line of a terminal.

    Control characters, bidirectional overrides and line breaks become visible escapes, so that
    a file name can neither forge a second message nor steer the terminal.
    """
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in text
    )


def show_controls(text: str) -> str:
    r"""Return the text of a report, characters that act instead of being seen as `\uXXXX`.

    Letters, joiners and spaces of all scripts stay, and so do line feeds.
    """
    return re.sub(_STEERING, _show_code, text.replace("\r\n", "\n"))


def is_noncharacter(char: str) -> bool:
    """Whether a code point is set aside never to be a character. Source: Unicode 15.0, 23.7."""
    code = ord(char)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def join_lines(text: str) -> str:
    """Return the text of a report on one line, its controls made visible."""
    return show_controls(" ".join(text.split()))


def web_address(url: str) -> str:
    """Return a web address that may be linked, or nothing: no script, no file, no data."""
    from urllib.parse import urlsplit  # slow to import, and most runs write no address

    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    # an address without a host would lead into the reader's own folders
    is_web = parts.scheme in {"http", "https"} and bool(parts.netloc)
    return url if is_web and url.isprintable() and not re.search(_UNLINKED, url) else ""


def isolate_lines(text: str, line_break: str = "\n") -> str:
    """Return text each of whose lines is set from right to left, whatever stands around it.

    Players take the direction of a line from the file, the system or its first letter; a bracket
    or a year at its edge then jumps to the wrong side. Source: Unicode Standard Annex 9, 2.4.
    """
    return line_break.join(f"{_RIGHT_TO_LEFT}{line}{_POP}" for line in text.split(line_break))


def drop_isolates(text: str) -> str:
    """Return text without what `isolate_lines` put around its lines."""
    return text if text.isascii() else text.translate(_NO_ISOLATES)


def escape_srt(text: str) -> str:
    """Return plain text as SubRip shows it unchanged.

    SubRip has no escapes: a word joiner keeps players from reading a tag, an override, an arrow,
    an entity, or two times as a timing line, for which pysubs2 needs no arrow.
    """
    if not any(sign in text for sign in "<>&\\{:"):  # as in most
        return text
    return re.sub(_LIKE_SRT_MARKUP, _WORD_JOINER, text)


def escape_vtt(text: str) -> str:
    """Return plain text as WebVTT shows it unchanged; markup and arrows become entities.

    Source: W3C WebVTT, 3.1.
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_ass(text: str) -> str:
    r"""Return plain text as ASS shows it unchanged, its line breaks as `\N`.

    libass, which mpv, VLC, Kodi and ffmpeg use, shows an escaped brace. Nothing escapes a
    backslash; a word joiner after it keeps it from making a line break of an `n`.
    """
    escaped = text.replace("\\", f"\\{_WORD_JOINER}").replace("{", r"\{").replace("}", r"\}")
    return escaped.replace("\n", r"\N")


def escape_xml(text: str) -> str:
    """Return text as the content of an XML element, without the characters XML forbids."""
    allowed = re.sub(_NOT_IN_XML, "", text)
    return allowed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_markdown(text: str) -> str:
    """Return text on one line in which no character is markup; never begin a line with it."""
    return re.sub(_MARKDOWN, r"\\\1", join_lines(text))


def escape_tex(text: str) -> str:
    """Return text on one line as TeX sets it unchanged."""
    return "".join(_TEX.get(char, char) for char in join_lines(text))


def escape_workflow(text: str) -> str:
    """Return text as a value of a workflow command of GitHub.

    Source: GitHub Actions, workflow commands.
    """
    return printable(text).replace("%", "%25")


def write_json(value: object, *, indent: int | None = None, is_tight: bool = False) -> str:
    """Return a value as JSON that is safe to print: what cannot be seen is escaped.

    Args:
        value: of plain types.
        indent: by which inner lines are set in; `None` for one line.
        is_tight: whether to leave out spaces between signs.
    """
    import json

    separators = (",", ":") if is_tight else None
    text = json.dumps(
        value, ensure_ascii=False, indent=indent, separators=separators, allow_nan=False
    )
    return re.sub(_INVISIBLE, _show_code, text)


def quote_csv(cell: str) -> str:
    """Return text as a quoted cell that no spreadsheet takes for a formula."""
    shown = show_controls(cell)
    # what calculates must be looked for in the text as it will stand there
    guarded = f"'{shown}" if shown.startswith(FORMULA_STARTS) else shown
    return '"' + guarded.replace('"', '""') + '"'


def quote_shell(text: str) -> str:
    """Return text as one word of a POSIX shell, true to the bytes of a name and safe to print.

    What may not be printed, also bytes that are no text (PEP 383), `printf` writes from octal
    numbers. The shell drops line feeds at the end of what that prints: such a text is refused.

    Raises:
        ValueError: it cannot be written so.
    """
    if "\0" in text or text.endswith("\n"):
        raise ValueError("holds NUL or ends with a line feed")
    if text.isprintable():
        import shlex

        return shlex.quote(text)
    return f"\"$(printf -- '{''.join(map(_write_for_printf, text))}')\""


def _write_for_printf(char: str) -> str:
    if char in "\\%":
        return char * 2
    if char.isprintable() and char != "'":
        return char
    return "".join(f"\\{byte:03o}" for byte in os.fsencode(char))


def escape_ffmetadata(text: str) -> str:
    """Return text as a value of ffmpeg's metadata files.

    A backslash at the end would take the next line for its own, even an escaped one (seen with
    5.1): a word joiner goes between. Source: ffmpeg documentation, "Metadata".
    """
    escaped = re.sub(r"([=;#\\\n])", r"\\\1", text)
    return escaped + _WORD_JOINER if escaped.endswith("\\") else escaped


def _show_code(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
