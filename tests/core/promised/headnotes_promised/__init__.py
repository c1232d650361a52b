"""A plugin that answers every hook of version 0.2, with the public names of that version."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from headnotes import (
    Annotation,
    Cue,
    Episode,
    Headnote,
    HeadnotesError,
    Issue,
    Moment,
    Outcome,
    Profile,
    Report,
    Topic,
    Track,
    TrackFormat,
    hookimpl,
)


@hookimpl
def provide_topics() -> list[Path]:
    return [Path(__file__).parent]


@hookimpl
def annotate_track(
    track: Track, episode: Episode, topics: Mapping[str, Topic]
) -> Iterable[Annotation]:
    note = next(note for note in topics["promised"].notes if note.id == "by-code")
    for cue in track.by_time:
        if "signal" in cue.text.lower():
            moment = Moment(
                start_ms=cue.start_ms,
                end_ms=cue.end_ms,
                first_cue=cue.number,
                last_cue=cue.number,
                strength=1.0,
            )
            yield Annotation(topic="promised", note=note, moment=moment)


@hookimpl
def provide_formats() -> list[TrackFormat]:
    return [TrackFormat(name="seconds", suffixes=(".seconds",), recognise=recognise, parse=parse)]


def recognise(text: str) -> bool:
    return text.startswith("SECONDS\n")


def parse(text: str) -> tuple[tuple[Cue, ...], tuple[Issue, ...]]:
    cues: list[Cue] = []
    repairs: list[Issue] = []
    for number, line in enumerate(text.splitlines()[1:], start=2):
        start, _, words = line.partition(" ")
        if not start.isdecimal():
            repairs.append(Issue(line=number, code="no-time", level="warning", message="no time"))
            continue
        start_ms = int(start) * 1000
        cue = Cue(
            number=len(cues) + 1,
            start_ms=start_ms,
            end_ms=start_ms + 2000,
            text=words,
            spoken=words,
            raw=words,
        )
        cues.append(cue)
    if not cues:
        raise HeadnotesError(Issue(code="no-cues", message="no cues"))
    return tuple(cues), tuple(repairs)


@hookimpl
def provide_profiles() -> list[Profile]:
    return [
        Profile(
            name="lines", title={"en": "Lines"}, suffix=".lines", write=write, players=("tape",)
        )
    ]


def write(track: Track, headnotes: tuple[Headnote, ...]) -> str:
    return "".join(f"{note.start_ms} {note.label} {note.text}\n" for note in headnotes)


@hookimpl
def provide_reports() -> list[Report]:
    return [Report(name="tally", suffix=".txt", render=render)]


def render(outcomes: tuple[Outcome, ...], language: str) -> dict[str, str]:
    lines = [
        f"{outcome.track.name} {outcome.episode.id} {found.topic}/{found.note.id}\n"
        for outcome in outcomes
        for found in outcome.annotations
    ]
    return {"tally.txt": "".join(lines)}
