"""`headnotes bibliography`: the sources of the topics, for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from headnotes.cli.commands import Command
from headnotes.cli.options import plugin_options
from headnotes.cli.places import open_registry
from headnotes.cli.printing import print_line
from headnotes.issues import look_up
from headnotes.reports import BIBLIOGRAPHY_FORMATS, write_bibliography


@click.command(
    "bibliography", cls=Command, epilog="Example: headnotes bibliography --format bibtex > refs.bib"
)
@click.option("--format", "form", type=click.Choice(BIBLIOGRAPHY_FORMATS), default="csl")
@click.option(
    "--topic",
    multiple=True,
    metavar="ID",
    help="Only the sources of this topic; may be repeated.",
)
@click.option("--lang", default="en", show_default=True, metavar="TAG")
@plugin_options
def command(form: str, topic: tuple[str, ...], lang: str, topics_dir: tuple[Path, ...]) -> int:
    """Export the bibliography of all topics, or of some, as CSL-JSON or BibTeX."""
    registry = open_registry(topics_dir)
    for issue in registry.issues:
        print_line(str(issue))
    chosen = [look_up(name, registry.topics, "--topic") for name in topic]
    text = write_bibliography(chosen or registry.topics.values(), form, lang)
    click.echo(text.encode("utf-8"), nl=False)
    return 1 if registry.issues else 0
