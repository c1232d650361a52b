"""Text from strangers made harmless to look at, before any format escapes it for its markup.

What steers a terminal, a text's direction or a parser becomes visible; letters, joiners and
spaces of all scripts stay.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Control characters but tab and line feed, line separators, bidirectional controls (their effect
would reach beyond the text they stand in), lone surrogates and noncharacters.

Source: Unicode Standard Annex 9, section 2; Unicode Technical Report 36, section 2.5.
"""


_UNLINKED = re.compile(r"[\s<>\"\\^`{|}]")
"""Characters that a web address must not have. Source: RFC 3986, appendix A."""


def show_controls(text: str) -> str:
    r"""Replace characters that act instead of being seen by a visible `\uXXXX`."""
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text.replace("\r\n", "\n"))


def join_lines(text: str) -> str:
    """Put a text on one line, its controls made visible."""
    return show_controls(" ".join(text.split()))


def web_address(url: str) -> str:
    """Give a web address that may be linked, or nothing: no script, no file, no data."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    is_web = parts.scheme in {"http", "https"} and bool(parts.netloc)
    return url if is_web and url.isprintable() and not _UNLINKED.search(url) else ""
