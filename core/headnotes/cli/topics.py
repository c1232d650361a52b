"""`headnotes topics`: what the topics know."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from headnotes.cli.choices import look_up
from headnotes.cli.messages import say
from headnotes.cli.options import topics_dir_option
from headnotes.errors import printable
from headnotes.model import LocalText, Note, Topic
from headnotes.registry import Registry


@click.command("topics", epilog="Example: headnotes topics blutmai --lang de")
@click.argument("topic", required=False)
@click.option("--lang", default="en", show_default=True, metavar="TAG")
@topics_dir_option
def command(topic: str | None, lang: str, topics_dir: tuple[Path, ...]) -> int:
    """List all topics, or all that one topic knows: notes, sources, changes."""
    registry = Registry(folders=topics_dir)
    for problem in registry.problems:
        say(str(problem))
    if topic is None:
        for one in registry.topics.values():
            click.echo(printable(_summarise(one, lang)))
    else:
        for line in _describe(look_up(topic, registry.topics, "topic"), lang):
            click.echo(printable(line))
    return 1 if registry.problems else 0


def _summarise(topic: Topic, lang: str) -> str:
    kinds = Counter(note.kind for note in topic.notes)
    return (
        f"{topic.id} {topic.version}: {_local(topic.title, lang)}; {len(topic.notes)} notes"
        f" ({kinds['verdict']} verdicts, {kinds['context']} context),"
        f" {len(topic.sources)} sources, work {topic.work}"
    )


def _describe(topic: Topic, lang: str) -> list[str]:
    lines = [_summarise(topic, lang), "", "notes"]
    lines += [f"  {_describe_note(note, lang)}" for note in topic.notes]
    lines += ["", "sources"]
    lines += [
        f"  {source.id}: {', '.join(part for part in (source.author, source.title) if part)}"
        f" ({source.kind}, read {source.read})"
        for source in topic.sources.values()
    ]
    if topic.corrections:
        lines += ["", "corrections"]
        lines += [
            f"  {one.note} since {one.version}: {one.change}; {one.why}"
            for one in topic.corrections
        ]
    return lines


def _describe_note(note: Note, lang: str) -> str:
    text = note.texts.get(lang) or next(iter(note.texts.values()))
    verdict = f"{note.verdict}, {note.confidence} confidence" if note.verdict else "context"
    return f"{note.id} [{verdict}] {text.headnote}"


def _local(text: LocalText, lang: str) -> str:
    return text.get(lang) or next(iter(text.values()))
