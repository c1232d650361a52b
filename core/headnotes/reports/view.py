"""What the reports for people show, prepared once for whatever they are written in.

Verdicts with their styles, a card per note, and what the timeline needs; `played` has the passages
that notes belong to. Nothing is worded here (see `sentences`) and nothing escaped: each format does
that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from typing import Any, Literal

from headnotes.languages import Messages, guess_text_language
from headnotes.model import (
    Annotation,
    Citation,
    Correction,
    Cue,
    Evidence,
    Language,
    Note,
    NoteText,
    Outcome,
    Rating,
    Source,
    Topic,
    Unplaced,
    Verdict,
)
from headnotes.reports.json import find_shown, name_sources
from headnotes.scheduling import gives_away, is_wanted
from headnotes.scoring import (
    JudgedClaim,
    Score,
    claims_by_note,
    claims_elsewhere,
    claims_of,
    judge_claims,
)
from headnotes.times import HOUR_MS, MINUTE_MS, SECOND_MS
from headnotes.values import frozen

# ------------------------------------------------------------------------------ verdicts

_SAMPLE_PLAIN = 40
"""Sentences that show their language."""

VerdictKey = Verdict | Literal["context"]
"""A verdict, or `context` for a note without one."""


@frozen(kw_only=True)
class VerdictStyle:
    """How a verdict looks, by symbol, colour and pattern, never by one of them alone.

    Attributes:
        symbol: one character that shows the same in any colour.
        fill: colour of the area, `#rrggbb`.
        ink: colour of text on it, with a contrast of 4.5:1 or more.
        pattern: slug of the hatching that tells it apart in grey print.
    """

    symbol: str
    fill: str
    ink: str
    pattern: str


STYLES: Mapping[VerdictKey, VerdictStyle] = {
    "accurate": VerdictStyle(symbol="●", fill="#225ef5", ink="#ffffff", pattern="solid"),
    "mostly-accurate": VerdictStyle(symbol="◕", fill="#189ab9", ink="#000000", pattern="dots"),
    "mostly-inaccurate": VerdictStyle(symbol="◔", fill="#a86604", ink="#ffffff", pattern="rising"),
    "inaccurate": VerdictStyle(symbol="✕", fill="#db4d4d", ink="#000000", pattern="crossed"),
    "invented": VerdictStyle(symbol="✎", fill="#b22d81", ink="#ffffff", pattern="upright"),
    "unverified": VerdictStyle(symbol="?", fill="#96948c", ink="#000000", pattern="level"),
    "context": VerdictStyle(symbol="i", fill="#ba6dee", ink="#000000", pattern="falling"),
}
"""By verdict. Each fill has a contrast of 3:1 or more on white and on #15181c, and any two lie 20
or more apart (CIE 1976) in normal, protan, deutan and tritan vision; a test holds this.

Source: colours of the project's conventions, section 7, computed there; `invented` by the same
test. With the six given ones no seventh colour passes it, so the grey of `unverified` is lighter.
"""


def verdict_key(note: Note) -> VerdictKey:
    """Return the key under which a note's verdict is counted and drawn."""
    return note.verdict or "context"


def count_verdicts(score: Score) -> dict[VerdictKey, int]:
    """Return the claims per verdict, in the order of verdicts."""
    return dict(score.counts.items())


# ------------------------------------------------------------------------------ notes


@frozen(kw_only=True)
class Cited:
    """A citation with its source, under the id the page gives it; `None` where unknown."""

    citation: Citation
    source: Source | None
    id: str


@frozen(kw_only=True)
class Leaf:
    """One note as reports show it, placed in a track or not.

    Attributes:
        id: `topic/note`, its address in the page.
        topic: the topic's title.
        language: of the text, which may differ from the page's.
        plain_language: of its corrections and of the places in its sources; see
            `find_plain_languages`.
        is_spoiler: whether it is folded.
        claim: what it judges, with all that topics say of it; `None`: it judges nothing.
        sentence: the claim in the reader's language, where it is not what the note says is shown.
    """

    id: str
    note: Note
    topic: str
    verdict: VerdictKey
    language: Language
    plain_language: Language
    text: NoteText
    is_spoiler: bool
    claim: JudgedClaim | None
    sentence: str
    cited: tuple[Cited, ...]
    corrections: tuple[Correction, ...]

    @property
    def second(self) -> Rating | None:
        """The verdict of a reader who had not seen its own; `None`: its claim is rated once."""
        judgements = self.claim.judgements if self.claim else ()
        own = self.id.partition("/")[0]
        return next((each.second for each in judgements if each.topic == own), None)

    @property
    def line(self) -> str:
        """Its headnote, or its id where it has none."""
        return self.text.headnote or self.id


@frozen(kw_only=True)
class Card(Leaf):
    """A note that has a place, with all its moments.

    Attributes:
        first: the annotation it is sorted by.
        moments: all of them, in order.
        shown_ms: when it is on screen in a track of usual density; `None` where it is only here.
        is_elsewhere: whether what it judges counts for other episodes than those of the file.
    """

    first: Annotation
    moments: tuple[Annotation, ...]
    shown_ms: int | None
    is_elsewhere: bool


def make_cards(outcome: Outcome, messages: Messages) -> tuple[Card, ...]:
    """Return one card per note, by its first moment."""
    shown = _find_first_shown(outcome)
    source_names = name_sources(outcome)
    judged = claims_by_note(judge_claims(outcome.work, outcome.topics))
    elsewhere = claims_by_note(claims_elsewhere(outcome))
    plain = find_plain_languages(outcome.topics, messages)
    return tuple(
        Card(
            first=group[0],
            moments=tuple(group),
            shown_ms=shown.get(card_id),
            is_elsewhere=(group[0].topic, group[0].note.id) in elsewhere,
            plain_language=plain.get(group[0].topic, messages.language),
            **_show_note((group[0].topic, group[0].note), outcome, messages, source_names, judged),
        )
        for card_id, group in _group_by_note(outcome).items()
    )


def make_unheard(outcome: Outcome, messages: Messages) -> tuple[Leaf, ...]:
    """Return the notes wanted on claims that count for a file and are not found in it, by claim."""
    claims = [claim for claim in claims_of(outcome) if not claim.is_found]
    source_names, judged = name_all_sources(outcome), claims_by_note(claims)
    plain = find_plain_languages(outcome.topics, messages)
    return tuple(
        Leaf(
            plain_language=plain[owned[0]],
            **_show_note(owned, outcome, messages, source_names, judged),
        )
        for owned in _find_notes(claims, outcome)
    )


def _find_notes(claims: Iterable[JudgedClaim], outcome: Outcome) -> list[tuple[str, Note]]:
    """Return the notes wanted that judge claims, with their topics."""
    known = {(id_, note.id): note for id_, topic in outcome.topics.items() for note in topic.notes}
    return [
        (judgement.topic, known[judgement.topic, note])
        for claim in claims
        for judgement in claim.judgements
        for note in judgement.notes
        if is_wanted(known[judgement.topic, note], outcome.choice)
    ]


def _show_note(
    owned: tuple[str, Note],
    outcome: Outcome,
    messages: Messages,
    source_names: Mapping[tuple[str, str], str],
    judged: Mapping[tuple[str, str], JudgedClaim],
) -> dict[str, Any]:
    """Return what reports show of a topic's note wherever it stands, as `Leaf` has it."""
    topic, note = owned
    tag, text = messages.note_text(note)
    claim = judged.get((topic, note.id))
    said = messages.local(claim.text) if claim else ""
    known = outcome.topics.get(topic)
    return {
        "id": f"{topic}/{note.id}",
        "note": note,
        "topic": (messages.local(known.title) if known else "") or topic,
        "verdict": verdict_key(note),
        "language": tag,
        "text": text,
        "is_spoiler": gives_away(note, outcome),
        "claim": claim,
        "sentence": "" if said == text.shown else said,
        "cited": _find_cited(topic, note, outcome, source_names),
        "corrections": _find_corrections(outcome, topic, {note.id}),
    }


def _group_by_note(outcome: Outcome) -> dict[str, list[Annotation]]:
    """Return the moments of each note, by the id of its card."""
    moments: dict[str, list[Annotation]] = {}
    for annotation in outcome.annotations:
        moments.setdefault(f"{annotation.topic}/{annotation.note.id}", []).append(annotation)
    return moments


def _find_first_shown(outcome: Outcome) -> dict[str, int]:
    """Return when each note is on screen for the first time, by the id of its card."""
    shown: dict[str, int] = {}
    for (topic, note, _), start_ms in find_shown(outcome).items():
        shown.setdefault(f"{topic}/{note}", start_ms)
    return shown


def list_evidence(annotations: Iterable[Annotation]) -> tuple[Evidence, ...]:
    """Return the evidence of moments by cue, the same words of a cue once, whatever found them."""
    first: dict[tuple[int, str], Evidence] = {}
    for annotation in annotations:
        for evidence in annotation.moment.evidence:
            first.setdefault((evidence.cue, evidence.text), evidence)
    return tuple(sorted(first.values(), key=lambda evidence: evidence.cue))


def _find_cited(
    topic: str, note: Note, outcome: Outcome, source_names: Mapping[tuple[str, str], str]
) -> tuple[Cited, ...]:
    known = outcome.topics[topic].sources if topic in outcome.topics else {}
    return tuple(
        Cited(
            citation=citation,
            source=known.get(citation.source),
            id=source_names.get((topic, citation.source), citation.source),
        )
        for citation in note.citations
    )


def _find_corrections(outcome: Outcome, topic: str, notes: set[str]) -> tuple[Correction, ...]:
    known = outcome.topics[topic].corrections if topic in outcome.topics else ()
    return tuple(correction for correction in known if correction.note in notes)


def find_plain_languages(topics: Mapping[str, Topic], messages: Messages) -> dict[str, Language]:
    """Return in which language each topic writes what it says in one alone, by its id.

    These are corrections and places in sources. A topic does not name that language, so their
    words tell it; where they leave doubt, it counts as the reader's.
    """
    return {
        name: guess_text_language("\n".join(_sample_plain(topic))) or messages.language
        for name, topic in topics.items()
    }


def _sample_plain(topic: Topic) -> list[str]:
    """Return some of what a topic says in one language: its corrections tell it best."""
    texts: Iterable[str] = (item.why for item in topic.corrections)
    if len(topic.corrections) < _SAMPLE_PLAIN:
        places = (citation.at for note in topic.notes for citation in note.citations)
        texts = chain(texts, places)
    return [text[:200] for text in islice(texts, _SAMPLE_PLAIN)]


def name_topics(outcome: Outcome, messages: Messages) -> dict[str, str]:
    """Return the titles of the topics that have a note here, by id; the id where none has one."""
    names = {}
    for topic in sorted({item.topic for item in _list_items(outcome)}):
        known = outcome.topics.get(topic)
        names[topic] = (messages.local(known.title) if known else "") or topic
    return names


def _list_items(outcome: Outcome) -> tuple[Annotation | Unplaced, ...]:
    return (*outcome.annotations, *outcome.unplaced)


def _list_notes(outcome: Outcome, *, is_spoiler: bool) -> dict[str, set[str]]:
    """Return the ids of the spoilers or other notes that a page names, placed or not, by topic."""
    notes: dict[str, set[str]] = {}
    for item in _list_items(outcome):
        if gives_away(item.note, outcome) == is_spoiler:
            notes.setdefault(item.topic, set()).add(item.note.id)
    return notes


def list_sources(
    outcome: Outcome, names: Mapping[tuple[str, str], str] | None = None
) -> dict[str, Source]:
    """Return sources by name: the cited ones under the ids of the data, or those named."""
    return {
        name: outcome.topics[topic].sources[source]
        for (topic, source), name in (name_sources(outcome) if names is None else names).items()
    }


def name_all_sources(outcome: Outcome) -> dict[tuple[str, str], str]:
    """Name the sources of all notes that a page shows, those of the data as there.

    A source that only a note without a place cites shares a name with an entry in the same words.
    """
    names = name_sources(outcome)
    entries = list_sources(outcome, names)
    claims = [claim for claim in claims_of(outcome) if not claim.is_found]
    for topic, note in _find_notes(claims, outcome):
        known = outcome.topics[topic].sources
        for citation in note.citations:
            key = topic, citation.source
            if key not in names and citation.source in known:
                entry = known[citation.source]
                is_free = entries.setdefault(citation.source, entry) == entry
                names[key] = citation.source if is_free else "/".join(key)
    return names


def list_corrections(outcome: Outcome, *, is_spoiler: bool = False) -> list[tuple[str, Correction]]:
    """Return the corrections of the notes that a page names, with their topic.

    Args:
        outcome: what the page is about.
        is_spoiler: of the notes that give away a later episode, else of all others: a correction
            tells what its note did.
    """
    return [
        (topic, correction)
        for topic, notes in sorted(_list_notes(outcome, is_spoiler=is_spoiler).items())
        for correction in _find_corrections(outcome, topic, notes)
    ]


# ------------------------------------------------------------------------------ timeline

_TICK_STEPS = (
    *(minutes * MINUTE_MS for minutes in (1, 2, 5, 10, 15, 30)),
    *(hours * HOUR_MS for hours in (1, 2, 5, 10, 24)),
)


def measure_length(outcome: Outcome) -> int:
    """Return the length to draw, in milliseconds, at least a second.

    A file does not say how long its episode is: the end of the last cue stands for it.
    """
    ends = [annotation.moment.end_ms for annotation in outcome.annotations]
    return max(SECOND_MS, outcome.track.duration_ms, *ends)


def measure_density(cues: Sequence[Cue], length_ms: int, bins: int) -> list[float]:
    """Return how much is said in each of so many equal parts, the most in any being 1.

    A cue counts with its characters where its middle is.
    """
    chars = [0] * bins
    for cue in cues:
        middle = (cue.start_ms + cue.end_ms) // 2
        chars[min(bins - 1, middle * bins // length_ms)] += len(cue.spoken)
    most = max(chars, default=0) or 1
    return [count / most for count in chars]


def place_ticks(length_ms: int, most: int) -> list[int]:
    """Return round times from 0 on that divide the length, at most so many."""
    step = next((step for step in _TICK_STEPS if length_ms // step < most), length_ms)
    return list(range(0, length_ms, step))
