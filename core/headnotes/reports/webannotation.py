"""Annotations for archives and players, as W3C Web Annotations in JSON-LD.

Each annotation points into its file in two ways that stand for one another: a stretch of time
and the words that were spoken there. Bodies are the note in all its languages, its verdict, the
sources that have a web address, the claim it judges, and what a second reader says of that.

Source: W3C, Web Annotation Data Model; W3C, Media Fragments URI 1.0, section 4.2.1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from headnotes.filenames import name_files
from headnotes.model import Annotation, Language, Outcome, Track
from headnotes.scoring import JudgedClaim, claims_by_note, judge_claims
from headnotes.text import web_address, write_json
from headnotes.times import SECOND_MS
from headnotes.values import frozen

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
GENERATOR = "Headnotes"
"""By this name a page of ours is known again."""
FRAGMENTS = "http://www.w3.org/TR/media-frags/"
AROUND = 32
"""Characters of dialogue kept before and after a quote, no more: enough to find it again.

Source: the Hypothesis client's text quotes.
"""


@frozen(kw_only=True)
class _Dialogue:
    """What is spoken, as one line, and where in it each cue begins, by its number."""

    spoken: str
    starts: Mapping[int, int]

    @classmethod
    def of(cls, track: Track) -> _Dialogue:
        spoken = [" ".join(cue.spoken.split()) for cue in track.by_time]
        ends = accumulate(len(line) + 1 if line else 0 for line in spoken)
        starts = zip((cue.number for cue in track.by_time), (0, *ends), strict=False)
        return cls(spoken=" ".join(filter(None, spoken)), starts=dict(starts))


def render_webannotation(outcomes: tuple[Outcome, ...], _language: Language) -> dict[str, str]:
    """Return all annotations as one page of annotations, whatever file they point into.

    Every language of a note is in it, so it does not matter which one is asked for.
    """
    name = name_files(outcomes, ".jsonld")[0] if len(outcomes) == 1 else "headnotes.jsonld"
    files = _tell_apart(outcomes)
    items = [
        item
        for outcome, file in zip(outcomes, files, strict=True)
        for item in _describe_outcome(outcome, file)
    ]
    page = {
        "@context": CONTEXT,
        "id": _make_id("page", *files),
        "type": "AnnotationPage",
        "generator": {"type": "Software", "name": GENERATOR},
        "items": items,
    }
    return {name: write_json(page, indent=1) + "\n"}


def _tell_apart(outcomes: Iterable[Outcome]) -> list[str]:
    """Return an id for each file, of its name and its dialogue: folders may have one name twice.

    Of copies that are equal each gets its own by the order they come in.
    """
    seen: Counter[str] = Counter()
    files = []
    for outcome in outcomes:
        cues = (f"{cue.start_ms} {cue.end_ms} {cue.text}" for cue in outcome.track.cues)
        file = _make_id("file", outcome.track.name, *cues)
        files.append(_make_id(file, str(seen[file])))
        seen[file] += 1
    return files


def _describe_outcome(outcome: Outcome, file: str) -> Iterator[dict[str, Any]]:
    dialogue = _Dialogue.of(outcome.track)
    judged = claims_by_note(judge_claims(outcome.work, outcome.topics))
    seen: Counter[tuple[str, str]] = Counter()
    for annotation in outcome.annotations:
        key = (annotation.topic, annotation.note.id)
        described = {
            "id": _make_id(file, *key, str(seen[key])),
            **_describe(annotation, outcome, dialogue),
        }
        described["body"] += _list_judgements(judged.get(key), annotation.topic)
        yield described
        seen[key] += 1


def _describe(annotation: Annotation, outcome: Outcome, dialogue: _Dialogue) -> dict[str, Any]:
    topic = outcome.topics.get(annotation.topic)
    version = f" {topic.version}" if topic else ""
    return {
        "type": "Annotation",
        "motivation": "assessing" if annotation.note.verdict else "commenting",
        "creator": {"type": "Software", "name": f"Headnotes, topic {annotation.topic}{version}"},
        "body": [
            *_list_texts(annotation),
            *_list_tags(annotation),
            *_list_links(annotation, outcome),
        ],
        # Beside the annotations, wherever both are put: a name of this machine would be no use.
        "target": {
            "source": f"./{quote(outcome.track.name, safe='', errors='replace')}",
            "selector": [_select_time(annotation), *_select_words(annotation, dialogue)],
        },
    }


def _make_id(*names: str) -> str:
    """Return the same id for the same names, every time."""
    joined = "\n".join(quote(name, safe="", errors="replace") for name in names)
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'headnotes:{joined}')}"


def _list_texts(annotation: Annotation) -> list[dict[str, Any]]:
    return [
        {
            "type": "TextualBody",
            "purpose": "commenting",
            "format": "text/plain",
            "language": tag,
            "value": "\n\n".join(
                filter(None, (text.headnote, text.shown, text.record, text.confidence))
            ),
        }
        for tag, text in sorted(annotation.note.texts.items())
    ]


def _list_tags(annotation: Annotation) -> list[dict[str, Any]]:
    note = annotation.note
    tags = [f"{annotation.topic}/{note.id}", *note.departures]
    if note.verdict:
        tags.insert(1, note.verdict)
    return [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags]


def _list_judgements(claim: JudgedClaim | None, topic: str) -> list[dict[str, Any]]:
    """Return the claim that a note of a topic judges, and what a second reader says of it."""
    if claim is None:
        return []
    claims = [("describing", tag, text) for tag, text in sorted(claim.text.items())]
    seconds = [
        ("assessing", tag, f"{second.verdict}, {second.confidence}: {reason}")
        for judgement in claim.judgements
        if judgement.topic == topic and (second := judgement.second)
        for tag, reason in sorted(second.reason.items())
    ]
    return [
        {"type": "TextualBody", "purpose": purpose, "language": tag, "value": value}
        for purpose, tag, value in (*claims, *seconds)
    ]


def _list_links(annotation: Annotation, outcome: Outcome) -> list[dict[str, Any]]:
    topic = outcome.topics.get(annotation.topic)
    known = topic.sources if topic else {}
    cited = [known.get(citation.source) for citation in annotation.note.citations]
    addresses = dict.fromkeys(filter(None, (web_address(source.url) for source in cited if source)))
    return [
        {"type": "SpecificResource", "purpose": "linking", "source": address}
        for address in addresses
    ]


def _select_time(annotation: Annotation) -> dict[str, Any]:
    moment = annotation.moment
    span = f"t={moment.start_ms / SECOND_MS:.3f},{moment.end_ms / SECOND_MS:.3f}"
    return {"type": "FragmentSelector", "conformsTo": FRAGMENTS, "value": span}


def _select_words(annotation: Annotation, dialogue: _Dialogue) -> list[dict[str, Any]]:
    """Quote the first words found, with a little of what is spoken around them."""
    if not annotation.moment.evidence:
        return []
    first = annotation.moment.evidence[0]
    # evidence may cross a line break, which the dialogue here has as a space
    exact = " ".join(first.text.split())
    start = dialogue.spoken.find(exact, dialogue.starts.get(first.cue, len(dialogue.spoken)))
    selector = {"type": "TextQuoteSelector", "exact": exact}
    if start >= 0:
        end = start + len(exact)
        selector["prefix"] = dialogue.spoken[max(0, start - AROUND) : start]
        selector["suffix"] = dialogue.spoken[end : end + AROUND]
    return [selector]
