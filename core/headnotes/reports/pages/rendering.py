"""Templates to pages: escaping, style sheet, script, and the policy that lets only them run.

Every value a template shows is made visible by `cleaning` and then escaped for HTML, without
exception; data goes into the page as JSON that cannot end its element.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from headnotes.reports.json import write_json
from headnotes.reports.pages.drawing import draw_hatching, draw_symbol, write_rules
from headnotes.reports.telling import tell_span
from headnotes.reports.verdict_styles import PAINTS
from headnotes.scoring import SCORED
from headnotes.text import show_controls, web_address
from headnotes.times import SECOND_MS, format_clock

if TYPE_CHECKING:
    from jinja2 import Environment

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def render_page(template: str, **values: Any) -> str:  # noqa: ANN401 - what a template wants
    """Fill a template of this package."""
    style, script = read_style(), _tighten(_read("assets", "report.js"))
    return (
        make_environment()
        .get_template(f"{template}.html.jinja")
        .render(policy=make_policy(style, script), style=style, script=script, **values)
    )


@cache
def make_environment() -> Environment:
    """Make the templates ready: autoescaping, and names that every template may use."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: _read("templates", name)),
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
    }
    environment.globals |= {
        "looks_in_order": tuple(PAINTS),
        "draw_symbol": draw_symbol,
        "draw_hatching": draw_hatching,
        "tell_span": tell_span,
        "scored": frozenset(SCORED),
        "embed": embed_json,
        "web_address": web_address,
    }
    return environment


def _finalize(value: object) -> object:
    """Make visible what steers a text; markup of our own has no such characters."""
    return show_controls(value) if type(value) is str else value


def make_anchor(target: str) -> str:
    """Give the link to a place of this page by its id."""
    return "#" + quote(target, safe="/-._~", errors="replace")


def write_seconds(time_ms: int) -> str:
    """Write a time in seconds, as players take it on their command line."""
    return f"{time_ms / SECOND_MS:.3f}".rstrip("0").rstrip(".")


def write_percent(share: float) -> str:
    """Write a share of one as CSS and SVG take it."""
    return f"{share * 100:.2f}".rstrip("0").rstrip(".") + "%"


def embed_json(value: object) -> object:
    """Write data so that it can stand inside a script element and never end it."""
    from markupsafe import Markup

    text = write_json(value)
    for char, escape in _ESCAPES.items():
        text = text.replace(char, escape)
    return Markup(text)  # noqa: S704 - nothing that markup is made of is left in it


def make_policy(style: str, script: str) -> str:
    """Allow this style and this script and nothing else, from nowhere else.

    Source: W3C, Content Security Policy Level 3.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def read_style() -> str:
    """Give the whole style sheet."""
    return _tighten(_read("assets", "report.css")) + write_rules()


def _tighten(text: str) -> str:
    """Leave out indentation and lines of comment; no text of ours spans lines."""
    lines = map(str.strip, text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))


@cache
def _read(folder: str, name: str) -> str:
    return (files(__package__) / folder / name).read_text(encoding="utf-8")
