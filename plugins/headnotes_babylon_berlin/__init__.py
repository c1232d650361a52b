"""Plugin: the work: titles, spoken names and episodes of Babylon Berlin. All of it is data, in `work.toml`."""

from pathlib import Path

from headnotes import hookimpl


@hookimpl
def provide_topics() -> list[Path]:
    """Bring the folder of this plugin."""
    return [Path(__file__).parent]
