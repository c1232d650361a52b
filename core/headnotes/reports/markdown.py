"""The report as Markdown with sources, for a wiki, a class or a pull request.

CommonMark with the tables and footnotes that most renderers know. Every text from outside is
escaped, so that it shows as it is written. Notes that tell of later episodes come last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from attrs import frozen

from headnotes.languages.messages import Words, choose_local, load_words, points
from headnotes.languages.reasons import tell_reasons
from headnotes.model import Language, Outcome, Source
from headnotes.reports.cards import (
    Card,
    Cited,
    list_corrections,
    list_evidence,
    list_sources,
    make_cards,
)
from headnotes.reports.cleaning import join_lines, web_address
from headnotes.reports.headings import head_episode, label_outcomes, title_work
from headnotes.reports.naming import name_files
from headnotes.reports.rollup import roll_up
from headnotes.reports.telling import (
    looks_of,
    tell_definitions,
    tell_differences,
    tell_doubt,
    tell_index,
    tell_movers,
    tell_readings,
    tell_span,
)
from headnotes.reports.verdict_styles import PAINTS, Look
from headnotes.scoring import Score, rate_outcomes, score_ratings
from headnotes.times import format_clock

_MARKUP = re.compile(r"([\\`*_{}\[\]<>&#|~^$])")


@frozen(kw_only=True)
class _Writer:
    """What all parts of a chapter need.

    Attributes:
        notes: footnote labels of the sources, by their ids in the data.
    """

    words: Words
    language: Language
    notes: Mapping[str, str]

    def label(self, key: str) -> str:
        return f"**{escape(self.words.say(key))}:**"


def render_markdown(outcomes: tuple[Outcome, ...], language: Language) -> dict[str, str]:
    """Write one document with a chapter per outcome and, for several, what compares them."""
    words = load_words(language)
    name = name_files(outcomes, ".md")[0] if len(outcomes) == 1 else "headnotes.md"
    lines: list[str] = []
    for number, outcome in enumerate(outcomes, 1):
        lines += _write_chapter(outcome, words, language, f"{number}-" if number > 1 else "")
    if len(outcomes) > 1:
        lines += _compare(outcomes, words, language)
    lines += [f"## {escape(words.say('definitions_title'))}", ""]
    lines += [f"- **{escape(term)}:** {escape(text)}" for term, text in tell_definitions(words)]
    return {name: "\n".join(lines) + "\n"}


def escape(text: str) -> str:
    """Put a text on one line in which no character is markup; never begin a line with it."""
    return _MARKUP.sub(r"\\\1", join_lines(text))


def _write_chapter(outcome: Outcome, words: Words, language: Language, prefix: str) -> list[str]:
    sources = list_sources(outcome)
    notes = {source: f"{prefix}{number}" for number, source in enumerate(sources, 1)}
    writer = _Writer(words=words, language=language, notes=notes)
    work = title_work(outcome, words, language)
    title = words.say("terminal.title", work=work) if outcome.work else work
    lines = [f"# {escape(title)}", "", escape(head_episode(outcome, words, language)), ""]
    lines += _write_score(score_ratings(rate_outcomes([outcome])), words)
    cards = make_cards(outcome, language)
    # Folding is not part of Markdown: what tells too much comes under a heading that warns.
    plain = [card for card in cards if not card.is_spoiler]
    folded = [card for card in cards if card.is_spoiler]
    lines += _write_cards(words.say("page.notes"), plain, writer)
    lines += _write_cards(words.say("page.spoilers"), folded, writer)
    lines += _write_unplaced(outcome, words)
    lines += _write_corrections(outcome, words)
    lines += [
        f"[^{notes[source]}]: {write_source(one, writer.words, writer.language)}"
        for source, one in sources.items()
    ]
    return [*lines, ""]


def _write_score(score: Score, words: Words) -> list[str]:
    lines = [f"## {words.say('score.title')}", ""]
    scored = words.count("scored", score.scored)
    if score.index is None:
        why = words.say("score.none_why", scored=scored)
        lines += [f"**{words.say('score.none')}** ({why})", ""]
    else:
        index = words.say("score.of_100", index=points(score.index))
        few = f" ({words.say('score.few')})" if score.basis == "few" else ""
        lines += [f"**{index}**{few}", ""]
        lines += [f"- {escape(one)}" for one in tell_doubt(score, words)]
        lines += [f"- {tell_readings(score, words)}"]
        if score.movers:
            movers = escape(tell_movers(score, words))
            lines += [f"- {words.say('score.movers')}: {movers}"]
        lines += [""]
    lines += [f"| {words.say('terminal.verdict')} | {words.say('page.notes')} |", "| :--- | ---: |"]
    counts = looks_of(score).items()
    return [*lines, *(f"| {write_look(look, words)} | {count} |" for look, count in counts), ""]


def write_look(look: Look, words: Words) -> str:
    """Write a verdict as its symbol and its word."""
    return f"{PAINTS[look].symbol} {words.say(f'verdicts.{look}')}"


def _write_cards(title: str, cards: Iterable[Card], writer: _Writer) -> list[str]:
    lines = [line for card in cards for line in _write_card(card, writer)]
    return [f"## {escape(title)}", "", *lines] if lines else []


def _write_card(card: Card, writer: _Writer) -> list[str]:
    words, note = writer.words, card.note
    verdict = write_look(card.look, words)
    tags = [card.topic, words.say(f"page.weight.{note.weight}")]
    if note.confidence:
        tags.append(words.say(f"page.sure.{note.confidence}"))
    if note.disputed:
        tags.append(words.say("page.disputed"))
    tags += [words.say(f"departures.{departure}") for departure in note.departures]
    clock = format_clock(card.first.moment.start_ms)
    lines = [f"### {clock} {escape(card.line)}", ""]
    lines += [f"**{verdict}** · {escape(' · '.join(tags))} · `{join_lines(card.id)}`", ""]
    told = (("shown", card.text.shown), ("record", card.text.record), ("why", card.text.confidence))
    for key, text in told:
        if text:
            lines += [f"{writer.label('page.' + key)} {escape(text)}", ""]
    lines += [f"{writer.label('page.evidence')} {_write_evidence(card, words)}", ""]
    if card.cited:
        cited = "; ".join(_write_cited(one, writer) for one in card.cited)
        lines += [f"{writer.label('page.sources')} {cited}", ""]
    return lines


def _write_evidence(card: Card, words: Words) -> str:
    moments = []
    for one in card.moments:
        start, end = (format_clock(ms) for ms in (one.moment.start_ms, one.moment.end_ms))
        span = words.say("range", low=start, high=end)
        found = [
            escape(words.say("quoted", text=part.text))
            + f" ({words.say('page.cue', number=part.cue)})"
            for part in list_evidence(one)
        ]
        moments.append(": ".join(filter(None, (span, ", ".join(found)))))
    return "; ".join(moments)


def _write_cited(one: Cited, writer: _Writer) -> str:
    stance = writer.words.say(f"stances.{one.citation.stance}")
    if one.source is None:
        named = escape(one.id)
    else:
        name = one.source.author or one.source.title
        # A title that tells its year itself is not told it again.
        told = str(one.source.year or "")
        year = f" {escape(told)}" if told and told not in name else ""
        named = f"{escape(name)}{year}[^{writer.notes[one.id]}]"
    at = f", {escape(one.citation.at)}" if one.citation.at else ""
    return f"{stance} {named}{at}"


def write_source(source: Source, words: Words, language: Language) -> str:
    """Write a bibliographic entry as one line of Markdown, with standpoint and reading status."""
    author = f"{escape(source.author)}: " if source.author else ""
    printed = (source.site, source.publisher, source.year, source.pages)
    beside = ", ".join(escape(str(part)) for part in printed if part)
    standing = (
        words.say(f"kinds.{source.kind}"),
        escape(choose_local(source.standpoint, language)),
        words.say(f"read.{source.read}"),
    )
    title = escape(source.title) or words.say("no_value")
    told = f"{author}*{title}*{', ' if beside else ''}{beside}."
    address = web_address(source.url)
    link = f" <{address}>" if address else f" {escape(source.url)}" if source.url else ""
    return f"{told} ({'; '.join(filter(None, standing))}){link}"


def _write_unplaced(outcome: Outcome, words: Words) -> list[str]:
    if not outcome.unplaced:
        return []
    lines = [
        f"- `{missed.topic}/{missed.note.id}`: {escape(tell_reasons(missed.reasons, words))}"
        for missed in outcome.unplaced
    ]
    return [f"## {words.say('terminal.unplaced')}", "", *lines, ""]


def _write_corrections(outcome: Outcome, words: Words) -> list[str]:
    lines = [
        f"- `{topic}/{one.note}`, {escape(one.version)}: {escape(one.change)} ({escape(one.why)})"
        for topic, one in list_corrections(outcome)
    ]
    return [f"## {words.say('page.corrections')}", "", *lines, ""] if lines else []


def _compare(outcomes: tuple[Outcome, ...], words: Words, language: Language) -> list[str]:
    lines: list[str] = []
    for series in roll_up(outcomes):
        part = series.part
        names = label_outcomes(part.outcomes, words)
        title = escape(title_work(part.outcomes[0], words, language))
        heads = ("summary.file", "score.title", "defined.interval", "page.notes")
        lines += [f"## {words.say('summary.title')}: {title}", ""]
        lines += [f"| {' | '.join(map(words.say, heads))} |", "| :--- | ---: | ---: | ---: |"]
        together = words.say("summary.together")
        for name, score in zip((*names, together), (*part.scores, part.score), strict=True):
            span = tell_span(score.interval, words)
            total = sum(looks_of(score).values())
            lines.append(f"| {escape(name)} | {tell_index(score, words)} | {span} | {total} |")
        lines += ["", *map(escape, tell_differences(part.scores, names, words))]
        lines += [words.say("differences.note"), ""]
    return lines
