"""Plugin: secret rearmament and its Soviet bases, all as data in `topic.toml`."""

from pathlib import Path

from headnotes import hookimpl


@hookimpl
def provide_topics() -> list[Path]:
    """Bring the folder of this plugin."""
    return [Path(__file__).parent]
