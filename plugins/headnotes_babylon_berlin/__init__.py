"""Plugin: titles, spoken names and episodes of Babylon Berlin, all as data in `work.toml`."""

from pathlib import Path

from headnotes import hookimpl


@hookimpl
def provide_topics() -> list[Path]:
    """Bring the folder of this plugin."""
    return [Path(__file__).parent]
