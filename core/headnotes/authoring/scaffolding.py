"""First files of a topic of one's own: small, commented, passing the check, and showing a note.

The texts lie in the folder `scaffold`; here their gaps are filled. Nothing is written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib import metadata
from importlib.resources import files
from string import Template
from types import MappingProxyType

from headnotes.model import Depiction, LocalText, Topic, Work
from headnotes.topics import TOPIC_FILE, WORK_FILE, describe_file

_SCHEMAS: Mapping[str, tuple[str, type[Topic | Work]]] = MappingProxyType(
    {TOPIC_FILE: ("topic.schema.json", Topic), WORK_FILE: ("work.schema.json", Work)}
)
"""The JSON Schema that editors read beside a file, by the file's name."""


def topic_files(name: str, work: Work) -> dict[str, str]:
    """Return the files of a topic that is data alone, by name.

    Args:
        name: a slug, the id of the topic.
        work: what its notes are about.
    """
    return {TOPIC_FILE: _topic_text(name, work), **dict([schema_beside(TOPIC_FILE)])}


def work_files(name: str) -> dict[str, str]:
    """Return the files of a work, by name.

    Args:
        name: a slug, the id of the work.
    """
    text = _fill("work.toml", {"name": name, "title": _quote(_title_of(name))})
    return {WORK_FILE: text, **dict([schema_beside(WORK_FILE)])}


def schema_beside(name: str) -> tuple[str, str]:
    """Return name and text of the schema that editors read beside a file of a name."""
    schema, kind = _SCHEMAS[name]
    return schema, json.dumps(describe_file(kind), ensure_ascii=False, indent=1) + "\n"


def package_files(
    name: str, work: Work, version: str, work_text: str | None = None
) -> dict[str, str]:
    """Return the files of a Python package with a topic, by name with folders.

    Args:
        name: a slug, the id of the topic.
        work: what its notes are about.
        version: of Headnotes, the oldest one the package will run with.
        work_text: the text of the work's file, where no package brings it, so that this one does.
    """
    package = f"headnotes_{name.replace('-', '_')}"
    data = dict([schema_beside(TOPIC_FILE)])
    if work_text is not None:
        data |= {WORK_FILE: work_text, **dict([schema_beside(WORK_FILE)])}
    gaps = {
        "name": name,
        "package": package,
        "project": f"headnotes-{name}",
        "plain_title": _title_of(name),
        "description": _quote(f"{_title_of(name)}: a topic for Headnotes"),
        "work_title": " ".join(_local(work.title).split()),
        "version": version,
    }
    data[TOPIC_FILE] = _topic_text(name, work) + _speak(_fill("coded.toml", gaps), work)
    return {
        "pyproject.toml": _fill("pyproject.toml", gaps),
        "README.md": _fill("readme.md", gaps),
        "LICENSE": _licence_text(),
        ".github/workflows/check.yml": _fill("check.yml", gaps),
        "tests/test_topic.py": _fill("test_topic.py", gaps),
        f"{package}/__init__.py": _fill("init.py", gaps),
        f"{package}/py.typed": "",
        **{f"{package}/{file}": text for file, text in data.items()},
    }


def _licence_text() -> str:
    """Return the licence of Headnotes, under which code that imports it must be given away."""
    text = metadata.distribution("headnotes").read_text("licenses/core/LICENSE")
    return text or "GNU General Public License, version 3 or later: gnu.org/licenses/gpl-3.0\n"


def _topic_text(name: str, work: Work) -> str:
    gaps = {"name": name, "work": work.id, "title": _quote(_title_of(name))}
    text = _fill("head.toml", gaps)
    if work.depictions:
        text += _fill("depicted.toml", {**gaps, **_gaps_of(work.depictions[0])})
    return _speak(text + _fill("anchored.toml", gaps), work)


def _speak(text: str, work: Work) -> str:
    """Return the text of a topic file in English with its tables in the languages of its work.

    A work with an English title is written about in English at first: that is less to fill in.
    """
    tags = ["en"] if "en" in work.title else [*work.title]
    local = re.compile(r'\{ en = ("(?:[^"\\]|\\.)*") \}')
    text = local.sub(
        lambda found: f"{{ {', '.join(f'{tag} = {found[1]}' for tag in tags)} }}", text
    )
    return re.sub(
        r"\[notes\.en\]\n((?:.+\n)+)",
        lambda found: "\n".join(f"[notes.{tag}]\n{found[1]}" for tag in tags),
        text,
    )


def _gaps_of(depiction: Depiction) -> dict[str, str]:
    return {
        "depiction": depiction.id,
        "episodes": json.dumps([*map(str, depiction.episodes)]),
        "shown": _quote(_local(depiction.shown)),
    }


def _fill(name: str, gaps: Mapping[str, str]) -> str:
    template = files("headnotes.authoring") / "scaffold" / f"{name}.txt"
    return Template(template.read_text(encoding="utf-8")).substitute(gaps)


def _title_of(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _local(text: LocalText) -> str:
    return text.get("en") or next(iter(text.values()))


def _quote(text: str) -> str:
    """Write text as TOML does; JSON quotes the same way but for one control character."""
    return re.sub("\x7f", r"\\u007f", json.dumps(text, ensure_ascii=False))
