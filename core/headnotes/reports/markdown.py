"""Reports and the pages of topics as Markdown with sources, for a wiki, a class, a pull request.

CommonMark with the tables and footnotes that most renderers know. Every text from outside is
escaped, so that it shows as it is written. Notes stand under their passages; those that give away
later episodes come last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from headnotes.filenames import name_files
from headnotes.languages import Messages, load_messages, points
from headnotes.model import (
    Citation,
    Correction,
    Language,
    Note,
    NoteText,
    Outcome,
    Source,
    Topic,
    Work,
)
from headnotes.reports.played import PlayedPassage, group_cards
from headnotes.reports.rollup import make_member, roll_up
from headnotes.reports.sentences import (
    announce_places,
    describe_choice,
    describe_differences,
    describe_doubt,
    describe_elsewhere,
    describe_ground,
    describe_index,
    describe_presets,
    describe_range,
    describe_rating,
    describe_second,
    describe_standing,
    describe_terms,
    describe_track,
    describe_unplaced,
    describe_withheld,
    head_texts,
    label_episode,
    list_definitions,
    list_movers,
    list_printed,
    list_tags,
    list_topics,
    name_source,
    name_stance,
    name_verdict,
    title_report,
    title_work,
)
from headnotes.reports.view import (
    STYLES,
    Card,
    Cited,
    VerdictKey,
    count_verdicts,
    find_plain_languages,
    list_corrections,
    list_sources,
    make_cards,
    verdict_key,
)
from headnotes.scoring import (
    JudgedClaim,
    Score,
    claims_by_note,
    claims_elsewhere,
    judge_claims,
    score_outcomes,
)
from headnotes.text import MADE_WITH, join_lines, web_address
from headnotes.text import escape_markdown as escape
from headnotes.times import format_clock
from headnotes.values import evolve, frozen


@frozen(kw_only=True)
class _Writer:
    """What all parts of a chapter need.

    Attributes:
        footnotes: labels of the footnotes of the sources, by their ids in the data.
    """

    messages: Messages
    footnotes: Mapping[str, str]

    def label(self, key: str) -> str:
        return f"**{escape(self.messages.text(key))}:**"


def render_markdown(outcomes: tuple[Outcome, ...], language: Language) -> dict[str, str]:
    """Return one document with a chapter per outcome and, for several, what compares them."""
    messages = load_messages(language)
    name = name_files(outcomes, ".md")[0] if len(outcomes) == 1 else "headnotes.md"
    lines: list[str] = []
    for number, outcome in enumerate(outcomes, 1):
        lines += _write_chapter(outcome, messages, f"{number}-" if number > 1 else "")
    if len(outcomes) > 1:
        lines += _compare(outcomes, messages)
    lines += [f"## {escape(messages.text('definitions_title'))}", ""]
    lines += [
        f"- **{escape(term)}:** {escape(meaning)}" for term, meaning in list_definitions(messages)
    ]
    lines += ["", f"<!-- {MADE_WITH} -->"]
    return {name: "\n".join(lines) + "\n"}


def _write_chapter(outcome: Outcome, messages: Messages, prefix: str) -> list[str]:
    sources = list_sources(outcome)
    # labels of a whole document are one list, so those of later chapters carry their number
    footnotes = {source: f"{prefix}{number}" for number, source in enumerate(sources, 1)}
    writer = _Writer(messages=messages, footnotes=footnotes)
    lines = [f"# {escape(title_report(outcome, messages))}", ""]
    lines += [escape(describe_track(outcome, messages)), ""]
    lines += _write_score(score_outcomes([outcome]), outcome, messages)
    lines += [line for said in describe_choice(outcome, messages) for line in (escape(said), "")]
    cards = make_cards(outcome, messages)
    # Folding is not part of Markdown: spoilers come under a heading that warns.
    passages = group_cards(cards, outcome, messages)
    for title, is_spoiler in (("page.notes", False), ("page.spoilers", True)):
        parts = [part for each in passages if (part := _keep_cards(each, is_spoiler=is_spoiler))]
        corrections = _write_corrections(outcome, messages, is_spoiler=True) if is_spoiler else []
        lines += [f"## {escape(messages.text(title))}", ""] if parts or corrections else []
        plain = (card.plain_language for part in parts for card in part.cards)
        lines += _announce_places(plain, messages)
        lines += [line for part in parts for line in _write_passage(part, writer)]
        lines += corrections
    lines += _write_unplaced(outcome, messages)
    lines += _write_corrections(outcome, messages, is_spoiler=False)
    lines += _write_topics(outcome, messages)
    lines += [
        f"[^{footnotes[key]}]: {_write_source(source, messages)}" for key, source in sources.items()
    ]
    return [*lines, ""]


def _write_score(score: Score, outcome: Outcome, messages: Messages) -> list[str]:
    lines = [f"## {messages.text('score.title')}", ""]
    said = describe_ground(score, messages)
    said += describe_elsewhere(claims_elsewhere(outcome), messages)
    ground = [f"- {escape(part)}" for part in said]
    if score.index is None:
        why = escape(describe_withheld(score, messages))
        lines += [f"**{messages.text('score.none')}** ({why})", ""]
        lines += [*ground, ""] if ground else []
    else:
        index = messages.text("score.of_100", index=points(score.index))
        few = f" ({messages.text('score.few')})" if score.basis == "few" else ""
        lines += [f"**{index}**{few}", ""]
        lines += [f"- {escape(part)}" for part in describe_doubt(score, messages)]
        lines += [*ground, f"- {describe_presets(score, messages)}"]
        if score.movers:
            movers = list_movers(score, outcome, messages)
            lines += [f"- {messages.text('score.movers')}:"]
            lines += [f"  - {escape(mover)}" for mover in movers]
        lines += [""]
    if not score.claims:
        return lines
    headings = messages.text("terminal.verdict"), messages.text("summary.claims")
    lines += [f"| {' | '.join(headings)} |", "| :--- | ---: |"]
    counts = count_verdicts(score).items()
    rows = [f"| {_write_verdict(verdict, messages)} | {count} |" for verdict, count in counts]
    return [*lines, *rows, ""]


def _write_verdict(verdict: VerdictKey, messages: Messages) -> str:
    """Write a verdict as its symbol and its name."""
    return f"{STYLES[verdict].symbol} {name_verdict(verdict, messages)}"


# ------------------------------------------------------------------------------ notes


def _keep_cards(passage: PlayedPassage, *, is_spoiler: bool) -> PlayedPassage | None:
    """Return a passage with the cards that are spoilers, or with the others; `None` without any.

    Among spoilers its heading gives away no more than they do.
    """
    cards = tuple(card for card in passage.cards if card.is_spoiler == is_spoiler)
    spoiler = None if is_spoiler else passage.spoiler
    return evolve(passage, cards=cards, spoiler=spoiler) if cards else None


def _write_passage(passage: PlayedPassage, writer: _Writer) -> list[str]:
    span = writer.messages.text(
        "range", low=format_clock(passage.start_ms), high=format_clock(passage.end_ms)
    )
    lines = [f"### {' '.join(filter(None, (span, escape(passage.name))))}", ""]
    lines += [f"{_write_quote(passage, writer.messages)}", ""]
    return lines + [line for card in passage.cards for line in _write_card(card, writer)]


def _write_quote(passage: PlayedPassage, messages: Messages) -> str:
    """Write what is said there, its telling words bold, and how sure the place is."""
    certainty = messages.text(f"page.place.{passage.certainty}")
    if passage.quote is None:
        return certainty
    said = "".join(
        f"**{escape(part)}**" if is_telling else _escape_inside(part)
        for part, is_telling in passage.quote.parts
    )
    others = ", ".join(map(escape, passage.quote.others))
    also = f"; {messages.text('page.also')} {others}" if others else ""
    return f"{messages.text('quoted', text=said)} ({certainty}{also})"


def _escape_inside(text: str) -> str:
    """Escape a piece of a text, and keep a space at its ends."""
    # what escapes a line strips it, and the words beside would run together
    before, after = " " * text.startswith(" "), " " * text.endswith(" ")
    return f"{before}{escape(text)}{after}" if text.strip() else " "


def _write_card(card: Card, writer: _Writer) -> list[str]:
    messages = writer.messages
    verdict = _write_verdict(card.verdict, messages)
    tags = " · ".join(list_tags(card, messages))
    lines = [f"#### {escape(card.line)}", ""]
    lines += [f"**{verdict}** · {escape(tags)} · `{join_lines(card.id)}`", ""]
    if card.sentence:
        claim = escape(card.sentence)
        lines += [f"{writer.label('page.claim')} {claim}", ""]
    for key, text in _list_texts(card.text):
        lines += [f"{writer.label(key)} {escape(text)}", ""]
    if card.second:
        said = describe_second(card.second, messages)
        second = escape(f"{said} {messages.local(card.second.reason)}")
        lines += [f"{writer.label('page.second')} {second}", ""]
    if card.cited:
        cited = "; ".join(_write_cited(citation, writer) for citation in card.cited)
        lines += [f"{writer.label('page.sources')} {cited}", ""]
    return lines


def _list_texts(text: NoteText) -> list[tuple[str, str]]:
    """Return the texts of a note that are not empty, each with the key of its heading."""
    texts = {"page.shown": text.shown, "page.record": text.record, "page.why": text.confidence}
    return [(key, part) for key, part in texts.items() if part]


def _write_cited(cited: Cited, writer: _Writer) -> str:
    citation, source = cited.citation, cited.source
    if source is None:
        name = escape(cited.id)
    else:
        name = f"{escape(name_source(source))}[^{writer.footnotes[cited.id]}]"
    at = f", {escape(citation.at)}" if citation.at else ""
    return f"{name_stance(citation, writer.messages)} {name}{at}"


def _write_source(source: Source, messages: Messages) -> str:
    """Write a bibliographic entry in one line, with standpoint and reading status."""
    author = f"{escape(source.author)}: " if source.author else ""
    title = escape(source.title) or messages.text("no_value")
    beside = "".join(f", {escape(part)}" for part in list_printed(source))
    standing = "; ".join(map(escape, describe_standing(source, messages)))
    address = web_address(source.url)
    link = f" <{address}>" if address else f" {escape(source.url)}" if source.url else ""
    return f"{author}*{title}*{beside}. ({standing}){link}"


def _write_unplaced(outcome: Outcome, messages: Messages) -> list[str]:
    if not outcome.unplaced:
        return []
    lines = [f"- {escape(describe_unplaced(item, outcome, messages))}" for item in outcome.unplaced]
    return [f"## {messages.text('terminal.unplaced')}", "", *lines, ""]


def _write_corrections(outcome: Outcome, messages: Messages, *, is_spoiler: bool) -> list[str]:
    corrections = list_corrections(outcome, is_spoiler=is_spoiler)
    lines = [
        _write_correction(correction, f"{topic}/{correction.note}")
        for topic, correction in corrections
    ]
    languages = find_plain_languages(outcome.topics, messages)
    heading = head_texts(
        "page.corrections", [languages[topic] for topic, _ in corrections], messages
    )
    level = "###" if is_spoiler else "##"
    return [f"{level} {heading}", "", *lines, ""] if lines else []


def _announce_places(languages: Iterable[Language], messages: Messages) -> list[str]:
    """Write in which languages places in sources are given, where not in the reader's."""
    announced = announce_places(languages, messages)
    return [escape(announced), ""] if announced else []


def _write_correction(correction: Correction, name: str) -> str:
    version, change, why = map(escape, (correction.version, correction.change, correction.why))
    return f"- `{name}`, {version}: {change} ({why})"


def _write_topics(outcome: Outcome, messages: Messages) -> list[str]:
    """Write whose the topics are that say so."""
    lines = [
        f"- **{escape(messages.local(topic.title))}** {escape(topic.version)}: {terms}"
        for topic in list_topics(outcome)
        if (terms := _write_terms(topic))
    ]
    return [f"## {messages.text('page.topics')}", "", *lines, ""] if lines else []


def _write_terms(topic: Topic) -> str:
    """Write whose a topic is, on what terms it may be used, and where it is kept."""
    terms = [*map(escape, describe_terms(topic))]
    if web_address(topic.homepage):
        terms.append(f"<{topic.homepage}>")
    return " · ".join(terms)


# ------------------------------------------------------------------------------ comparison


def _compare(outcomes: tuple[Outcome, ...], messages: Messages) -> list[str]:
    lines: list[str] = []
    for series in roll_up(map(make_member, outcomes)):
        part = series.part
        names = [label_episode(episode, messages) for episode in series.episodes]
        scores = [episode.score for episode in series.episodes]
        title = escape(title_work(part.outcomes[0], messages))
        headings = ("summary.file", "score.title", "defined.interval", "summary.found")
        lines += [f"## {messages.text('summary.title')}: {title}", ""]
        lines += [f"| {' | '.join(map(messages.text, headings))} |"]
        lines += ["| :--- | ---: | ---: | ---: |"]
        together = messages.text("summary.together")
        for name, score in zip((*names, together), (*scores, part.score), strict=True):
            span = describe_range(score.interval, messages)
            found = messages.text("page.of", number=score.found, all=score.claims)
            index = describe_index(score, messages)
            lines.append(f"| {escape(name)} | {index} | {span} | {found} |")
        lines += ["", *map(escape, describe_differences(scores, names, messages))]
        lines += [messages.text("differences.note"), ""]
    return lines


# ------------------------------------------------------------------------------ topics


def write_topic_page(topic: Topic, language: Language, work: Work | None = None) -> str:
    """Write all that a topic knows: questions, notes, sources, further reading, changes.

    Args:
        topic: in the order of its file.
        language: of headings and notes; a note without it comes in a language it has.
        work: brings the claims that notes judge; `None`: only those that the topic brings.
    """
    messages = load_messages(language)
    plain = find_plain_languages({topic.id: topic}, messages).values()
    size = messages.plural("notes", len(topic.notes))
    lines = [f"# {escape(messages.local(topic.title))}", ""]
    lines += [f"`{topic.id}` {escape(topic.version)} · `{topic.work}` · {size}", ""]
    terms = _write_terms(topic)
    lines += [terms, ""] if terms else []
    if topic.questions:
        lines += [f"## {messages.text('page.questions')}", ""]
        lines += [*_write_questions(topic, messages), ""]
    lines += [f"## {messages.text('page.notes')}", "", *_announce_places(plain, messages)]
    claims = claims_by_note(judge_claims(work, {topic.id: topic}))
    for note in topic.notes:
        lines += _write_note(note, claims.get((topic.id, note.id)), messages)
    lines += _write_bibliography(topic, messages)
    corrections = [_write_correction(item, item.note) for item in topic.corrections]
    heading = head_texts("page.corrections", plain if corrections else (), messages)
    lines += [f"## {heading}", "", *(corrections or [messages.text("no_value")])]
    return "\n".join(lines) + "\n"


def _write_questions(topic: Topic, messages: Messages) -> Iterator[str]:
    lines = {note.id: messages.note_text(note)[1].headnote for note in topic.notes}
    for question in topic.questions:
        answers = (f"[{escape(lines[name])}](#note-{name})" for name in question.notes)
        yield f"- {escape(messages.local(question.text))} {'; '.join(answers)}"


def _write_bibliography(topic: Topic, messages: Messages) -> list[str]:
    """Write the sources that notes cite or may cite, then what nobody has read."""
    cited = {citation.source for note in topic.notes for citation in note.citations}
    kinds: dict[str, list[str]] = {"page.sources": [], "page.further": []}
    for key, source in topic.sources.items():
        is_further = source.read == "not" and key not in cited
        line = f'- <a id="{key}"></a>`{key}`: {_write_source(source, messages)}'
        kinds["page.further" if is_further else "page.sources"].append(line)
    return [
        line
        for heading, entries in kinds.items()
        if entries
        for line in (f"## {messages.text(heading)}", "", *entries, "")
    ]


def _write_claim(note: Note, claim: JudgedClaim, messages: Messages) -> list[str]:
    """Write what a note judges, if that has a name, and what a second reader says of it."""
    lines = []
    if note.claim:
        seen = messages.text(f"seen.{claim.seen}")
        sentence = f"{escape(messages.local(claim.text))} ({seen})"
        lines = [f"*{messages.text('page.claim')}:* {sentence}", ""]
    for second in claim.seconds:
        verdict = _write_verdict(second.verdict, messages)
        sure = messages.text(f"page.sure.{second.confidence}")
        reason = escape(messages.local(second.reason))
        lines += [f"*{messages.text('page.second')}:* {verdict}, {sure}. {reason}", ""]
    return lines


def _write_note(note: Note, claim: JudgedClaim | None, messages: Messages) -> list[str]:
    _, text = messages.note_text(note)
    tags = " · ".join([f"`{note.id}`", *describe_rating(note, messages), *map(str, note.episodes)])
    if note.spoiler:
        tags += f" · {messages.text('page.spoiler', episode=note.spoiler)}"
    verdict = _write_verdict(verdict_key(note), messages)
    anchor = f'<a id="note-{note.id}"></a>'
    lines = [f"### {anchor}{escape(text.headnote)}", "", f"**{verdict}** · {tags}", ""]
    if claim:
        lines += _write_claim(note, claim, messages)
    for key, part in _list_texts(text):
        lines += [f"*{messages.text(key)}:* {escape(part)}", ""]
    cited = "; ".join(_write_citation(citation, messages) for citation in note.citations)
    return [*lines, f"*{messages.text('page.sources')}:* {cited}", ""]


def _write_citation(citation: Citation, messages: Messages) -> str:
    source = f"[{citation.source}](#{citation.source})"
    return f"{name_stance(citation, messages)} {source}, {escape(citation.at)}"
