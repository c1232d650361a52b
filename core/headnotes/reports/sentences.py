"""The sentences that every report for people shares: headings, scores, differences.

Plain text: whoever shows it escapes it.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from headnotes.languages import Messages, describe_reasons, points
from headnotes.model import (
    Annotation,
    Citation,
    Language,
    Note,
    Outcome,
    Rating,
    Source,
    Topic,
    Track,
    Unplaced,
)
from headnotes.reports.rollup import Member, Part, find_clear_differences
from headnotes.reports.view import Card, Leaf, VerdictKey
from headnotes.scheduling import gives_away
from headnotes.scoring import Agreement, JudgedClaim, Range, Score, claims_of
from headnotes.text import write_json
from headnotes.times import format_clock
from headnotes.tracks import CLOCK_CODES

_DIGEST_CHARS = 16
"""Of a SHA-256, in hexadecimal: enough that no two reports share one by chance."""

_MOST_EPISODES = 5
"""A sentence names no more."""

# ------------------------------------------------------------------------------ headings


def title_work(outcome: Outcome, messages: Messages) -> str:
    """Return the title of the recognised work, its id where it has none, or that there is none."""
    if outcome.work is None:
        return outcome.episode.work or messages.text("unknown_work")
    return messages.local(outcome.work.title) or outcome.work.id


def title_report(outcome: Outcome, messages: Messages) -> str:
    """Return the title of a report: a question about the work where one was recognised."""
    work = title_work(outcome, messages)
    return messages.text("terminal.title", work=work) if outcome.work else work


def title_episode(outcome: Outcome, messages: Messages) -> str:
    """Return the episode's title in quotes; empty where it is unknown or has none."""
    episodes = outcome.work.episodes if outcome.work else ()
    titles = {episode.id: episode.title for episode in episodes}
    episode_id = outcome.episode.id
    title = messages.local(titles.get(episode_id, {})) if episode_id else ""
    return messages.text("quoted", text=title) if title else ""


def name_episode(outcome: Outcome, messages: Messages) -> str:
    """Return the episode's id and title; all ids of several; title and year of a film."""
    episode = outcome.episode
    if episode.is_film:
        return name_film(outcome, messages)
    if episode.id is None:
        return messages.text("unknown_episode")
    ids = " + ".join(map(str, episode.ids))
    return f"{ids} {title_episode(outcome, messages)}".rstrip()


def name_behind_title(outcome: Outcome, messages: Messages) -> str:
    """Return what an episode is called behind the title of its work; of a film only the year."""
    if not outcome.episode.is_film:
        return name_episode(outcome, messages)
    span = outcome.work.span if outcome.work else None
    return f"({span[0] if span else messages.text('film')})"


def name_film(outcome: Outcome, messages: Messages) -> str:
    """Return the title of a film with its year, or without one that it is a film."""
    return f"{title_work(outcome, messages)} {name_behind_title(outcome, messages)}"


def describe_track(outcome: Outcome, messages: Messages) -> str:
    """Return episode, length, dialogue language, size and file in one line."""
    track = outcome.track
    parts = (
        name_episode(outcome, messages),
        format_clock(track.duration_ms),
        messages.name_language(track.language),
        messages.plural("cues", len(track.cues)),
        track.name,
        *describe_clock(track, messages),
    )
    return " · ".join(filter(None, parts))


def describe_clock(track: Track, messages: Messages) -> list[str]:
    """Return what was changed about the times of a whole track, each kind of change once."""
    # a track of two discs may have the same change twice
    codes = dict.fromkeys(repair.code for repair in track.repairs if repair.code in CLOCK_CODES)
    return [messages.text(f"clock.{code}") for code in codes]


def label_files(members: Sequence[Member], messages: Messages) -> tuple[str, ...]:
    """Return what tells the files of one episode apart.

    That is the dialogue's language or, where that is not enough, the file's name.
    """
    tracks = [member.outcome.track for member in members]
    languages = [track.language for track in tracks]
    return tuple(
        messages.name_language(track.language)
        if track.language and languages.count(track.language) == 1
        else track.name or messages.text("no_value")
        for track in tracks
    )


def label_episode(part: Part, messages: Messages) -> str:
    """Return the name of an episode or film with its files, where it has several."""
    name = name_part(part, messages)
    files = ", ".join(label_files(part.members, messages))
    return f"{name} ({files})" if len(part.members) > 1 else name


def name_part(part: Part, messages: Messages) -> str:
    """Return the id of an episode, the title of a film, or the name of a file that is neither."""
    first = part.members[0]
    if first.outcome.episode.is_film:
        return name_film(first.outcome, messages)
    return str(first.episode or first.outcome.track.name)


def head_texts(key: str, languages: Iterable[Language], messages: Messages) -> str:
    """Return a heading by its key, with the languages of what it heads if not all the reader's."""
    heading, names = messages.text(key), _name_foreign(languages, messages)
    return messages.text("page.in_language", heading=heading, language=names) if names else heading


def announce_places(languages: Iterable[Language], messages: Messages) -> str:
    """Return in which languages places in sources are given; empty where all are the reader's."""
    names = _name_foreign(languages, messages)
    return messages.text("page.places_in", language=names) if names else ""


def _name_foreign(languages: Iterable[Language], messages: Messages) -> str:
    found = {*languages}
    if found <= {messages.language}:
        return ""
    return ", ".join(sorted(map(messages.name_language, found)))


# ------------------------------------------------------------------------------ notes


def name_verdict(verdict: VerdictKey, messages: Messages) -> str:
    """Return a verdict in words."""
    return messages.text(f"verdicts.{verdict}")


def list_departures(note: Note, messages: Messages) -> list[str]:
    """Return in words how a note's depiction departs from the record."""
    return [messages.text(f"departures.{departure}") for departure in note.departures]


def name_unplaced(missed: Unplaced, outcome: Outcome, messages: Messages) -> tuple[Language, str]:
    """Return the line of a note without a place, and its language; that it is a spoiler, of one."""
    tag, text = messages.note_text(missed.note)
    if gives_away(missed.note, outcome):
        return messages.language, messages.text("page.spoiler", episode=missed.note.spoiler)
    return tag, text.headnote or missed.note.id


def describe_unplaced(missed: Unplaced, outcome: Outcome, messages: Messages) -> str:
    """Return the line of a note without a place, its name, and why it has none."""
    _, line = name_unplaced(missed, outcome, messages)
    name, why = f"{missed.topic}/{missed.note.id}", describe_reasons(missed.reasons, messages)
    return f"{line} ({name}): {why}"


def describe_rating(note: Note, messages: Messages) -> list[str]:
    """Return weight, confidence, dispute and departures of a note, each in words."""
    return [
        messages.text(f"page.weight.{note.weight}"),
        *([messages.text(f"page.sure.{note.confidence}")] if note.confidence else ()),
        *([messages.text("page.disputed")] if note.disputed else ()),
        *list_departures(note, messages),
    ]


def list_tags(card: Leaf, messages: Messages) -> list[str]:
    """Return in words what is known of a note beside its texts, the times of its moments last."""
    seen = card.claim.seen if card.claim else ""
    differ = card.claim is not None and card.claim.ratings_differ
    not_found = messages.text("page.not_found")
    return [
        *describe_rating(card.note, messages),
        *([messages.text("page.differ")] if differ else ()),
        *([messages.text("page.in_dispute")] if card.claim and card.claim.is_disputed else ()),
        *(
            [messages.text("page.elsewhere")]
            if isinstance(card, Card) and card.is_elsewhere
            else ()
        ),
        *([messages.text("seen.summaries")] if seen == "summaries" else ()),
        card.topic,
        *(list_places(card, messages) if isinstance(card, Card) else (not_found,)),
    ]


def list_places(card: Card, messages: Messages) -> tuple[str, str]:
    """Return the times of a note's moments, and when it is on screen."""
    times = ", ".join(format_clock(annotation.moment.start_ms) for annotation in card.moments)
    return times, describe_place(card.shown_ms, messages)


def describe_second(rating: Rating, messages: Messages) -> str:
    """Return a second rating without its reason."""
    verdict = name_verdict(rating.verdict, messages)
    return f"{verdict}, {messages.text(f'page.sure.{rating.confidence}')}:"


def describe_place(shown_ms: int | None, messages: Messages) -> str:
    """Return when a note is on screen, or that the report alone has it."""
    if shown_ms is None:
        return messages.text("screen.only_here")
    return messages.text("screen.on_screen", time=format_clock(shown_ms))


def describe_standing(source: Source, messages: Messages) -> list[str]:
    """Return kind, standpoint and reading status of a source, each in words."""
    parts = (
        messages.text(f"kinds.{source.kind}"),
        messages.local(source.standpoint),
        messages.text(f"read.{source.read}"),
    )
    return [part for part in parts if part]


def name_source(source: Source) -> str:
    """Return author or title with the year, which a title that tells it itself does not repeat."""
    name, year = source.author or source.title, str(source.year or "")
    return name if year in name else f"{name} {year}"


def name_source_alone(source: Source) -> str:
    """Return author, main title and year of a source, for where no list of sources is at hand."""
    if not source.author:
        return name_source(source)
    return f"{source.author}: {source.title.partition(': ')[0]} {source.year or ''}".rstrip()


def list_printed(source: Source) -> list[str]:
    """Return site, publisher, year and pages, as far as known; nothing that stands there before.

    That is a year, or a paper that stands there as its own author.
    """
    site, year = source.site, str(source.year or "")
    if any(year in part for part in (source.title, site, source.publisher)):
        year = ""
    if source.author and (site == source.author or site.startswith(f"{source.author}, ")):
        site = site.removeprefix(source.author).removeprefix(", ")
    return [part for part in (site, source.publisher, year, source.pages) if part]


def name_stance(citation: Citation, messages: Messages) -> str:
    """Return in words whether a citation supports, disputes or qualifies."""
    return messages.text(f"stances.{citation.stance}")


def name_claim(claim: JudgedClaim, outcome: Outcome, messages: Messages) -> str:
    """Return a claim as a sentence, its name where it has none; that it is a spoiler, of one."""
    guarded = [
        note.spoiler
        for judgement in claim.judgements
        for note in outcome.topics[judgement.topic].notes
        if note.id in judgement.notes and note.spoiler and gives_away(note, outcome)
    ]
    if guarded:
        return messages.text("page.spoiler", episode=min(guarded))
    return messages.local(claim.text) or claim.name


def describe_topics(outcomes: Iterable[Outcome], messages: Messages) -> list[str]:
    """Return in a sentence which topics alone tracks are reported on; nothing if on all."""
    narrowed = [outcome.topics for outcome in outcomes if outcome.choice.topics]
    if not narrowed:
        return []
    known = {name: topic for topics in narrowed for name, topic in topics.items()}
    titles = [messages.local(topic.title) or name for name, topic in known.items()]
    topics = ", ".join(titles) or messages.text("no_value")
    return [messages.text("choice.topics", topics=topics)]


def describe_choice(outcome: Outcome, messages: Messages) -> list[str]:
    """Return in sentences what a report leaves out because its reader asked for less."""
    choice, sentences = outcome.choice, describe_topics([outcome], messages)
    wanted = [name_verdict(cast("VerdictKey", verdict), messages) for verdict in choice.verdicts]
    if choice.min_weight > 1:
        wanted.append(messages.text("choice.weight", weight=choice.min_weight))
    if wanted:
        listed, aside = map(_names_of, (outcome.annotations, outcome.set_aside))
        every = messages.plural("notes", len(listed | aside))
        what = ", ".join(wanted)
        sentences.append(messages.text("choice.notes", what=what, number=len(listed), all=every))
    return sentences


def _names_of(annotations: Iterable[Annotation]) -> set[tuple[str, str]]:
    return {(annotation.topic, annotation.note.id) for annotation in annotations}


# ------------------------------------------------------------------------------ scores


def describe_index(score: Score, messages: Messages) -> str:
    """Return the index in points, or that there is none, with a mark where it rests on few."""
    if score.index is None:
        return messages.text("score.none")
    return _mark_few(str(points(score.index)), score, messages)


def _mark_few(index: str, score: Score, messages: Messages) -> str:
    """Return the index, with a mark where it rests on few claims."""
    return f"{index} ({messages.text('score.few')})" if score.basis == "few" else index


def describe_doubt(score: Score, messages: Messages) -> list[str]:
    """Return on how much the index rests and how far off it may be; empty without an index."""
    if score.index is None or score.bounds is None:
        return []
    interval = messages.text("score.interval", range=describe_range(score.interval, messages))
    bounds = messages.text("score.bounds", range=describe_range(score.bounds, messages))
    scored = messages.plural("scored", score.scored)
    return [scored, interval, bounds, describe_coverage(score, messages)]


def describe_ground(score: Score, messages: Messages) -> list[str]:
    """Return what stands beside the index, or its absence: found, disputed, watched, agreement.

    Where nothing is judged, there is nothing to say.
    """
    if not score.claims:
        return []
    parts = [messages.text("score.found", found=score.found, claims=score.claims)]
    if score.disputed:
        parts.append(messages.text("score.disputed", count=score.disputed))
    if score.from_summaries:
        parts.append(messages.text("score.summaries", count=score.from_summaries))
    return [*parts, describe_agreement(score.agreement, messages)]


def describe_elsewhere(claims: Sequence[JudgedClaim], messages: Messages) -> list[str]:
    """Return how many claims judged here count for other episodes, and for which; may be empty."""
    if not claims:
        return []
    episodes = sorted({episode for claim in claims for episode in claim.episodes})
    named = ", ".join(map(str, episodes[:_MOST_EPISODES])) or messages.text("no_value")
    more = " …" if len(episodes) > _MOST_EPISODES else ""
    said = messages.plural("elsewhere", len(claims))
    return [messages.text("score.elsewhere", claims=said, episodes=f"{named}{more}")]


def describe_agreement(agreement: Agreement, messages: Messages) -> str:
    """Return how far the two ratings agree, and what that is worth."""
    if not agreement.rated_twice:
        return messages.text("score.rated_once")
    said = messages.text(
        "score.agreement", differing=agreement.differing, twice=agreement.rated_twice
    )
    if agreement.ordinal is None:
        return said
    alpha = messages.decimal(agreement.ordinal, 3)
    return f"{said}; {messages.text('score.alpha', alpha=alpha)}"


def describe_withheld(score: Score, messages: Messages) -> str:
    """Return why there is no index; empty where there is one."""
    agreement = score.agreement
    alpha = agreement.ordinal
    return "; ".join(
        messages.text(
            f"withheld.{reason}",
            scored=messages.plural("scored", score.scored),
            once=agreement.claims - agreement.rated_twice,
            claims=agreement.claims,
            alpha=messages.text("no_value") if alpha is None else messages.decimal(alpha, 3),
        )
        for reason in score.withheld
    )


def describe_coverage(score: Score, messages: Messages) -> str:
    """Return which share of what was judged could be scored."""
    if score.coverage is None:
        return messages.text("score.no_coverage")
    return messages.text("score.coverage", share=messages.percent(score.coverage))


def describe_range(span: Range | None, messages: Messages) -> str:
    """Return a range in points, or a sign that there is none."""
    return messages.span(span.low, span.high) if span else messages.text("no_value")


def describe_presets(score: Score, messages: Messages) -> str:
    """Return the index under all three presets in one line; empty without an index."""
    return " · ".join(
        f"{messages.text(f'presets.{name}')} {points(reading.index)}"
        for name, reading in (score.presets or {}).items()
    )


def list_movers(score: Score, outcome: Outcome, messages: Messages) -> list[str]:
    """Return the claims that move the index most, each after its points; may be empty."""
    claims = {claim.name: claim for claim in claims_of(outcome)}
    return [
        messages.text(
            "score.mover",
            claim=name_claim(claims[mover.claim], outcome, messages),
            change=messages.change(mover.change),
        )
        for mover in score.movers
    ]


def list_verdicts(counts: Mapping[VerdictKey, int], messages: Messages) -> str:
    """Return in words how many have which verdict; empty for none."""
    return ", ".join(
        f"{count} {name_verdict(verdict, messages)}" for verdict, count in counts.items() if count
    )


def sum_up(score: Score, messages: Messages) -> str:
    """Return the score with its doubts in one line."""
    if score.index is None:
        why = describe_withheld(score, messages)
        return f"{messages.text('score.title')}: {messages.text('score.none')} ({why})"
    of_100 = _mark_few(messages.text("score.of_100", index=points(score.index)), score, messages)
    return "; ".join(
        [f"{messages.text('score.title')}: {of_100}", *describe_doubt(score, messages)]
    )


def cite_report(outcome: Outcome, data: Mapping[str, Any], messages: Messages) -> str:
    """Return how to cite a report: program, episode, topics, digest of the content, address.

    No date: equal content has an equal citation, and another digest tells that it has changed.

    Args:
        outcome: of the report.
        data: of the report, in which all that it says stands.
        messages: in the language of the report.
    """
    digest = hashlib.sha256(write_json(data).encode()).hexdigest()[:_DIGEST_CHARS]
    topics = [cite_topic(topic, messages) for topic in list_topics(outcome)]
    line = messages.text(
        "page.citation",
        version=importlib.metadata.version("headnotes"),
        title=title_report(outcome, messages),
        episode=name_behind_title(outcome, messages),
        topics=", ".join(topics) or messages.text("no_value"),
        digest=digest,
    )
    return f"{line} {find_address()}".rstrip()


def find_address() -> str:
    """Return where the program is to be had, as its package says; empty where it says nothing."""
    urls = importlib.metadata.metadata("headnotes").get_all("Project-URL") or []
    return urls[0].partition(",")[2].strip() if urls else ""


def cite_note(card: Leaf | None, messages: Messages) -> str:
    """Return how to cite one note of a report, before the line that cites the report."""
    return f"{messages.quote((card.line,))}, {card.id}" if card else ""


def list_topics(outcome: Outcome) -> list[Topic]:
    """Return the topics with a note in a report, placed or not, by id; no others were drawn on."""
    noted = {found.topic for found in outcome.annotations}
    noted |= {missed.topic for missed in outcome.unplaced}
    return [topic for name, topic in sorted(outcome.topics.items()) if name in noted]


def cite_topic(topic: Topic, messages: Messages) -> str:
    """Return a topic's authors, if it names them, its title and its version."""
    title = f"{messages.local(topic.title) or topic.id} {topic.version}"
    return f"{', '.join(topic.authors)}: {title}" if topic.authors else title


def describe_terms(topic: Topic) -> list[str]:
    """Return whose a topic is, and on what terms it may be used; empty where it says nothing."""
    return [*filter(None, (", ".join(topic.authors), topic.licence))]


def describe_differences(
    scores: Sequence[Score], names: Sequence[str], messages: Messages
) -> list[str]:
    """Return which scores differ clearly, or that none do; empty where fewer than two can."""
    if sum(score.interval is not None for score in scores) < 2:
        return []
    clear = [
        messages.text(
            "differences.clear",
            above=names[place],
            others=", ".join(names[other] for other in below),
        )
        for place, below in find_clear_differences(scores)
    ]
    return clear or [messages.text("differences.none")]


def list_definitions(messages: Messages) -> list[tuple[str, str]]:
    """Return the name of every number and what it means."""
    names, meanings = messages.table["defined"], messages.table["definitions"]
    return [(names[key], meaning) for key, meaning in meanings.items()]
