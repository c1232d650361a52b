"""What the page of one episode shows, in the order it shows it, and the data it carries."""

from __future__ import annotations

import base64
import math
import re
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any

from headnotes.languages import FALLBACK, Messages, choose_language, describe_reasons, points
from headnotes.model import Annotation, Language, Outcome
from headnotes.reports.csvtable import COLUMNS
from headnotes.reports.json import describe_outcome
from headnotes.reports.pages.rendering import render_page
from headnotes.reports.pages.timeline import Block, make_timeline
from headnotes.reports.played import PlayedPassage, group_cards
from headnotes.reports.sentences import (
    announce_places,
    cite_note,
    cite_report,
    describe_choice,
    describe_clock,
    describe_coverage,
    describe_elsewhere,
    describe_ground,
    describe_second,
    describe_standing,
    describe_terms,
    describe_withheld,
    head_texts,
    list_definitions,
    list_printed,
    list_tags,
    list_topics,
    list_verdicts,
    name_behind_title,
    name_claim,
    name_episode,
    name_source,
    name_source_alone,
    name_unplaced,
    name_verdict,
    sum_up,
    title_report,
    title_work,
)
from headnotes.reports.view import (
    STYLES,
    Card,
    Leaf,
    VerdictKey,
    count_verdicts,
    find_plain_languages,
    list_corrections,
    list_sources,
    make_cards,
    make_unheard,
    name_all_sources,
    name_topics,
)
from headnotes.scheduling import label_note
from headnotes.scoring import SCORED, JudgedClaim, claims_elsewhere, claims_of, score_outcomes
from headnotes.text import FORMULA_STARTS, web_address, write_json
from headnotes.times import format_clock
from headnotes.values import evolve, frozen

NAVIGATION, DATA = "<!--navigation-->", "<!--data-->"
"""Stand in a page for the links to other pages, known when all are made, and for the data, which
leaves out what the page shows. No text from outside can hold them: there every `<` is escaped."""

_MARKED = re.compile(r"data-text>([^<]*)<")
_SHORTEST_SHARED = 20
"""Characters of a text from which on its place is shorter than itself."""

MOST_WRONG = 5
SHEET_ROWS, SHEET_CHARS = 62, 22
"""Lines of print on the short version, and characters of a line in each of its columns of text, so
that it fits a sheet of paper."""
ADDRESS_CHARS = 40
"""An address is not longer on the short version: nobody types more."""


@frozen(kw_only=True)
class EpisodePage:
    """The page of one episode, and what of it the index draws."""

    text: str
    blocks: tuple[Block, ...]


def render_episode(outcome: Outcome, messages: Messages) -> EpisodePage:
    """Return the page of one episode, with `NAVIGATION` where it links to others.

    Args:
        outcome: spoilers are folded, not left out.
        messages: in the language of the page.
    """
    cards, unheard = make_cards(outcome, messages), make_unheard(outcome, messages)
    passages = group_cards(cards, outcome, messages)
    timeline = make_timeline(outcome, passages)
    data = describe_page(outcome, messages.reader)
    text = render_page(
        "episode",
        messages,
        title=title_report(outcome, messages),
        episode_name=name_episode(outcome, messages),
        behind_title=name_behind_title(outcome, messages),
        facts=_list_facts(outcome, messages),
        navigation=NAVIGATION,
        topics=name_topics(outcome, messages),
        timeline=timeline,
        outcome=outcome,
        cards=cards,
        unheard=unheard,
        passages=passages,
        citation=cite_report(outcome, data, messages),
        example=cite_note(next((card for card in cards if not card.is_spoiler), None), messages),
        terms=[
            (topic, parts)
            for topic in list_topics(outcome)
            if (parts := describe_terms(topic)) or topic.homepage
        ],
        data=DATA,
        reviews=describe_reviews(outcome, messages),
        settings=describe_settings(messages),
        local=messages.local,
        **_show_score(outcome, (*cards, *unheard), messages),
        **_show_notes(cards, messages),
        **_show_appendix(outcome, (*cards, *unheard), messages),
    )
    return EpisodePage(text=text.replace(DATA, pack(data, text), 1), blocks=timeline.blocks)


def _show_score(outcome: Outcome, cards: Sequence[Leaf], messages: Messages) -> dict[str, Any]:
    """Return what the template says of the claims and their score."""
    score, claims = score_outcomes([outcome]), claims_of(outcome)
    card_of = {card.claim.key: card for card in reversed(cards) if card.claim}
    worst = find_worst([claim for claim in claims if claim.key in card_of], cards)
    chosen = choose_for_class([card_of[claim.key] for claim in worst], cards)
    return {
        "score": score,
        "counts": count_verdicts(score),
        "withheld": describe_withheld(score, messages),
        "ground": describe_ground(score, messages),
        "coverage": describe_coverage(score, messages),
        "in_short": sum_up(score, messages),
        "points": points,
        "definitions": list_definitions(messages),
        "claim_of": {claim.name: claim for claim in claims},
        "name_claim": lambda claim: name_claim(claim, outcome, messages),
        "elsewhere": describe_elsewhere(claims_elsewhere(outcome), messages),
        "choice": describe_choice(outcome, messages),
        "has_notes": bool(outcome.annotations or outcome.set_aside),
        "card_of": card_of,
        "worst": worst,
        "label": lambda card: label_note(card.note, card.language),
        "chosen": chosen,
        "chosen_claims": len({each.key for each in claims} & set(map(_key_of, chosen))),
    }


def _show_notes(cards: Sequence[Card], messages: Messages) -> dict[str, Any]:
    """Return what the template says beside the texts of notes."""
    verdicts = Counter(card.verdict for card in cards)
    return {
        "note_counts": {name: verdicts[name] for name in STYLES if name in verdicts},
        "list_tags": lambda card: list_tags(card, messages),
        "describe_second": lambda rating: describe_second(rating, messages),
        "count_by_topic": count_by_topic,
        "list_counted": lambda counts: list_verdicts(counts, messages),
        "name_source": name_source,
        "list_first_source": lambda card: list_first_source(card, messages.language),
        "is_placed": lambda card: isinstance(card, Card),
    }


def _show_appendix(outcome: Outcome, cards: Sequence[Leaf], messages: Messages) -> dict[str, Any]:
    """Return what the template says of sources, corrections and notes without a place."""
    sources = list_sources(outcome, name_all_sources(outcome))
    corrections = list_corrections(outcome)
    plain_languages = find_plain_languages(outcome.topics, messages)
    return {
        "sources": sources,
        "source_ids": {key: f"s{number}" for number, key in enumerate(sources, 1)},
        "list_printed": list_printed,
        "describe_standing": lambda source: describe_standing(source, messages),
        "corrections": corrections,
        "correction_languages": [plain_languages[topic] for topic, _ in corrections],
        "plain_languages": plain_languages,
        "places_in": announce_places([card.plain_language for card in cards], messages),
        "issue_language": FALLBACK,
        "head_texts": lambda key, languages: head_texts(key, languages, messages),
        "unplaced": [(item, *name_unplaced(item, outcome, messages)) for item in outcome.unplaced],
        "describe_reasons": lambda reasons: describe_reasons(reasons, messages),
    }


def find_worst(claims: Sequence[JudgedClaim], cards: Sequence[Leaf]) -> list[JudgedClaim]:
    """Return what moves the episode furthest from the record, by weight times that distance.

    Whether this file lets us find it or not. Inventions are licence, not error, and come in no
    such list; nor do spoilers, nor what is disputed. Source: ours.
    """
    spoilers = {card.claim.key for card in cards if card.is_spoiler and card.claim}
    off = [
        (claim.weight * (1 - SCORED[claim.verdict]), claim)
        for claim in claims
        if claim.verdict is not None and claim.verdict in SCORED
    ]
    wrong = [(much, claim) for much, claim in off if much and claim.key not in spoilers]
    wrong.sort(key=lambda pair: -pair[0])
    return [claim for _, claim in wrong[:MOST_WRONG]]


def choose_for_class(worst: Sequence[Leaf], cards: Sequence[Leaf]) -> list[Leaf]:
    """Return the notes for one sheet: what is furthest from the record, then the weightiest.

    Each claim comes once, and verdicts before other notes, as far as a sheet has room. The last of
    all is what has no place in the file.
    """
    ranked = sorted(
        (card for card in cards if not card.is_spoiler),
        key=lambda card: (card.verdict == "context", -card.note.weight, _is_off_screen(card)),
    )
    chosen: dict[object, Leaf] = {}
    room = SHEET_ROWS
    for card in (*worst, *ranked):
        room -= 0 if _key_of(card) in chosen else measure_row(card)
        if room < 0:
            break
        chosen.setdefault(_key_of(card), card)
    return [*chosen.values()]


def _key_of(card: Leaf) -> object:
    return card.claim.key if card.claim else card.id


def _is_off_screen(card: Leaf) -> bool:
    return not isinstance(card, Card) or card.shown_ms is None


def measure_row(card: Leaf) -> int:
    """Return how many lines of print the sheet needs for a note, about."""
    source = ", ".join(part for part, _ in list_first_source(card, card.language))
    longest = (
        len(card.sentence or card.text.shown) / SHEET_CHARS,
        len(card.line) / SHEET_CHARS,
        len(source) / SHEET_CHARS * 1.2,
    )
    return 1 + math.ceil(max(longest))


def list_first_source(card: Leaf, language: Language) -> list[tuple[str, Language]]:
    """Return the first source that a note cites, where in it, and where it is found, in short.

    Args:
        card: the note; what it cites may be unknown.
        language: what counts as that of names and addresses, which are the same in every language.
    """
    for cited in card.cited[:1]:
        if cited.source:
            name, url = name_source_alone(cited.source), shorten(cited.source.url)
            place = cited.citation.at, card.plain_language
            return [part for part in ((name, language), place, (url, language)) if part[0]]
    return []


def shorten(url: str) -> str:
    """Return a web address as one types it: no scheme, and only its host where it is long."""
    if not web_address(url):
        return ""
    short = url.partition("://")[2].removeprefix("www.").rstrip("/")
    return short if len(short) <= ADDRESS_CHARS else short.partition("/")[0]


def collect_values(outcome: Outcome, messages: Messages) -> dict[str, Any]:
    """Return what a page of another room shows about an episode, by the names used here."""
    cards = make_cards(outcome, messages)
    return {
        "work": title_work(outcome, messages),
        "episode_name": name_episode(outcome, messages),
        "behind_title": name_behind_title(outcome, messages),
        "topics": name_topics(outcome, messages),
        "cards": cards,
        "data": describe_page(outcome, messages.reader),
        "name_source": name_source,
        **_show_appendix(outcome, cards, messages),
    }


def _list_facts(outcome: Outcome, messages: Messages) -> list[str]:
    track = outcome.track
    spoken = messages.name_language(track.language)
    facts = (
        format_clock(track.duration_ms),
        messages.text("page.dialogue", language=spoken) if spoken else "",
        messages.plural("cues", len(track.cues)),
        messages.plural("notes", len(outcome.annotations)),
        track.name,
        *describe_clock(track, messages),
    )
    return [fact for fact in facts if fact]


def count_by_topic(passage: PlayedPassage, topic: str) -> Mapping[VerdictKey, int]:
    """Return how many notes of a topic a passage has by verdict."""
    cards = tuple(card for card in passage.cards if card.first.topic == topic)
    return evolve(passage, cards=cards).verdicts


# ------------------------------------------------------------------------------ data


def describe_page(outcome: Outcome, language: Language) -> dict[str, Any]:
    """Return the page's data: the contract, with texts in the language of the page alone."""
    data = describe_outcome(outcome, language)
    for annotation in data["annotations"]:
        annotation["text"] = _keep_language(annotation["text"], language)
    for claim in data["claims"]:
        claim["text"] = _keep_language(claim["text"], language)
        for rating in claim["ratings"]:
            if rating["second"]:
                rating["second"]["reason"] = _keep_language(rating["second"]["reason"], language)
    for source in data["sources"].values():
        source["standpoint"] = _keep_language(source["standpoint"], language)
    return data


def _keep_language(texts: Mapping[Language, Any], language: Language) -> dict[Language, Any]:
    tag = choose_language(texts, language) if texts else None
    return {tag: texts[tag]} if tag else {}


def pack(data: Mapping[str, Any], page: str) -> str:
    """Return data as the script of its page takes it: deflated, in Base64.

    A text that the page shows is not repeated: `{"$": 3}` is the fourth of the elements marked so.
    """
    shown = find_shown_texts(page)

    def leave_out(value: Any) -> Any:  # noqa: ANN401 - JSON holds any type
        if isinstance(value, str) and len(value) > _SHORTEST_SHARED and value in shown:
            return {"$": shown[value]}
        if isinstance(value, Mapping):
            return {key: leave_out(inner) for key, inner in value.items()}
        return [*map(leave_out, value)] if isinstance(value, list | tuple) else value

    written = write_json(leave_out(data)).encode()
    return base64.b64encode(zlib.compress(written, 9)).decode()


def find_shown_texts(page: str) -> dict[str, int]:
    """Return the texts of a page that its elements marked `data-text` hold, with their places."""
    texts = _MARKED.findall(page)
    return {unescape(text): place for place, text in reversed([*enumerate(texts)])}


def describe_settings(messages: Messages) -> dict[str, Any]:
    """Return what the script must not know better than we do: columns and messages."""
    return {
        "columns": dict(COLUMNS),
        "formulaStarts": FORMULA_STARTS,
        "words": messages.table["script"],
    }


# ------------------------------------------------------------------------------ reviews


def describe_reviews(outcome: Outcome, messages: Messages) -> dict[str, Any]:
    """Return the verdicts as ClaimReview, which fact-check directories read.

    One review per verdict note: what is shown is the claim, the headnote explains it. A verdict
    that is not scored has a name but no number. All reviews share one `itemReviewed`.

    Source: schema.org, type ClaimReview.
    """
    reviewed: dict[tuple[str, str], Annotation] = {}
    for annotation in outcome.annotations:
        if annotation.note.verdict:
            reviewed.setdefault((annotation.topic, annotation.note.id), annotation)
    claim = {
        "@type": "Claim",
        "@id": "#claim",
        "appearance": _describe_episode(outcome, messages),
    }
    reviews = [_describe_review(item, messages) for item in reviewed.values()]
    # The language of all texts that do not name their own.
    context = ["https://schema.org", {"@language": messages.language}]
    return {"@context": context, "@graph": [claim, *reviews]}


def _describe_episode(outcome: Outcome, messages: Messages) -> dict[str, Any]:
    work = title_work(outcome, messages)
    if outcome.episode.id is None:
        kind = "Movie" if outcome.episode.is_film else "CreativeWork"
        return {"@type": kind, "name": work}
    series = {"@type": "CreativeWorkSeries", "name": work}
    return {"@type": "Episode", "name": str(outcome.episode.id), "partOfSeries": series}


def _describe_review(annotation: Annotation, messages: Messages) -> dict[str, Any]:
    note = annotation.note
    tag, text = messages.note_text(note)
    rating: dict[str, Any] = {
        "@type": "Rating",
        "alternateName": name_verdict(note.verdict or "context", messages),
        "ratingExplanation": text.headnote,
    }
    if note.verdict is not None and note.verdict in SCORED:
        rating |= {
            "ratingValue": round(1 + 3 * SCORED[note.verdict]),
            "bestRating": 4,
            "worstRating": 1,
        }
    return {
        "@type": "ClaimReview",
        "url": f"#{annotation.topic}/{note.id}",
        **({"inLanguage": tag} if tag != messages.language else {}),
        "claimReviewed": text.shown,
        "itemReviewed": {"@id": "#claim"},
        "reviewRating": rating,
    }
