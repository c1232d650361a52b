"""What the page of one episode shows, in the order it shows it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from headnotes.model import (
    Annotation,
    Citation,
    Correction,
    Language,
    Note,
    NoteText,
    Outcome,
    Scene,
    Source,
)
from headnotes.reports.csvtable import COLUMNS, FORMULA_STARTS
from headnotes.reports.data import describe_outcome, name_sources
from headnotes.reports.headings import find_spoilers, name_episode, title_work
from headnotes.reports.pages.claims import describe_claims
from headnotes.reports.pages.lanes import make_lanes
from headnotes.reports.pages.rendering import render_page
from headnotes.reports.palette import PAINTS, Look, look_of
from headnotes.reports.scoring import (
    ENOUGH_SCORED,
    FEWEST_SCORED,
    PRESETS,
    Score,
    rate_outcomes,
    score_ratings,
)
from headnotes.reports.telling import tell_coverage, tell_definitions
from headnotes.reports.timeline import measure_density, measure_length, place_ticks
from headnotes.reports.wording import Words, choose_local, choose_note_text, load_words, points
from headnotes.scheduling import choose_language
from headnotes.times import format_clock

DENSITY_BINS = 240
MOST_TICKS = 11


@frozen(kw_only=True)
class Cited:
    """A citation with its source, under the id the page gives it; both empty where unknown."""

    citation: Citation
    source: Source | None
    id: str


@frozen(kw_only=True)
class Card:
    """One note with all its moments.

    Attributes:
        id: `topic/note`, the card's address in the page.
        first: the annotation it is sorted by.
        moments: all of them, in order.
        language: of the text, which may differ from the page's.
        is_spoiler: whether it is folded.
    """

    id: str
    first: Annotation
    moments: tuple[Annotation, ...]
    topic: str
    look: Look
    language: Language
    text: NoteText
    is_spoiler: bool
    cited: tuple[Cited, ...]
    corrections: tuple[Correction, ...]

    @property
    def note(self) -> Note:
        """The note itself."""
        return self.first.note


@frozen(kw_only=True)
class Block:
    """A scene on the timeline: where it is, and how many of its notes have which verdict."""

    scene: Scene
    at: float
    width: float
    looks: Mapping[Look, int]


def render_episode(outcome: Outcome, language: Language, *, name: str, index: str = "") -> str:
    """Write the page of one episode.

    Args:
        outcome: spoilers are folded, not left out.
        language: of the page and, where they have it, of the notes.
        name: of its file; downloads are called after it.
        index: file name of the index to link to; none if empty.
    """
    words = load_words(language)
    cards = make_cards(outcome, language)
    score = score_ratings(rate_outcomes([outcome]))
    sources = list_sources(outcome)
    return render_page(
        "episode",
        **_name_things(outcome, words, language),
        **_draw_timeline(outcome),
        words=words,
        say=words.say,
        points=points,
        local=lambda text: choose_local(text, language),
        index=index,
        stem=name.removesuffix("html"),
        outcome=outcome,
        score=score,
        looks=looks_of(score),
        coverage=tell_coverage(score, words),
        definitions=tell_definitions(words),
        cards=cards,
        card_of={card.id: card for card in cards},
        sources=sources,
        source_ids={name: f"s{number}" for number, name in enumerate(sources, 1)},
        corrections=list_corrections(outcome),
        data=describe_page(outcome, language),
        claims=describe_claims(outcome, words, language),
        settings=describe_settings(words),
    )


def _name_things(outcome: Outcome, words: Words, language: Language) -> dict[str, Any]:
    track = outcome.track
    spoken = words.name_language(track.language)
    facts = (
        format_clock(track.duration_ms),
        words.say("page.dialogue", language=spoken) if spoken else "",
        words.count("cues", len(track.cues)),
        words.count("notes", len(outcome.annotations)),
        track.name,
    )
    return {
        "work_title": title_work(outcome, words, language),
        "episode_name": name_episode(outcome, words, language),
        "topics": name_topics(outcome, language),
        "facts": [fact for fact in facts if fact],
    }


def _draw_timeline(outcome: Outcome) -> dict[str, Any]:
    length = measure_length(outcome)
    return {
        "length": length,
        "ticks": place_ticks(length, MOST_TICKS),
        "density": draw_density(outcome, length),
        "blocks": make_blocks(outcome, length),
        "lanes": make_lanes(outcome.annotations, length),
    }


def make_cards(outcome: Outcome, language: Language) -> tuple[Card, ...]:
    """Give one card per note, by its first moment."""
    moments: dict[str, list[Annotation]] = {}
    for one in outcome.annotations:
        moments.setdefault(f"{one.topic}/{one.note.id}", []).append(one)
    topics = name_topics(outcome, language)
    spoilers = find_spoilers(outcome)
    names = name_sources(outcome)
    cards = []
    for card_id, group in moments.items():
        first = group[0]
        tag, text = choose_note_text(first.note, language)
        cards.append(
            Card(
                id=card_id,
                first=first,
                moments=tuple(group),
                topic=topics[first.topic],
                look=look_of(first.note.verdict),
                language=tag,
                text=text,
                is_spoiler=(first.topic, first.note.id) in spoilers,
                cited=_find_cited(first, outcome, names),
                corrections=_find_corrections(outcome, first.topic, [first.note.id]),
            )
        )
    return tuple(cards)


def _find_cited(
    one: Annotation, outcome: Outcome, names: Mapping[tuple[str, str], str]
) -> tuple[Cited, ...]:
    known = outcome.topics[one.topic].sources if one.topic in outcome.topics else {}
    return tuple(
        Cited(
            citation=citation,
            source=known.get(citation.source),
            id=names.get((one.topic, citation.source), citation.source),
        )
        for citation in one.note.citations
    )


def _find_corrections(outcome: Outcome, topic: str, notes: Iterable[str]) -> tuple[Correction, ...]:
    wanted = set(notes)
    known = outcome.topics[topic].corrections if topic in outcome.topics else ()
    return tuple(one for one in known if one.note in wanted)


def name_topics(outcome: Outcome, language: Language) -> dict[str, str]:
    """Give the titles of the topics that have a say here, by id; the id where there is none."""
    names = {}
    for topic in sorted({topic for topic, _ in _name_notes(outcome)}):
        known = outcome.topics.get(topic)
        names[topic] = (choose_local(known.title, language) if known else "") or topic
    return names


def _name_notes(outcome: Outcome) -> list[tuple[str, str]]:
    """Give topic and note id of everything the page names, placed or not."""
    placed = [(one.topic, one.note.id) for one in outcome.annotations]
    return placed + [(one.topic, one.note.id) for one in outcome.unplaced]


def list_sources(outcome: Outcome) -> dict[str, Source]:
    """Give the cited sources under the ids that data and page share."""
    return {
        name: outcome.topics[topic].sources[source]
        for (topic, source), name in name_sources(outcome).items()
    }


def list_corrections(outcome: Outcome) -> list[tuple[str, Correction]]:
    """Give the corrections of all notes that the page names, with their topic."""
    notes: dict[str, list[str]] = {}
    for topic, note in _name_notes(outcome):
        notes.setdefault(topic, []).append(note)
    return [
        (topic, one)
        for topic, ids in sorted(notes.items())
        for one in _find_corrections(outcome, topic, ids)
    ]


def looks_of(score: Score) -> dict[Look, int]:
    """Give the counts per look: verdicts in their order, then context."""
    looks: dict[Look, int] = {"context": score.context}
    return {**dict(score.counts.items()), **looks}


def make_blocks(outcome: Outcome, length_ms: int) -> tuple[Block, ...]:
    """Give each scene its place and the verdicts of the notes that begin in it."""
    looks: dict[int, Counter[Look]] = defaultdict(Counter)
    for one in rate_outcomes([outcome]):
        looks[one.scene[1]][look_of(one.verdict)] += 1
    return tuple(
        Block(
            scene=scene,
            at=scene.start_ms / length_ms,
            width=(scene.end_ms - scene.start_ms) / length_ms,
            looks={
                look: looks[scene.number][look] for look in PAINTS if look in looks[scene.number]
            },
        )
        for scene in outcome.scenes
    )


def draw_density(outcome: Outcome, length_ms: int) -> str:
    """Give the outline of how much is said, in a box of 240 by 100, for an SVG path."""
    said = measure_density(outcome.track.cues, length_ms, DENSITY_BINS)
    steps = "".join(f"V{100 - round(share * 100)}h1" for share in said)
    return f"M0 100{steps}V100Z"


def describe_page(outcome: Outcome, language: Language) -> dict[str, Any]:
    """Give the page's data: the contract, with every text in the language of the page alone."""
    data = describe_outcome(outcome, language)
    for one in data["annotations"]:
        one["text"] = _keep_language(one["text"], language)
    for source in data["sources"].values():
        source["standpoint"] = _keep_language(source["standpoint"], language)
    return data


def _keep_language(texts: Mapping[Language, Any], language: Language) -> dict[Language, Any]:
    tag = choose_language(texts, language) if texts else None
    return {tag: texts[tag]} if tag else {}


def describe_settings(words: Words) -> dict[str, Any]:
    """Give the script what it must not know better than we do: rules, columns, words."""
    return {
        "presets": {name: dict(values) for name, values in PRESETS.items()},
        "fewest": FEWEST_SCORED,
        "enough": ENOUGH_SCORED,
        "columns": dict(COLUMNS),
        "formulaStarts": FORMULA_STARTS,
        "words": {key: words.table[key] for key in ("script", "kinds", "read")},
        "verdicts": [*PAINTS],
    }
