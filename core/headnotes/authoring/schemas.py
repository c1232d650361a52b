"""The JSON Schema of topic files, for editors: the fields of the format in their language."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from headnotes.topics.fields import FORMAT, TOPIC

SCHEMA_FILE = "topic.schema.json"


def schema_text() -> str:
    """Give the schema that ships with Headnotes, as the text of a file."""
    return (files("headnotes.authoring") / SCHEMA_FILE).read_text(encoding="utf-8")


def make_schema() -> str:
    """Make the schema from the fields that reading checks against; a test holds it equal."""
    schema: dict[str, Any] = {
        # Draft 7 is the newest one that TOML editors know.
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"Headnotes topic file, format {FORMAT}",
        **TOPIC.schema(),
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
