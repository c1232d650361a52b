"""The pages to watch along with: one per episode in one language, and an index of several.

A page needs no network, no second file but the film, and no script to be read; the script brings
the notes in time. When each comes up is planned here, for every density and for every later
episode that a note gives away; the script only looks up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from shlex import quote as quote_word
from typing import Any, get_args
from urllib.parse import quote

from headnotes.filenames import name_files
from headnotes.languages import FALLBACK, Messages, common_language, labels_of, load_messages
from headnotes.model import Annotation, Headnote, Language, Outcome
from headnotes.reports import (
    Look,
    collect_page_values,
    list_neighbours,
    order_by_episode,
    render_page,
)
from headnotes.scheduling import (
    Density,
    Selection,
    label_note,
    list_by_moment,
    schedule,
    select,
    word_note,
)
from headnotes.text import show_controls
from headnotes.values import frozen

INDEX = "watch.html"
SUFFIX = ".watch.html"

_LOOK = Look(__package__, styles=("watch.css",), scripts=("clock.js", "watch.js"))
_FILM_LOOK = Look(_LOOK.package, _LOOK.styles, _LOOK.scripts, loads=("media-src 'self' file:",))

_FOLDER = "FOLDER"
"""Stands for the folder of a page, which does not know where it lies."""

_Window = tuple[int, int, int]
"""The place of an annotation in the data, and its first and last millisecond on screen."""


@frozen(kw_only=True)
class FrameRates:
    """Frames a second of the film watched and of the one that the subtitles were made for.

    Empty names stand for films of one rate.
    """

    film: str = ""
    subtitles: str = ""

    @property
    def factor(self) -> str:
        """What a time of the film is multiplied by to be one of the subtitles."""
        if not self.film:
            return "1"
        return f"{_FRAMES[self.film] / _FRAMES[self.subtitles]:.8f}"


_FRAMES = {"23.976": 24_000 / 1_001, "24": 24.0, "25": 25.0}

FRAME_RATES = (
    FrameRates(),
    FrameRates(film="25", subtitles="23.976"),
    FrameRates(film="23.976", subtitles="25"),
    FrameRates(film="25", subtitles="24"),
    FrameRates(film="24", subtitles="25"),
)
"""Source: the rates between which releases of films differ, as ffsubsync lists them."""


SPEEDS = ("0.5", "0.75", "1", "1.25", "1.5", "2")
"""How fast films are played, by services that let their viewers choose."""

KEYS = (
    (" ", "play"),
    ("←→", "ten"),
    (",.", "half"),
    ("w", "recall"),
    ("pn", "step"),
    ("/", "said"),
)
"""The keys of the page, a character each, and which message says what they do."""


def render_watch(
    outcomes: Sequence[Outcome],
    language: Language | None,
    *,
    video: str = "",
    has_report: Callable[[str], bool] = lambda _: False,
) -> dict[str, str]:
    """Return one page per outcome and, for more than one, an index.

    Args:
        outcomes: spoilers included; the page holds them back.
        language: of the pages and of the notes; `None` for that of each page's dialogue, and for
            that of the index if all have the same, else English.
        video: relative address of the film, for a page that plays it; empty: it plays elsewhere.
        has_report: whether the report of this file name lies where the pages go.

    Returns:
        Whole pages by file name; no two names are equal, whatever the tracks are called.
    """
    names = name_files(outcomes, SUFFIX, taken=("watch",))
    index = INDEX if len(outcomes) > 1 else ""
    reports = name_files(outcomes, ".html")
    around = list_neighbours(outcomes)
    pages = {}
    for name, report, outcome, beside in zip(names, reports, outcomes, around, strict=True):
        pages[name] = _render_page(
            outcome,
            load_messages(language or outcome.track.language or FALLBACK),
            video=video,
            index=index,
            report=quote(report) if has_report(report) else "",
            neighbours=[
                (rel, quote(names[place]), str(outcomes[place].episode.id)) for rel, place in beside
            ],
        )
    if index:
        common = common_language(outcome.track.language for outcome in outcomes)
        messages = load_messages(language or common)
        pages[index] = _render_index(outcomes, names, messages)
    return pages


def _render_page(
    outcome: Outcome,
    messages: Messages,
    *,
    video: str,
    **links: Any,  # noqa: ANN401 - as the template takes them
) -> str:
    values = collect_page_values(outcome, messages)
    return render_page(
        "watch",
        messages,
        _FILM_LOOK if video else _LOOK,
        **values | {"data": _lighten(values["data"])},
        settings=describe_watching(outcome, messages),
        rates=FRAME_RATES,
        speeds=SPEEDS,
        keys=KEYS,
        labels=labels_of(messages.reader),
        label_note=label_note,
        report_command=(
            f"headnotes report {quote_word(outcome.track.name)} --format html -o {_FOLDER}"
        ),
        video=video,
        **links,
    )


def _lighten(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the contract's data without what stands in words on the page: half of its weight."""
    words: dict[str, object] = {"text": {}, "evidence": [], "citations": []}
    annotations = [{**annotation, **words} for annotation in data["annotations"]]
    return {**data, "annotations": annotations, "sources": {}}


def _render_index(outcomes: Sequence[Outcome], names: Sequence[str], messages: Messages) -> str:
    entries = []
    is_one_language = len({outcome.track.language for outcome in outcomes}) == 1
    for place in order_by_episode(outcomes):
        outcome, name = outcomes[place], names[place]
        values = collect_page_values(outcome, messages)
        entries.append(
            {
                "link": quote(name),
                "work": values["work"],
                "name": values["behind_title"],
                "spoken": "" if is_one_language else messages.name_language(outcome.track.language),
                "notes": len(values["cards"]),
                "file": outcome.track.name,
            }
        )
    return render_page("contents", messages, _LOOK, entries=entries)


# ------------------------------------------------------------------------------ data


def describe_watching(outcome: Outcome, messages: Messages) -> dict[str, Any]:
    """Return what the script needs beside the contract's data; annotations by their place there.

    Returns:
        `work` and `episode`, under which the browser remembers; the `length` in milliseconds;
        `cues` to search, as start, end, text; the line of each annotation (`screen`) and its
        language; `levels` of what has been seen, each with windows by density; `guards`, from
        which level on an annotation may be shown; `words`.
    """
    wordings = [word_note(item.note, messages.reader) for item in outcome.annotations]
    levels = list_levels(outcome)
    return {
        "work": outcome.episode.work or "",
        "episode": str(outcome.episode.id or outcome.track.name),
        "length": _measure_film(outcome),
        "cues": _list_cues(outcome),
        "screen": [
            show_controls(wording.text or f"{wording.label} {item.note.id}")
            for item, wording in zip(outcome.annotations, wordings, strict=True)
        ],
        "languages": [wording.language for wording in wordings],
        "guards": _list_guards(outcome, levels),
        "levels": [
            {"seen": seen, "windows": plan_windows(outcome, messages.reader, seen)}
            for seen in levels
        ],
        "words": messages.table["watch"]["script"],
    }


def _measure_film(outcome: Outcome) -> int:
    """Return when nothing more comes: no file says how long its film is."""
    ends = [item.moment.end_ms for item in outcome.annotations]
    return max(1, outcome.track.duration_ms, *ends)


def _list_cues(outcome: Outcome) -> list[tuple[int, int, str]]:
    return [
        (cue.start_ms, cue.end_ms, show_controls(cue.text))
        for cue in outcome.track.by_time
        if cue.text.strip()
    ]


def list_levels(outcome: Outcome) -> tuple[str, ...]:
    """Return how far a viewer may have seen: no further than here, then each episode given away."""
    guarded = _select(outcome, "").kept_back
    later = {item.annotation.note.spoiler for item in guarded}
    return "", *(str(episode) for episode in sorted(filter(None, later)))


def _keep(outcome: Outcome, seen: str) -> tuple[Annotation, ...]:
    return _select(outcome, seen).kept


def _select(outcome: Outcome, seen: str) -> Selection:
    return select(outcome.annotations, seen=seen or None, episode=outcome.episode)


def _list_guards(outcome: Outcome, levels: Sequence[str]) -> list[int]:
    """Return for each annotation the first level at which it may be shown."""
    kept = [set(map(id, _keep(outcome, seen))) for seen in levels]
    return [
        next(level for level, known in enumerate(kept) if id(item) in known)
        for item in outcome.annotations
    ]


def plan_windows(
    outcome: Outcome, language: Language, seen: str
) -> dict[Density | str, list[_Window]]:
    """Return what comes up when, by density, and under `every` each note for its whole passage.

    Args:
        outcome: with all its annotations.
        language: of the notes.
        seen: one of `list_levels`.
    """
    kept = _keep(outcome, seen)
    places = {id(item): place for place, item in enumerate(outcome.annotations)}

    def list_windows(headnotes: Iterable[Headnote]) -> list[_Window]:
        return [
            (places[id(headnote.annotation)], headnote.start_ms, headnote.end_ms)
            for headnote in headnotes
        ]

    by_density: dict[Density | str, list[_Window]] = {
        density: list_windows(
            schedule(outcome.track, kept, language=language, density=density).headnotes
        )
        for density in get_args(Density)
    }
    every = list_by_moment(outcome.track, kept, language=language)
    return {**by_density, "every": list_windows(every)}
