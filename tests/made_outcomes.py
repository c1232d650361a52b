"""Outcomes made without an engine, for tests and benchmarks of what comes after it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice

from attrs import evolve

from headnotes.issues import Issue
from headnotes.model import (
    Annotation,
    Citation,
    Correction,
    Cue,
    Episode,
    Evidence,
    Moment,
    Note,
    NoteText,
    Outcome,
    Rating,
    Reason,
    Scene,
    Source,
    Topic,
    Track,
    Unplaced,
    Verdict,
    Work,
    WorkEpisode,
)

TOPICS = ("blutmai", "comintern", "trotskyists")
DRAMA = Work(
    id="babylon-berlin",
    title={"en": "Babylon Berlin", "de": "Babylon Berlin"},
    episodes=(
        WorkEpisode(id="S01E04", title={"en": "Episode 4", "de": "Folge 4"}),
        WorkEpisode(id="S01E05", title={"en": "Episode 5", "de": "Folge 5"}),
    ),
)
LINES = (
    "The march is forbidden. Who told you that?",
    "Two women on the balcony. They're bleeding.",
    "Wait here. Don't move.",
    "He came from Moscow with the morning train.",
    "Nobody marches tomorrow, Herr Rath.",
    "And the gold?",
    "Shots in the Kösliner Straße, all night long.",
)
VERDICT_CYCLE: tuple[Verdict | None, ...] = (
    "accurate",
    "mostly-accurate",
    None,
    "inaccurate",
    "invented",
    "mostly-accurate",
    "unverified",
    "mostly-inaccurate",
    "accurate",
    None,
)
SOURCES = {
    one.id: one
    for one in (
        Source(
            id="bowlby-1986",
            author="Chris Bowlby",
            title="Blutmai 1929: Police, Parties and Proletarians in a Berlin Confrontation",
            year=1986,
            kind="scholarly",
            standpoint={"en": "academic", "de": "akademisch"},
            read="part",
            url="https://doi.org/10.1017/S0018246X00018653",
            publisher="Cambridge University Press",
            site="The Historical Journal 29/1",
            pages="137-158",
        ),
        Source(
            id="berlin-am-morgen-1929-05-04",
            author="Berlin am Morgen",
            title="Front page with the names of the dead",
            year=1929,
            kind="primary",
            standpoint={
                "en": "daily close to the Communists",
                "de": "den Kommunisten nahe Zeitung",
            },
            read="part",
        ),
        Source(
            id="larsen-2018",
            author="A. E. Larsen",
            title="Communists in Babylon Berlin",
            year=2018,
            kind="general",
            standpoint={"en": "historian, outside the field", "de": "Historiker, fachfremd"},
            read="whole",
            url="https://aelarsen.wordpress.com/2018/12/25/babylon-berlin-commies/",
            site="An Historian Goes to the Movies",
        ),
    )
}


def make_note(
    note_id: str = "women-on-the-balcony",
    verdict: Verdict | None = "mostly-accurate",
    *,
    weight: int = 2,
    spoiler: str | None = None,
    text: str | None = None,
    is_disputed: bool = False,
    episode: str = "S01E04",
) -> Note:
    """Make a note in English and German; `text` replaces every sentence of it."""
    english = NoteText(
        headnote=text or "Two women did die at one address; their names stood in the paper.",
        shown=text or "Two women are shot by police on their own balcony during the May fights.",
        record=text
        or "A list of the dead names two women at one address in the Kösliner Straße. That they "
        "stood on a balcony rests on a single later account.",
        confidence=text or ("Two independent lists agree; the place is thin." if verdict else ""),
    )
    german = NoteText(
        headnote=text or "Zwei Frauen starben an einer Adresse; ihre Namen standen in der Zeitung.",
        shown=text or "Zwei Frauen werden während der Maikämpfe auf ihrem Balkon erschossen.",
        record=text
        or "Eine Totenliste nennt zwei Frauen an einer Adresse der Kösliner Straße. Dass sie auf "
        "einem Balkon standen, stützt sich auf einen einzigen späteren Bericht.",
        confidence=text
        or ("Zwei unabhängige Listen stimmen überein; der Ort ist dünn belegt." if verdict else ""),
    )
    return Note(
        id=note_id,
        texts={"en": english, "de": german},
        citations=(
            Citation(
                source="berlin-am-morgen-1929-05-04", at="list of the dead", stance="supports"
            ),
            Citation(source="bowlby-1986", at="p. 149", stance="qualifies"),
        ),
        verdict=verdict,
        confidence="moderate" if verdict else None,
        departures=("time-compressed", "invented-person") if verdict else (),
        weight=weight,
        episodes=(episode,),
        spoiler=spoiler,
        disputed=is_disputed,
    )


def make_track(
    cue_count: int = 210, *, name: str = "S01E04.en.srt", step_ms: int = 12_900
) -> Track:
    """Make a track with a silence after every fifteenth cue."""
    cues = []
    for place, line in enumerate(islice(cycle(LINES), cue_count)):
        start = 20_000 + place * step_ms + place // 15 * 15_000
        cues.append(
            Cue(
                number=place + 1,
                start_ms=start,
                end_ms=start + 1_800 + 60 * len(line) // 2,
                text=line,
                spoken=line,
                raw=line,
            )
        )
    return Track(name=name, format="srt", language="en", cues=tuple(cues))


def make_scenes(track: Track, size: int = 15) -> tuple[Scene, ...]:
    """Cut a made track into scenes of so many cues."""
    return tuple(
        Scene(
            number=number,
            start_ms=track.cues[first].start_ms,
            end_ms=track.cues[min(first + size, len(track.cues)) - 1].end_ms,
            first_cue=first,
            last_cue=min(first + size, len(track.cues)) - 1,
        )
        for number, first in enumerate(range(0, len(track.cues), size), 1)
    )


def make_moment(track: Track, place: int) -> Moment:
    """Make a moment of two cues of a track that has some."""
    first, last = track.cues[place], track.cues[min(place + 1, len(track.cues) - 1)]
    return Moment(
        start_ms=first.start_ms,
        end_ms=last.end_ms,
        first_cue=first.number,
        last_cue=last.number,
        strength=0.83,
        evidence=(
            Evidence(cue=first.number, term="balcon* | Balkon*", text=first.spoken[:20]),
            Evidence(cue=last.number, term="woman | women", text=last.spoken[:20]),
        ),
    )


def make_outcome(
    note_count: int = 20,
    *,
    track: Track | None = None,
    text: str | None = None,
    episode_id: str | None = "S01E04",
    verdicts: tuple[Verdict | None, ...] = VERDICT_CYCLE,
) -> Outcome:
    """Make an outcome with so many notes of three topics spread over its track."""
    track = track or make_track()
    notes = [
        make_note(
            f"note-{place:04d}",
            verdict,
            weight=1 + place % 3,
            spoiler="S02E08" if place % 11 == 7 else None,
            text=text,
            is_disputed=place % 9 == 4,
            episode=episode_id or "S01E04",
        )
        for place, verdict in enumerate(islice(cycle(verdicts), note_count))
    ]
    placed = [
        Annotation(
            topic=TOPICS[place % 3],
            note=note,
            moment=make_moment(track, place * len(track.cues) // max(1, note_count)),
        )
        for place, note in enumerate(notes)
    ]
    missing = make_note("the-musket", "unverified", text=text)
    by_topic = {one: notes[place::3] for place, one in enumerate(TOPICS)}
    by_topic["blutmai"].append(missing)
    return Outcome(
        track=track,
        episode=Episode(
            work="babylon-berlin",
            ids=(episode_id,) if episode_id else (),
            recognised_by=(Reason("file-name"),),
        ),
        scenes=make_scenes(track),
        annotations=tuple(placed),
        unplaced=(
            Unplaced(
                topic="blutmai",
                note=missing,
                reasons=(Reason("term-missing", {"term": text or "Musket* | Gewehr*"}),),
            ),
        ),
        topics={one: make_topic(one, own, text) for one, own in by_topic.items()},
        work=DRAMA,
    )


def make_topic(topic_id: str, notes: list[Note], text: str | None = None) -> Topic:
    """Make a topic around notes, each rated twice, with one correction."""
    return Topic(
        id=topic_id,
        version="1.1",
        work="babylon-berlin",
        title={"en": text or topic_id.title(), "de": text or topic_id.title()},
        authors=(text or "A. Writer", "B. Reader"),
        licence=text or "CC BY-SA 4.0",
        homepage="https://example.org/topic",
        notes=tuple(notes),
        sources=SOURCES,
        ratings=tuple(rate_again(notes, text)),
        rater=text or "a second reader",
        corrections=(
            Correction(
                note="note-0001",
                version="1.1",
                change="verdict unverified -> mostly-accurate",
                why=text or "a list of the dead names two women at one address",
            ),
        ),
    )


ENGLISH = "The list of the dead was not what it is to us, and we have it."
"""A sentence that tells its language."""


def correct_in(why: str, outcome: Outcome) -> Outcome:
    """Give every topic of an outcome this reason for its correction."""
    topics = {
        name: evolve(topic, corrections=(evolve(topic.corrections[0], why=why),))
        for name, topic in outcome.topics.items()
    }
    return evolve(outcome, topics=topics)


def correct_also(note: str, outcome: Outcome) -> Outcome:
    """Give every topic of an outcome a correction of one more note, by its id."""
    topics = {
        name: evolve(
            topic, corrections=(*topic.corrections, evolve(topic.corrections[0], note=note))
        )
        for name, topic in outcome.topics.items()
    }
    return evolve(outcome, topics=topics)


def rate_again(notes: list[Note], text: str | None = None) -> Iterator[Rating]:
    """Rate notes a second time: the first of all "mostly" ones is found wholly right."""
    for place, note in enumerate(notes):
        if note.verdict:
            verdict = (
                "accurate" if note.verdict == "mostly-accurate" and place < 3 else note.verdict
            )
            yield Rating(
                claim=note.id,
                verdict=verdict,
                confidence="low",
                reason={"en": text or "The list is firm.", "de": text or "Die Liste ist fest."},
            )


def make_repair(text: str) -> Issue:
    """Make a repair that says this."""
    return Issue(line=7, code="blank-line-inside", level="info", message=text)


def make_everywhere(text: str) -> Outcome:
    """Make an outcome with this text in every place that takes one."""
    track = make_track(30, name=f"{text}.srt")
    cues = tuple(evolve(cue, text=text, spoken=text, raw=text) for cue in track.cues)
    track = evolve(track, cues=cues, repairs=(make_repair(text),), language="en")
    return make_outcome(9, track=track, text=text)
