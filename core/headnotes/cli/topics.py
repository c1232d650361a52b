"""`headnotes topics`: what the topics know."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from headnotes.cli.commands import Command
from headnotes.cli.options import plugin_options
from headnotes.cli.places import open_registry
from headnotes.cli.printing import is_terminal, print_line
from headnotes.issues import look_up
from headnotes.model import LocalText, Topic, Work
from headnotes.text import printable

if TYPE_CHECKING:
    from headnotes.registry import Registry


@click.command("topics", cls=Command, epilog="Example: headnotes topics blutmai --lang de")
@click.argument("topic", metavar="[TOPIC|WORK]", required=False)
@click.option("--lang", default="en", show_default=True, metavar="TAG")
@click.option(
    "--agreement", is_flag=True, help="How far two ratings of its claims agree, and where not."
)
@plugin_options
def command(topic: str | None, lang: str, agreement: bool, topics_dir: tuple[Path, ...]) -> int:  # noqa: FBT001
    """List topics and works, all that a topic knows, or all that a work shows."""
    registry = open_registry(topics_dir)
    for issue in registry.issues:
        print_line(str(issue))
    if agreement:
        lines = _compare(topic, registry, lang)
    elif topic is None:
        lines = [
            _summarise(known_topic, lang, registry.works)
            for known_topic in registry.topics.values()
        ]
        lines += [_summarise_work(work, lang) for work in registry.works.values()]
    else:
        known: dict[str, Topic | Work] = {**registry.works, **registry.topics}
        found = look_up(topic, known, "topic")
        if isinstance(found, Topic) and is_terminal(sys.stdout):
            _render(_page(found, registry, lang))
            return 1 if registry.issues else 0
        lines = (
            _describe_work(found, lang) if isinstance(found, Work) else _page(found, registry, lang)
        )
    for line in lines:
        click.echo(printable(line))
    return 1 if registry.issues else 0


def _summarise(topic: Topic, lang: str, works: Mapping[str, Work]) -> str:
    kinds = Counter(note.kind for note in topic.notes)
    lacking = "" if topic.work in works else " (missing: no note of it will show)"
    terms = (", ".join(topic.authors), topic.licence, topic.homepage)
    return (
        f"{topic.id} {topic.version}: {_local(topic.title, lang)}; {len(topic.notes)} notes"
        f" ({kinds['verdict']} verdicts, {kinds['omission']} omissions,"
        f" {kinds['context']} context),"
        f" {len(topic.sources)} sources, work {topic.work}{lacking}"
        + "".join(f"; {part}" for part in terms if part)
    )


def _summarise_work(work: Work, lang: str) -> str:
    size = "a film" if work.is_film else f"{len(work.episodes)} episodes"
    return (
        f"{work.id}: {_local(work.title, lang)}, a work; {size}, {len(work.depictions)} depictions"
    )


def _describe_work(work: Work, lang: str) -> list[str]:
    lines = [_summarise_work(work, lang), "", "depictions"]
    for depiction in work.depictions:
        anywhere = "" if work.is_film else "any episode"
        episodes = ", ".join(map(str, depiction.episodes)) or anywhere
        place = f" [{episodes}]" if episodes else ""
        lines.append(f"  {depiction.id}{place} {_local(depiction.shown, lang)}")
        lines += [f"    {claim.id}: {_local(claim.text, lang)}" for claim in depiction.claims]
    return lines


def _compare(name: str | None, registry: Registry, lang: str) -> list[str]:
    """Return how far the ratings of one topic agree, or of all on one work and of all together."""
    from headnotes.reports import write_agreement

    topics = registry.topics
    if name is not None:
        topics = {name: look_up(name, registry.topics, "topic")}
    by_work: dict[str, list[Topic]] = {}
    for topic in topics.values():
        by_work.setdefault(topic.work, []).append(topic)
    lines: list[str] = []
    for work, group in by_work.items():
        lines += ["", *write_agreement(group, registry.works.get(work), lang)]
    return lines[1:]


def _render(lines: Iterable[str]) -> None:
    """Print a topic's page as a terminal shows it best; elsewhere it stays Markdown."""
    from rich.console import Console
    from rich.markdown import Markdown

    page = "\n".join(map(printable, lines))
    Console().print(Markdown(page, hyperlinks=False))


def _page(topic: Topic, registry: Registry, lang: str) -> list[str]:
    from headnotes.reports import write_topic_page

    return write_topic_page(topic, lang, registry.works.get(topic.work)).splitlines()


def _local(text: LocalText, lang: str) -> str:
    return text.get(lang) or next(iter(text.values()))
