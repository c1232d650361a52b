"""Hypothesis strategies for the words of Headnotes; any test may draw from them."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from headnotes.errors import Problem
from headnotes.model import (
    Annotation,
    Citation,
    Confidence,
    Correction,
    Cue,
    Departure,
    Episode,
    Evidence,
    Moment,
    Note,
    NoteText,
    Outcome,
    ReadStatus,
    Repair,
    Scene,
    Source,
    SourceKind,
    Stance,
    Topic,
    Track,
    Unplaced,
    Verdict,
    Work,
    WorkEpisode,
)

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "<svg onload=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "\"' onmouseover=alert(1) x='",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "`|*_[x](javascript:alert(1))#\\",
    '=HYPERLINK("http://example.org")',
    "\x1b[31mred\x9b31m\x07\x00",
    "\u202etxet\u202c\u2066x\u2069\u200f",
    "a\u2028b\u2029c\x85d",
    "]]>&amp;&#x3c;",
    "[bold]rich[/bold] :smile:",
)
"""Text that breaks out of somewhere when it is not escaped."""

SLUGS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=12).map("n{}".format)
"""Ids as topic files write them."""
LANGUAGES = st.sampled_from(["en", "de", "fr", "pt-br"])
EPISODE_IDS = st.builds("S{:02d}E{:02d}".format, st.integers(1, 4), st.integers(1, 16))
HOUR_MS = 3_600_000


def texts(max_size: int = 60) -> st.SearchStrategy[str]:
    """Text as a stranger may write it: any characters but surrogates, and hostile ones."""
    return st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=max_size),
        st.sampled_from(HOSTILE),
        st.sampled_from(["Die Straße ist gesperrt.", "Where is the gold?", "שלום, ברלין"]),
    )


def locals_of(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """One value in one or more languages."""
    return st.dictionaries(LANGUAGES, strategy, min_size=1, max_size=2)


@st.composite
def cues(draw: st.DrawFn, count: int, length_ms: int) -> tuple[Cue, ...]:
    """So many cues in the order of a file, numbered from 1."""
    starts = sorted(draw(st.lists(st.integers(0, length_ms), min_size=count, max_size=count)))
    made = []
    for number, start in enumerate(starts, 1):
        text = draw(texts())
        end = start + draw(st.integers(0, 7_000))
        made.append(
            Cue(number=number, start_ms=start, end_ms=end, text=text, spoken=text, raw=text)
        )
    return tuple(made)


@st.composite
def tracks(draw: st.DrawFn, max_cues: int = 8) -> Track:
    """A track of any size down to none, up to twenty hours long."""
    length = draw(st.sampled_from([60_000, HOUR_MS, 20 * HOUR_MS]))
    return Track(
        name=draw(st.one_of(st.sampled_from(["S01E04.en.srt", "a/b.vtt"]), texts(30))),
        format="srt",
        language=draw(st.none() | LANGUAGES),
        cues=draw(cues(draw(st.integers(0, max_cues)), length)),
        encoding=draw(st.sampled_from(["utf-8", "cp1252"])),
        repairs=tuple(
            draw(
                st.lists(
                    st.builds(Repair, line=st.integers(1, 99), kind=SLUGS, what=texts()),
                    max_size=2,
                )
            )
        ),
    )


def scenes_of(track: Track, gap_ms: int = 10_000) -> tuple[Scene, ...]:
    """Cut a track where nothing is said for so long; a stand-in for the real room."""
    found: list[list[int]] = []
    ordered = track.by_time
    for place, cue in enumerate(ordered):
        if found and cue.start_ms - ordered[place - 1].end_ms < gap_ms:
            found[-1].append(place)
        else:
            found.append([place])
    return tuple(
        Scene(
            number=number,
            start_ms=ordered[places[0]].start_ms,
            end_ms=max(ordered[place].end_ms for place in places),
            first_cue=places[0],
            last_cue=places[-1],
        )
        for number, places in enumerate(found, 1)
    )


def sources(source_id: str) -> st.SearchStrategy[Source]:
    """A bibliographic entry under this id."""
    return st.builds(
        Source,
        id=st.just(source_id),
        title=texts(),
        kind=st.sampled_from(get_args(SourceKind)),
        standpoint=locals_of(texts()),
        read=st.sampled_from(get_args(ReadStatus)),
        author=texts(),
        year=st.none() | st.integers(1848, 2030) | st.just("1929-31"),
        url=st.sampled_from(["", 'https://example.org/a?b=1&c="', "javascript:alert(1)"]),
        publisher=texts(),
        site=texts(),
        pages=st.sampled_from(["", "12-15"]),
    )


def note_texts() -> st.SearchStrategy[NoteText]:
    """What a note says in one language."""
    return st.builds(NoteText, headnote=texts(), shown=texts(), record=texts(), confidence=texts())


@st.composite
def notes(draw: st.DrawFn, source_ids: tuple[str, ...] = ()) -> Note:
    """A verdict or context note that cites some of these sources."""
    verdict = draw(st.none() | st.sampled_from(get_args(Verdict)))
    cited = draw(st.lists(st.sampled_from(source_ids), max_size=3)) if source_ids else []
    return Note(
        id=draw(SLUGS),
        texts=draw(locals_of(note_texts())),
        citations=tuple(
            Citation(source=one, at=draw(texts()), stance=draw(st.sampled_from(get_args(Stance))))
            for one in cited
        ),
        verdict=verdict,
        confidence=draw(st.sampled_from(get_args(Confidence))) if verdict else None,
        departures=tuple(
            draw(st.lists(st.sampled_from(get_args(Departure)), max_size=3, unique=True))
        ),
        weight=draw(st.integers(1, 3)),
        episodes=tuple(draw(st.lists(EPISODE_IDS, max_size=2, unique=True))),
        spoiler=draw(st.none() | EPISODE_IDS),
        disputed=draw(st.booleans()),
    )


@st.composite
def topics(draw: st.DrawFn, topic_id: str, work: str) -> Topic:
    """A topic with sources, notes of different ids and corrections."""
    ids = tuple(draw(st.lists(SLUGS, min_size=1, max_size=2, unique=True)))
    made = draw(st.lists(notes(ids), min_size=1, max_size=4, unique_by=lambda note: note.id))
    return Topic(
        id=topic_id,
        version="1.0",
        work=work,
        title=draw(locals_of(texts())),
        notes=tuple(made),
        sources={one: draw(sources(one)) for one in ids},
        corrections=tuple(
            Correction(note=note.id, version="1.1", change=draw(texts()), why=draw(texts()))
            for note in made[:1]
        ),
    )


def moments_of(track: Track) -> st.SearchStrategy[Moment]:
    """A moment of one or a few cues of a track that has any."""

    def span(first: int, more: int, strength: float) -> Moment:
        inside = track.cues[first : first + more + 1]
        return Moment(
            start_ms=inside[0].start_ms,
            end_ms=max(cue.end_ms for cue in inside),
            first_cue=inside[0].number,
            last_cue=inside[-1].number,
            strength=strength,
            evidence=tuple(
                Evidence(cue=cue.number, term="word* | other", text=cue.spoken[:20])
                for cue in inside
            ),
        )

    return st.builds(
        span,
        st.integers(0, len(track.cues) - 1),
        st.integers(0, 3),
        st.floats(0, 1).map(lambda share: round(share, 2)),
    )


@st.composite
def works(draw: st.DrawFn) -> Work:
    """A work with a few episodes."""
    return Work(
        id=draw(SLUGS),
        title=draw(locals_of(texts())),
        episodes=tuple(
            WorkEpisode(id=one, title=draw(locals_of(texts())))
            for one in draw(st.lists(EPISODE_IDS, max_size=3, unique=True))
        ),
    )


@st.composite
def outcomes(draw: st.DrawFn) -> Outcome:
    """Everything that may come of one track, hostile text in every field that takes text."""
    track = draw(tracks())
    work = draw(works())
    known = {one: draw(topics(one, work.id)) for one in draw(st.lists(SLUGS, max_size=2))}
    placed, unplaced = [], []
    for topic in known.values():
        for note in topic.notes:
            if track.cues and draw(st.booleans()):
                moment = draw(moments_of(track))
                placed.append(Annotation(topic=topic.id, note=note, moment=moment))
            else:
                unplaced.append(Unplaced(topic=topic.id, note=note, missing=draw(texts())))
    placed.sort(key=lambda one: (one.moment.start_ms, one.topic, one.note.id))
    episode_id = draw(st.none() | EPISODE_IDS)
    is_known = draw(st.booleans())
    return Outcome(
        track=track,
        episode=Episode(
            work=work.id if is_known else None,
            id=episode_id,
            ids=(episode_id,) if episode_id else (),
            how="file name",
        ),
        scenes=scenes_of(track),
        annotations=tuple(placed),
        unplaced=tuple(unplaced),
        topics=known,
        work=work if is_known else None,
        problems=tuple(
            draw(
                st.lists(st.builds(Problem, where=texts(), what=texts(), mend=texts()), max_size=1)
            )
        ),
    )
