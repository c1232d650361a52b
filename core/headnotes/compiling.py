"""What a wheel brings for its first run: its topics, its languages and its terms, read already.

The build of a wheel calls this with the folders of the plugins that are in it. What is made is what
any run would keep for the next one, in a folder of its own; see `cache`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from headnotes import cache
from headnotes.engine import Engine
from headnotes.languages import all_languages, forget_languages, load_messages
from headnotes.model import Topic, Work
from headnotes.topics import merge_works, read_folder


def bring_entries(folder: Path, plugins: Iterable[Path]) -> list[Path]:
    """Make the entries of a wheel.

    Args:
        folder: for them; made where it is not there.
        plugins: folders with topics and works, in the order of the names of the plugins.

    Returns:
        The files, by name; they are the same wherever and whenever they are made.

    Raises:
        TopicError: a topic or work cannot be read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    forget_languages()  # or they would not be read again
    with cache.making(folder):
        topics: dict[str, Topic] = {}
        parts: list[Work] = []
        for plugin in plugins:
            brought, described = read_folder(plugin)
            topics |= {topic.id: topic for topic in brought}
            parts += described
        works, _ = merge_works(parts)
        Engine(topics, works).prepare()
        for language in all_languages():
            load_messages(language.tag)
    return sorted(folder.iterdir())
