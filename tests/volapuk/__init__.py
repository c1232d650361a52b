"""A plugin that brings a language: its data file, and nothing in code."""

from pathlib import Path

from headnotes import hookimpl


@hookimpl
def provide_languages():
    return [Path(__file__).with_name("vo.toml")]
