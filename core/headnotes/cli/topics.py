"""`headnotes topics`: what the topics know."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from headnotes.cli.options import look_up, plugin_options
from headnotes.cli.places import open_registry
from headnotes.cli.printing import is_terminal, print_line
from headnotes.model import LocalText, Topic, Work
from headnotes.text import printable


@click.command("topics", epilog="Example: headnotes topics blutmai --lang de")
@click.argument("topic", metavar="[TOPIC|WORK]", required=False)
@click.option("--lang", default="en", show_default=True, metavar="TAG")
@plugin_options
def command(topic: str | None, lang: str, topics_dir: tuple[Path, ...]) -> int:
    """List topics and works, all that a topic knows, or all that a work shows."""
    registry = open_registry(topics_dir)
    for issue in registry.issues:
        print_line(str(issue))
    if topic is None:
        lines = [_summarise(known_topic, lang) for known_topic in registry.topics.values()]
        lines += [_summarise_work(work, lang) for work in registry.works.values()]
    else:
        known: dict[str, Topic | Work] = {**registry.works, **registry.topics}
        found = look_up(topic, known, "topic")
        if isinstance(found, Topic) and is_terminal(sys.stdout):
            _render(found, lang)
            return 1 if registry.issues else 0
        lines = _describe_work(found, lang) if isinstance(found, Work) else _page(found, lang)
    for line in lines:
        click.echo(printable(line))
    return 1 if registry.issues else 0


def _summarise(topic: Topic, lang: str) -> str:
    kinds = Counter(note.kind for note in topic.notes)
    return (
        f"{topic.id} {topic.version}: {_local(topic.title, lang)}; {len(topic.notes)} notes"
        f" ({kinds['verdict']} verdicts, {kinds['omission']} omissions,"
        f" {kinds['context']} context),"
        f" {len(topic.sources)} sources, work {topic.work}"
    )


def _summarise_work(work: Work, lang: str) -> str:
    return (
        f"{work.id}: {_local(work.title, lang)}, a work; {len(work.episodes)} episodes,"
        f" {len(work.depictions)} depictions"
    )


def _describe_work(work: Work, lang: str) -> list[str]:
    lines = [_summarise_work(work, lang), "", "depictions"]
    lines += [
        f"  {depiction.id} [{', '.join(map(str, depiction.episodes)) or 'any episode'}]"
        f" {_local(depiction.shown, lang)}"
        for depiction in work.depictions
    ]
    return lines


def _render(topic: Topic, lang: str) -> None:
    """Print a topic's page as a terminal shows it best; elsewhere it stays Markdown."""
    from rich.console import Console
    from rich.markdown import Markdown

    page = "\n".join(map(printable, _page(topic, lang)))
    Console().print(Markdown(page, hyperlinks=False))


def _page(topic: Topic, lang: str) -> list[str]:
    from headnotes.reports import write_topic_page

    return write_topic_page(topic, lang).splitlines()


def _local(text: LocalText, lang: str) -> str:
    return text.get(lang) or next(iter(text.values()))
