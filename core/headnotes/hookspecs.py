"""What plugins may add: the six hooks that Headnotes calls.

Each docstring is the whole documentation of its hook. Plugins are asked one by one, in the order
of their names, so that it is known who answered, who raised and how long it took. A plugin may
take fewer arguments than a hook offers, never other ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from headnotes.model import (
        Annotation,
        Episode,
        Profile,
        Report,
        Topic,
        Track,
        TrackFormat,
        Work,
    )

PROJECT = "headnotes"
"""Name of the entry point group, and of pluggy's project."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a function as a plugin's answer to the hook of the same name."""

# ------------------------------------------------------------------------- once per run


@hookspec
def provide_topics() -> Iterable[Path | Traversable | Topic | Work] | None:
    """Return the topics and works that the plugin brings.

    When: once per run, before any track is read.
    Order: plugins are asked by name; of two topics with one id the second is left out and named.
    Works of one id are one work, whatever the order.

    Returns:
        Folders (their `topic.toml` and `work.toml` are read), single files of that kind, or
        ready values. `None` or nothing: the plugin brings none.

    If it raises: this plugin is reported as failed and left out, the others run, the exit
    status is 1. The same goes for a file with mistakes: all of them are listed with their lines.

    Example: `plugins/headnotes_blutmai/__init__.py`.
    """


@hookspec
def provide_languages() -> Iterable[Path | Traversable] | None:
    """Return the data files of languages that the plugin brings or corrects.

    When: once per run, before any topic is read.
    Order: plugins are asked by name; a file is laid over what is known of its language, key by
    key, so that of two that say something the later one goes.

    Returns:
        Files named `TAG.toml`, each with the keys of `core/headnotes/languages/en.toml`; a table
        `common_words.TAG.txt` is taken from beside a plain file. `None` or nothing: none. What is
        laid over a language stays for the rest of the process.

    If it raises: this plugin is reported as failed and left out, the others run, the exit
    status is 1. The same goes for a file with mistakes; what it lacks comes in English.

    Example: `tests/volapuk/__init__.py`.
    """


@hookspec
def provide_formats() -> Iterable[TrackFormat] | None:
    """Return the subtitle formats that the plugin can read.

    When: once per run, before any track is read.
    Order: a file goes to the first format that recognises its text; ours come first.

    Returns:
        Formats; `None` or nothing: none.

    If it raises: this plugin is reported as failed and left out, the others run, the exit
    status is 1. A format that fails on one file fails for that file alone.

    Example: `core/headnotes/tracks/__init__.py`, where our own formats answer this hook.
    """


@hookspec
def provide_profiles() -> Iterable[Profile] | None:
    """Return the ways of writing a track that the plugin adds.

    When: once per run, before the options are checked.
    Order: of two profiles with one name the second is left out and named.

    Returns:
        Profiles; `None` or nothing: none.

    If it raises: this plugin is reported as failed and left out, the others run, the exit
    status is 1.

    Example: `core/headnotes/profiles/__init__.py`, where our own profiles answer this hook.
    """


@hookspec
def provide_reports() -> Iterable[Report] | None:
    """Return the kinds of report that the plugin adds.

    When: once per run, before the options are checked.
    Order: of two reports with one name the second is left out and named.

    Returns:
        Reports; `None` or nothing: none.

    If it raises: this plugin is reported as failed and left out, the others run, the exit
    status is 1.

    Example: `core/headnotes/reports/__init__.py`, where our own reports answer this hook.
    """


# ----------------------------------------------------------------------- once per track


@hookspec
def annotate_track(
    track: Track, episode: Episode, topics: Mapping[str, Topic]
) -> Iterable[Annotation] | None:
    """Return what code, rather than terms, finds worth knowing in one track.

    When: once per track, after the terms of all topics have been looked for; not for a track of
    a work that no topic is about, unless notes on any work are wanted.
    Order: plugins are asked by name; annotations are sorted by moment, then topic, then note.

    Args:
        track: frozen; its cues' `text` has no markup, times are milliseconds.
        episode: the work and episode it was recognised as; both may be unknown.
        topics: all topics of this run by id, frozen: the note to attach is usually one of them.

    Returns:
        Annotations whose moments lie inside the track. `None` or nothing: no annotation.

    If it raises: this plugin is reported as failed, the others run, the exit status is 1. An
    annotation outside the track or of an unknown topic is left out and named, and so is one that
    was given before: the same note at the same cues.

    Example: `plugins/headnotes_rearmament/__init__.py`.
    """
