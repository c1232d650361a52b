"""The page of a topic: all it knows, as Markdown, whatever any track shows of it."""

from __future__ import annotations

from collections.abc import Iterable

from headnotes.languages.messages import Words, choose_local, choose_note_text, load_words
from headnotes.model import Citation, Language, Note, Topic
from headnotes.reports.markdown import escape, write_look, write_source
from headnotes.reports.verdict_styles import look_of


def write_topic_page(topic: Topic, language: Language) -> str:
    """Write a topic's notes, sources and changes.

    Args:
        topic: in the order of its file.
        language: of headings and notes; a note without it comes in a language it has.
    """
    words = load_words(language)
    lines = [
        f"# {escape(choose_local(topic.title, language))}",
        "",
        f"`{topic.id}` {escape(topic.version)} · `{topic.work}` · "
        + words.count("notes", len(topic.notes)),
        "",
        f"## {words.say('page.notes')}",
        "",
    ]
    for note in topic.notes:
        lines += _write_note(note, words, language)
    lines += [f"## {words.say('page.sources')}", ""]
    lines += [
        f'- <a id="{source.id}"></a>`{source.id}`: {write_source(source, words, language)}'
        for source in topic.sources.values()
    ]
    lines += ["", f"## {words.say('page.corrections')}", ""]
    lines += [
        f"- `{one.note}`, {escape(one.version)}: {escape(one.change)} ({escape(one.why)})"
        for one in topic.corrections
    ] or [words.say("no_value")]
    return "\n".join(lines) + "\n"


def _write_note(note: Note, words: Words, language: Language) -> list[str]:
    _, text = choose_note_text(note, language)
    look = write_look(look_of(note.verdict), words)
    lines = [f"### {escape(text.headnote)}", "", f"**{look}** · {_tag(note, words)}", ""]
    told = (("shown", text.shown), ("record", text.record), ("why", text.confidence))
    for key, passage in told:
        if passage:
            lines += [f"*{words.say(f'page.{key}')}:* {escape(passage)}", ""]
    return [*lines, f"*{words.say('page.sources')}:* {_cite(note.citations, words)}", ""]


def _tag(note: Note, words: Words) -> str:
    tags = [f"`{note.id}`", words.say(f"page.weight.{note.weight}")]
    if note.confidence:
        tags.append(words.say(f"page.sure.{note.confidence}"))
    if note.disputed:
        tags.append(words.say("page.disputed"))
    tags += [words.say(f"departures.{departure}") for departure in note.departures]
    tags += map(str, note.episodes)
    if note.spoiler:
        tags.append(words.say("page.spoiler", episode=note.spoiler))
    return " · ".join(tags)


def _cite(citations: Iterable[Citation], words: Words) -> str:
    return "; ".join(
        f"{words.say(f'stances.{one.stance}')} [{one.source}](#{one.source}), {escape(one.at)}"
        for one in citations
    )
