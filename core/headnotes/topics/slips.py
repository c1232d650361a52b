"""What an author most likely meant where a file is not valid TOML, by the line that fails.

A parser says what it expected; whoever writes prose wants to know which sign is wrong and what to
write instead. Each rule looks at the reason the parser gives and at what stands before and after
the place; the first that fits is shown.
"""

from __future__ import annotations

import re
import unicodedata

import tomli

from headnotes.topics.tables import lists_of_tables
from headnotes.values import NamedTuple


class Slip(NamedTuple):
    """What is wrong with a text that is not valid TOML.

    Attributes:
        line: from 1.
        message: what is wrong.
        hint: what to write instead.
        corrected: the whole text with this slip put right; empty where that is not certain.
    """

    line: int
    message: str
    hint: str
    corrected: str = ""


class _Spot(NamedTuple):
    """Where a parser gave up, and why."""

    reason: str
    text: str
    offset: int
    line: int
    behind: str
    ahead: str

    @property
    def row(self) -> str:
        """The whole line."""
        return self.behind + self.ahead


class _Rule(NamedTuple):
    """One kind of slip: all three patterns must fit; groups fill the gaps of the texts.

    What `ahead` matches is replaced by `instead` where that cannot be wrong.
    """

    reason: str
    behind: str
    ahead: str
    message: str
    hint: str
    instead: str | None = None


_INVISIBLE = "\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\u00ad\ufeff"
_BLANKS = " \u00a0\u202f"
"""What French writes inside its quotes."""
_CURLY = "“”„‟«»‹›‘’‚′″"  # noqa: RUF001  # they are meant

_ENDS = r"(?= *([,\]}#].*)?$)"
_MOST_CHARS = 300
"""On each side of the place; a slip is near it, and a line may be as long as the file."""

_WHOLE = rf"(?=.{{0,{_MOST_CHARS - 1}}}$)"
"""A line of which nothing was cut off."""

_NO_END = r"(Illegal|Found invalid) character '\\n'|Unterminated|Expected \"'\""
"""Why a text in quotes is refused that its line does not end."""

_NO_APOSTROPHE = 'Expected "\'"'

_YES = {"yes": "true", "on": "true", "ja": "true", "no": "false", "off": "false", "nein": "false"}

_RULES = (
    _Rule("", r"", r"(?P<sign><<<<<<<|=======|>>>>>>>)", "{sign} marks a conflict of two versions",
          "keep one version, and drop the lines with <<<<<<<, ======= and >>>>>>>"),
    _Rule("", r"", rf"(?P<hidden>[{_INVISIBLE}])", "an invisible sign ({name})",
          "replace it by a plain space, or delete it", "{space}"),
    _Rule("Invalid value|Expected", r"", rf"(?P<sign>[{_CURLY}])", "{sign} is not a quote of TOML",
          'use straight quotes around a text: "…"'),
    _Rule(_NO_END, rf"(?P<sign>[{_CURLY}])", r"$",
          "{sign} is not a quote of TOML, so the text does not end",
          'use straight quotes around a text: "…"'),
    _Rule("Unescaped|Invalid hex|.*unicode", r"", r"", "a lone backslash",
          r"write \\ for each, or put the text in single quotes: '…'"),
    _Rule("Expected newline", r'"', r'.*"', "a quote inside a text ends the text",
          r'write \" inside, or put the whole in single quotes: ' "'…'"),
    _Rule("Expected newline", r"'", r".*'", "an apostrophe inside a text ends the text",
          'put the text in double quotes: "…"'),
    _Rule(_NO_END, r"", r"$", "a text is not closed in its line",
          'close it with the quote it began with; one of several lines begins and ends with """'),
    _Rule(r"(Illegal|Found invalid) character '\\r'", r"", r"",
          "a line ends with a carriage return alone",
          "save it with the line ends of Unix or Windows"),
    _Rule("Illegal character", r"", r"(?P<hidden>.)", "a control character ({name})", "delete it"),
    _Rule("Invalid value", r"", rf"(?P<word>yes|on|ja|no|off|nein){_ENDS}",
          "{word!r} without quotes", "write {truth}", "{truth}"),
    _Rule("Invalid value", r"", rf"(?P<word>True|TRUE|False|FALSE){_ENDS}",
          "{word!r} with a capital", "write {lower}", "{lower}"),
    _Rule("Invalid value", r"(?P<key>[\w.-]+) *= *", r"(?i:(?P<word>none|null|nil))\b",
          "{word!r} is not a value",
          "leave out the whole line: a key without a value is not written"),
    _Rule("Invalid value", r"(?P<key>[\w.-]+) *= *", r"(#.*)?$", "{key!r} has no value",
          "write one, or drop the line"),
    _Rule("Invalid value", r"^\s*[\w.-]+ *= *",
          rf"{_WHOLE}(?P<word>[^\W\d][^\"=#\\]*)\"(?= *(#.*)?$)",
          "{word!r} without its first quote", 'write "{word}"', '"{word}"'),
    _Rule("Invalid value", r"^\s*[\w.-]+ *= *",
          rf"{_WHOLE}(?P<word>[^\W\d][^\"=#\\]*?) *(#.*)?$",
          "{word!r} without quotes", 'write "{word}"'),
    _Rule("Invalid value", r"^\s*\[\[?", r"\w", "a list above is not closed",
          "write the ] that ends it"),
    _Rule("Invalid value", r"", r"(?P<word>[^\W\d][^\"',\]}#=]*?) *([,\]}#].*)?$",
          "{word!r} without quotes", 'write "{word}"'),
    _Rule("Expected '='", r"\w *", r":", "a colon after a key", "write = instead", " ="),
    _Rule("Expected '='", r"^\s*[-*+] *", r"", "a dash does not begin an item of a list",
          'write a list in brackets: key = ["…", "…"]'),
    _Rule("Expected '='", r"(?P<key>[\w.-]+) *", r"[\"'\[{]|\d", "no = after {key!r}",
          "write {key} = …"),
    _Rule("Expected '='", r"[A-Za-z0-9_-]*", r"(?P<sign>[^\W\d_])",
          "a key of several words, or with a letter beyond a to z",
          "keys are known words; put your own into quotes"),
    _Rule("Expected ']'", r"^\s*(?P<header>\[[\w. \"-]+)", r"", "{header} is not closed",
          "write {header}]"),
    _Rule("Expected ']]'", r"^\s*(?P<header>\[\[[\w. \"-]+)\]?", r"", "{header} is not closed",
          "write {header}]]"),
    _Rule("Expected newline", r"", r"//", "// does not begin a comment", "begin it with #", "#"),
    _Rule("Invalid statement", r"^\s*", r"(//|/\*|--|;|%)", "this does not begin a comment",
          "begin it with #"),
    _Rule("Expected newline", r"= *\d+", r",\d", "a number with a comma",
          "write a whole number, or text in quotes"),
    _Rule("Expected newline", r"", r"\r", "a line ends with a carriage return alone",
          "save it with the line ends of Unix or Windows"),
    _Rule("Expected newline", r"", r"(?P<sign>[;,])(?=\s*(#.*)?$)",
          "{sign!r} at the end of a value", "drop it", ""),
    _Rule("Expected newline", r"", r"(?P<sign>[\]}}])", "one {sign} too many", "drop it"),
    _Rule("Expected newline", r"= *0", r"\d", "a number with a 0 before it", "drop the 0"),
    _Rule("Expected newline", r"= *\d+", r"[-–./]\d", "a number that is not valid",
          'write a span as text: "1929-31"'),
    _Rule("Expected newline", r"", r"\S", "a second statement in one line", "begin a new line"),
    _Rule("Invalid statement", r"^\s*", r"[{<]", "this is a format other than TOML",
          "write key = value, and [[notes]] before each note; `headnotes new` shows how"),
    _Rule("Invalid statement", r"^\s*", r"[-*•–]", "a dash does not begin an item of a list",
          'write a list in brackets: key = ["…", "…"]'),
    _Rule("Invalid statement", r"^\s*", r"",
          "neither a comment, nor a table in brackets, nor key = value",
          "write one of these, or begin the line with #"),
)  # fmt: skip


def find_slip(text: str, error: tomli.TOMLDecodeError) -> Slip:
    """Return the most likely slip in a text that is not valid TOML.

    Args:
        text: that `tomli` refused.
        error: why it did.
    """
    place = _place_of(text.replace("\r\n", "\n"), error)
    for find in (_find_mixed, _find_unclosed, _find_repeated, _match_rules):
        if slip := find(place):
            return slip
    hint = "look for a quote or bracket missing here or in the line above"
    return Slip(place.line, error.msg[:1].lower() + error.msg[1:], hint)


def _place_of(text: str, error: tomli.TOMLDecodeError) -> _Spot:
    offset = min(error.pos, len(text))
    if offset == len(text):  # what fails at the end stands in the last line with something in it
        offset = len(text.rstrip("\n"))
    if error.msg == _NO_APOSTROPHE:  # noticed at the end of the file: none follows the first
        offset = text.rfind("'") + 1 + len(text[text.rfind("'") + 1 :].partition("\n")[0])
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return _Spot(
        reason=error.msg,
        text=text,
        offset=offset,
        line=text.count("\n", 0, offset) + 1,
        behind=text[start:offset][-_MOST_CHARS:],
        ahead=text[offset : len(text) if end < 0 else end][:_MOST_CHARS],
    )


def _match_rules(place: _Spot) -> Slip | None:
    for rule in _RULES:
        if (
            re.match(rule.reason, place.reason)
            and (before := re.search(f"(?:{rule.behind})$", place.behind))
            and (after := re.match(rule.ahead, place.ahead))
        ):
            gaps = before.groupdict() | after.groupdict()
            hidden = gaps.get("hidden", " ")
            gaps["name"] = unicodedata.name(hidden, "").lower() or f"U+{ord(hidden):04X}"
            gaps["lower"] = str(gaps.get("word")).lower()
            gaps["truth"] = _YES.get(gaps["lower"], "")
            gaps["space"] = " " if hidden.isspace() else ""
            gaps.setdefault("sign", after[0][:1])
            corrected = ""
            if rule.instead is not None:
                rest = place.text[place.offset + after.end() :]
                corrected = place.text[: place.offset] + rule.instead.format(**gaps) + rest
            message = rule.message.format(**gaps)
            return Slip(place.line, message, _fill(rule.hint, gaps), corrected)
    return None


def _fill(hint: str, gaps: dict[str, str]) -> str:
    """Fill the gaps of a hint, which may show braces of its own."""
    return re.sub(r"\{(\w+)\}", lambda gap: gaps[gap[1]], hint)


# ------------------------------------------------------------------ quotes in one line

_CLOSERS = "“”«»"
_INNER = r"(?:[^\"“”„‟«»\\]|“[^\"“”„‟«»\\]*”|„[^\"“”„‟«»\\]*[“”]|«[^\"“”„‟«»\\]*»)*?"
"""What quotes enclose; pairs of quotes may stand in it."""

_LONGEST_ROW = 20_000
"""No text is longer, and no longer line is searched for quotes."""

_QUOTED = re.compile(
    r"(?P<before>[=\[,{] *)"
    r"(?:\"(?:[^\"\\]|\\.)*\""
    rf"|(?P<open>[“„‟«»])(?P<inner>{_INNER})[\"{_CLOSERS}]"
    rf"|\"(?P<text>{_INNER})(?P<close>[{_CLOSERS}])"
    r"|(?P<single>‘)(?P<said>[^\"‘\\]*?)[’'])"  # noqa: RUF001
    r"(?= *(?:[,;\]}]|//|#[^\"]*$|$))"
)
"""A text in quotes of any kind, which may be mixed; one in straight quotes has no group."""

_TAIL = re.compile(r" *[;,]? *((#|//).*)?$")
"""What other rules put right after a value."""


def _find_mixed(place: _Spot) -> Slip | None:
    """Find texts in other than straight quotes, one or both, where straight ones put all right."""
    start = place.text.rfind("\n", 0, place.offset) + 1
    whole = place.text[start:].partition("\n")[0]
    if len(whole) > _LONGEST_ROW or not any(sign in whole for sign in _CURLY):
        return None
    row = _QUOTED.sub(_straighten, whole)
    corrected = place.text[:start] + row + place.text[start + len(whole) :]
    if row == whole or not _reads_on(corrected, start + len(row)):
        return None
    found = next(found for found in _QUOTED.finditer(whole) if found[0] != _straighten(found))
    opener = found["open"] or found["single"]
    message = f"{opener or found['close']} is not a quote of TOML"
    message += "" if opener else ", so the text does not end"
    return Slip(place.line, message, 'use straight quotes around a text: "…"', corrected)


def _straighten(found: re.Match[str]) -> str:
    """Return a text in straight quotes, without what French writes inside its own."""
    if not (found["open"] or found["close"] or found["single"]):
        return found[0]
    inner = found["inner"] or found["text"] or found["said"] or ""
    inner = inner.strip(_BLANKS) if found["open"] in ("«", "»") else inner
    return f'{found["before"]}"{inner}"'


def _reads_on(text: str, end: int) -> bool:
    """Whether nothing is wrong before an offset of a text but what other rules put right."""
    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        return error.pos > end or (error.pos < end and bool(_TAIL.match(text[error.pos : end])))
    return True


# ------------------------------------------------------------------ over several lines

_OPENER = re.compile(r"""^[ \t]*[\w."'-]+[ \t]*=[ \t]*[\[{]""", re.MULTILINE)
_NO_LONG_END = "Expected \"'''\""
_LONG_QUOTE = re.compile(r'"""|\'\'\'')
_PLAIN_HEADER = re.compile(r"\s*\[\[?[\w. -]+\]")
_HEADER = re.compile(r"^\s*(?P<open>\[\[?)(?P<name>[^\[\]]+)\]")
_KEY = re.compile(r"""^\s*(?P<key>[\w.-]+|"[^"]*"|'[^']*')\s*=""")


def _find_unclosed(place: _Spot) -> Slip | None:
    """Find lists, tables and long texts without an end: where they begin is where to look."""
    openers = [*_LONG_QUOTE.finditer(place.text)]
    is_long = len([opener for opener in openers if opener[0] == openers[-1][0]]) % 2
    if place.reason.startswith(("Unterminated string", _NO_LONG_END)) and is_long:
        return Slip(
            place.text.count("\n", 0, openers[-1].start()) + 1,
            f"a text that begins with {openers[-1][0]} does not end",
            f"end it with {openers[-1][0]}",
        )
    if not place.reason.startswith(("Unclosed array", "Unclosed inline table")):
        return None
    if re.match(r"""["'\[{]|\w+(?! *=)\b""", place.ahead) and not _PLAIN_HEADER.match(place.row):
        return Slip(place.line, "no comma before this item", "write one after the item above it")
    begins = [opener.start() for opener in _OPENER.finditer(place.text, 0, place.offset)]
    line = place.text.count("\n", 0, begins[-1]) + 1 if begins else place.line
    name, sign = ("list", "]") if "array" in place.reason else ("table", "}")
    return Slip(line, f"a {name} that begins here does not end", f"write the {sign} that ends it")


def _find_repeated(place: _Spot) -> Slip | None:
    """Find keys and tables that are given twice."""
    if not place.reason.startswith(("Cannot overwrite", "Cannot declare", "Cannot mutate")):
        return None
    before = place.text[: place.offset].split("\n")[:-1]
    header, key = _HEADER.match(place.row), _KEY.match(place.row)
    if header:
        slip = _describe_header(header, before, place.line)
        return slip._replace(corrected=_double_brackets(place.text, slip))
    name = key["key"] if key else ""
    for number in range(len(before), 0, -1):
        found = _KEY.match(before[number - 1])
        if found and found["key"] == name:
            message = f"{name!r} is given twice, in line {number} too"
            return Slip(place.line, message, "drop one of them")
        if _HEADER.match(before[number - 1]):
            break
    return Slip(place.line, f"{name!r} has another value already", "drop one of them")


def _describe_header(header: re.Match[str], before: list[str], line: int) -> Slip:
    name = header["name"].strip()
    earlier = [
        (number, found["open"])
        for number, row in enumerate(before, start=1)
        if (found := _HEADER.match(row)) and found["name"].strip() == name
    ]
    if not earlier:
        message = f"[{name}] has a value already"
        return Slip(line, message, "drop the key of this name, or the table")
    number, opener = earlier[-1]
    if opener == header["open"] == "[" and "." in name and name in lists_of_tables():
        message = f"[{name}] is given twice, in line {line} too"
        return Slip(number, message, f"write [[{name}]] before each")
    if header["open"] == "[[" or opener == "[[":
        wrong = number if opener == "[" else line
        message = f"[{name}] in one pair of brackets, and [[{name}]] in two"
        return Slip(wrong, message, f"write [[{name}]] before each")
    if "." not in name:
        message = f"[{name}] is given twice, in line {number} too"
        return Slip(line, message, f"write [[{name}]] before each, if there are several")
    parent = name.rpartition(".")[0]
    message = f"[{name}] is given twice, in line {number} too"
    return Slip(line, message, f"drop one, or write [[{parent}]] before the second")


def _double_brackets(text: str, slip: Slip) -> str:
    """Return a text with two pairs of brackets in the line of a slip, if that is what it lacks."""
    if not slip.hint.endswith("before each"):
        return ""
    rows = text.split("\n")
    rows[slip.line - 1] = re.sub(r"\[([^\[\]]+)\]", r"[[\1]]", rows[slip.line - 1], count=1)
    return "\n".join(rows)
