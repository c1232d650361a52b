"""Templates to pages: escaping, symbols, style sheet, script, and the policy for these alone.

Every value a template shows is made visible by `cleaning` and then escaped for HTML, without
exception; data goes into the page as JSON that cannot end its element. Symbols are drawn, not set
in type: not every font has them. Each stands beside its word.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from headnotes.languages import Messages, direction_of
from headnotes.reports.look import Look
from headnotes.reports.pages.timeline import AREA_PX, AREA_ROW_PX, MARK_PX, MAX_ROWS
from headnotes.reports.sentences import describe_range
from headnotes.reports.view import STYLES, VerdictKey
from headnotes.scoring import SCORED
from headnotes.text import MADE_WITH, show_controls, web_address, write_json
from headnotes.times import SECOND_MS, format_clock

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


REPORT = Look(__package__, scripts=("report.js",))


def render_page(
    name: str,
    messages: Messages,
    *,
    look: Look = REPORT,
    **values: Any,  # noqa: ANN401 - what a template wants
) -> str:
    """Fill a template.

    Args:
        name: of the template, without its ending.
        messages: in the language of the page.
        look: whose templates, style and script.
        values: whatever else the template shows.
    """
    added = "".join(_tighten(_read(look.package, "assets", sheet)) for sheet in look.styles)
    scripts = [_tighten(_read(look.package, "assets", script)) for script in look.scripts]
    style, script = read_style() + added, "\n".join(scripts)
    return render_part(
        name,
        messages,
        package=look.package,
        policy=make_policy(style, script, look.loads),
        made_with=MADE_WITH,
        style=style,
        script=script,
        **values,
    )


def render_part(
    name: str,
    messages: Messages,
    *,
    package: str = __package__,
    **values: Any,  # noqa: ANN401 - what a template wants
) -> str:
    """Fill a template that is less than a page, with the same arguments."""
    template = make_environment(package).get_template(f"{name}.html.jinja")
    return template.render(
        messages=messages,
        message=messages.text,
        describe_range=lambda span: describe_range(span, messages),
        **values,
    )


@cache
def make_environment(package: str) -> jinja2.Environment:
    """Make a room's templates ready: autoescaping, and names that every template may use."""
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: _load_template(package, name)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
        auto_reload=False,  # templates are part of the package
    )
    environment.filters |= {
        "clock": format_clock,
        "seconds": write_seconds,
        "anchor": make_anchor,
        "percent_of": write_percent,
        "direction": direction_of,
    }
    environment.globals |= {
        "every_verdict": tuple(STYLES),
        "draw_symbol": draw_symbol,
        "draw_hatching": draw_hatching,
        "scored": frozenset(SCORED),
        "embed": embed_json,
        "web_address": web_address,
    }
    return environment


def _load_template(package: str, name: str) -> str:
    """Return a template of a room; what it lacks is taken from ours."""
    is_own = (files(package) / "templates" / name).is_file()
    return _read(package if is_own else __package__, "templates", name)


def _finalize(value: object) -> object:
    """Make visible what steers a text; markup of our own has no such characters."""
    return show_controls(value) if type(value) is str else value


def make_anchor(target: str) -> str:
    """Return the link to a place of this page by its id."""
    return "#" + quote(target, safe="/-._~", errors="replace")


def write_seconds(time_ms: int) -> str:
    """Write a time in seconds, as players take it on their command line."""
    return f"{time_ms / SECOND_MS:.3f}".rstrip("0").rstrip(".")


def write_percent(share: float) -> str:
    """Write a share of one as CSS and SVG take it."""
    return f"{share * 100:.2f}".rstrip("0").rstrip(".") + "%"


def embed_json(value: object) -> object:
    """Write data so that it can stand inside a script element and never end it."""
    text = write_json(value, is_tight=True)
    for char, escape in _ESCAPES.items():
        text = text.replace(char, escape)
    return Markup(text)  # noqa: S704 - nothing that markup is made of is left in it


def make_policy(style: str, script: str, loads: Sequence[str] = ()) -> str:
    """Allow this style and this script and nothing else, from nowhere else.

    Args:
        style: of the page.
        script: of the page.
        loads: directives for what else it may load.

    Source: W3C, Content Security Policy Level 3.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "img-src data:",
            *loads,
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def read_style() -> str:
    """Return the whole style sheet."""
    return _tighten(_read(__package__, "assets", "report.css")) + write_rules()


def _tighten(text: str) -> str:
    """Leave out indentation and lines of comment; no text of ours spans lines."""
    lines = map(str.strip, text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))


@cache
def _read(package: str, folder: str, name: str) -> str:
    return (files(package) / folder / name).read_text(encoding="utf-8")


# ------------------------------------------------------------------------------ drawing

_LINE = 'fill="none" stroke="INK" stroke-linecap="round" stroke-linejoin="round"'
_RING = f'<circle r="5.5" {_LINE} stroke-width="1.6"/>'
_GLYPHS: Mapping[VerdictKey, str] = {
    "accurate": '<circle r="5.5" fill="INK"/>',
    "mostly-accurate": f'{_RING}<path d="M0-5.5A5.5 5.5 0 1 1-5.5 0H0Z" fill="INK"/>',
    "mostly-inaccurate": f'{_RING}<path d="M0-5.5A5.5 5.5 0 0 1 5.5 0H0Z" fill="INK"/>',
    "inaccurate": f'<path d="M-4.5-4.5l9 9m0-9l-9 9" {_LINE} stroke-width="2.6"/>',
    "invented": f'<path d="M-5.4 5.4l1-3.8 7.3-7.3 2.8 2.8-7.3 7.3zM1.2-4L4-1.2" {_LINE}'
    ' stroke-width="1.7"/>',
    "unverified": f'<path d="M-3.2-2.4a3.2 3.2 0 1 1 4.7 2.8C.5 1 0 1.5 0 2.5" {_LINE}'
    ' stroke-width="2"/><circle cy="5.6" r="1.3" fill="INK"/>',
    "context": f'<circle cy="-5" r="1.5" fill="INK"/><path d="M0-1.2v6.7" {_LINE}'
    ' stroke-width="2.4"/>',
}
"""Twelve to each side of the middle, `INK` for the colour."""

_HATCHINGS: Mapping[str, str] = {
    "solid": "",
    "dots": '<circle cx="2" cy="2" r="1.2" fill="INK"/><circle cx="6" cy="6" r="1.2" fill="INK"/>',
    "rising": '<path d="M-2 2l4-4M0 8l8-8M6 10l4-4" stroke="INK" stroke-width="1.2"/>',
    "crossed": '<path d="M0 0l8 8M0 8l8-8" stroke="INK" stroke-width="1.2"/>',
    "upright": '<path d="M2 0v8M6 0v8" stroke="INK" stroke-width="1.2"/>',
    "level": '<path d="M0 2h8M0 6h8" stroke="INK" stroke-width="1"/>',
    "falling": '<path d="M-2 6l4 4M0 0l8 8M6-2l4 4" stroke="INK" stroke-width="1.2"/>',
}
"""Eight to a side."""

NARROW = "44rem"
"""Pages up to this width are narrow, here and in the style sheet."""


def draw_symbol(verdict: VerdictKey, *, is_hollow: bool = False) -> str:
    """Return the sign of a verdict as SVG, twelve to each side of the middle.

    Hollow is what is not on screen: a frame of the verdict's colour, its sign in that of the text.
    """
    style = STYLES[verdict]
    frame = f'<rect x="-12" y="-12" width="24" height="24" rx="6" fill="{style.fill}"/>'
    if is_hollow:
        frame = (
            '<rect x="-11" y="-11" width="22" height="22" rx="5" fill="none"'
            f' stroke="{style.fill}" stroke-width="2.5"/>'
        )
    return frame + _GLYPHS[verdict].replace("INK", "currentColor" if is_hollow else style.ink)


def draw_hatching(verdict: VerdictKey) -> str:
    """Return the filling of a verdict's area as SVG, eight to a side, to be repeated."""
    style = STYLES[verdict]
    lines = _HATCHINGS[style.pattern].replace("INK", style.ink)
    return f'<rect width="8" height="8" fill="{style.fill}"/><g opacity=".5">{lines}</g>'


@cache
def write_rules() -> str:
    """Return the style rules that depend on the verdicts, and on the rows of the timeline."""
    rules = [
        f".v.{verdict}::before{{content:url({_as_address(verdict)}) / ''}}"
        f".note.{verdict}{{border-inline-start-color:{style.fill}}}"
        for verdict, style in STYLES.items()
    ]
    rules += [f".areas{{--row:{AREA_ROW_PX}px}}.marks{{--row:{MARK_PX}px}}"]
    rules += [f".strip{{padding-right:{AREA_PX}px}}"]
    rules += [_write_row("w", "wh", row) for row in range(MAX_ROWS + 1)]
    narrow = "".join(_write_row("n", "nh", row) for row in range(MAX_ROWS + 1))
    return "".join(rules) + f"@media (max-width:{NARROW}){{{narrow}}}\n"


def _write_row(place: str, height: str, row: int) -> str:
    end = f"calc({row} * var(--row))"
    return f".{place}{row}{{transform:translateY({end})}}.{height}{row}{{height:{end}}}"


def _as_address(verdict: VerdictKey) -> str:
    image = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" viewBox="-12 -12 24 24">'
        f"{draw_symbol(verdict)}</svg>"
    )
    return f"data:image/svg+xml,{quote(image, safe='/:=-.,')}"
