"""Hypothesis strategies for the words of Headnotes; any test may draw from them.

Built once, in capitals, where they need nothing; composites draw from these and are quick.
"""

from __future__ import annotations

from typing import get_args

from attrs import evolve
from hypothesis import strategies as st

from headnotes.issues import Issue
from headnotes.model import (
    Annotation,
    Choice,
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
    Reason,
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
    WorkSeason,
)

HOUR_MS = 3_600_000
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


PLAIN = ("Die Straße ist gesperrt.", "Where is the gold?", "שלום, ברלין", "")


def texts(max_size: int = 20) -> st.SearchStrategy[str]:
    """Text as a stranger may write it: any characters but surrogates, and hostile ones."""
    return st.one_of(
        st.sampled_from([*PLAIN, *HOSTILE]),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=max_size),
    )


TEXTS = texts()
SLUGS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=8).map("n{}".format)
"""Ids as topic files write them."""

EPISODE_IDS = st.builds("S{:02d}E{:02d}".format, st.integers(1, 4), st.integers(1, 16))
LANGUAGES = st.sampled_from(["en", "de", "fr", "pt-br"])
LOCAL_TEXTS = st.dictionaries(LANGUAGES, TEXTS, min_size=1, max_size=2)
NOTE_TEXTS = st.dictionaries(
    LANGUAGES,
    st.builds(NoteText, headnote=TEXTS, shown=TEXTS, record=TEXTS, confidence=TEXTS),
    min_size=1,
    max_size=2,
)
NAMES = st.one_of(st.sampled_from(["S01E04.en.srt", "a/b.vtt"]), TEXTS)
REPAIRS = st.lists(
    st.builds(Issue, line=st.integers(1, 99), code=SLUGS, level=st.just("info"), message=TEXTS),
    max_size=2,
)
PROBLEMS = st.lists(st.builds(Issue, path=TEXTS, code=SLUGS, message=TEXTS, hint=TEXTS), max_size=1)
REASONS = st.one_of(
    st.just((Reason("nothing-spoken"),)),
    st.builds(
        lambda quote, term: (
            Reason("found", {"quotes": (quote,), "cue": 3, "start_ms": 9_000}),
            Reason("term-missing", {"term": term}),
        ),
        TEXTS,
        TEXTS,
    ),
)
SOURCES = st.builds(
    Source,
    id=st.just("source"),
    title=TEXTS,
    kind=st.sampled_from(get_args(SourceKind)),
    standpoint=LOCAL_TEXTS,
    read=st.sampled_from(get_args(ReadStatus)),
    author=TEXTS,
    year=st.none() | st.integers(1848, 2030) | st.just("1929-31"),
    url=st.sampled_from(["", 'https://example.org/a?b=1&c="', "javascript:alert(1)"]),
    publisher=TEXTS,
    site=TEXTS,
    pages=st.sampled_from(["", "12-15"]),
)
NOTES = st.builds(
    Note,
    id=SLUGS,
    texts=NOTE_TEXTS,
    citations=st.just(()),
    verdict=st.none() | st.sampled_from(get_args(Verdict)),
    confidence=st.sampled_from(get_args(Confidence)),
    departures=st.lists(st.sampled_from(get_args(Departure)), max_size=2, unique=True).map(tuple),
    weight=st.integers(1, 3),
    spoiler=st.none() | EPISODE_IDS,
    disputed=st.booleans(),
).map(lambda note: note if note.verdict else evolve(note, confidence=None))


def notes() -> st.SearchStrategy[Note]:
    """A verdict or context note without citations; `topics` adds them."""
    return NOTES


WORKS = st.builds(
    Work,
    id=SLUGS,
    title=LOCAL_TEXTS,
    year=st.sampled_from([None, 1927, "1929-31"]),
    seasons=st.lists(
        st.builds(WorkSeason, number=st.integers(0, 3), title=LOCAL_TEXTS),
        max_size=2,
        unique_by=lambda season: season.number,
    ).map(tuple),
    episodes=st.lists(
        st.builds(WorkEpisode, id=EPISODE_IDS, title=LOCAL_TEXTS),
        max_size=2,
        unique_by=lambda episode: episode.id,
    ).map(tuple),
)
CUES = st.lists(st.tuples(st.integers(0, 1_000), st.integers(0, 7_000), TEXTS), max_size=8)
LENGTHS = st.sampled_from([60_000, HOUR_MS, 20 * HOUR_MS])
STANCES = st.sampled_from(get_args(Stance))
STRENGTHS = st.integers(0, 100).map(lambda share: share / 100)


@st.composite
def tracks(draw: st.DrawFn) -> Track:
    """A track of a few cues or none, up to twenty hours long."""
    length = draw(LENGTHS)
    spans = sorted((place * length // 1_000, ms, text) for place, ms, text in draw(CUES))
    return Track(
        name=draw(NAMES),
        format="srt",
        language=draw(st.none() | LANGUAGES),
        cues=tuple(
            Cue(number=number, start_ms=start, end_ms=start + ms, text=text, spoken=text, raw=text)
            for number, (start, ms, text) in enumerate(spans, 1)
        ),
        repairs=tuple(draw(REPAIRS)),
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


@st.composite
def topics(draw: st.DrawFn, topic_id: str, work: str) -> Topic:
    """A topic with sources, notes of different ids and a correction."""
    ids = draw(st.lists(SLUGS, min_size=1, max_size=2, unique=True))
    made = draw(st.lists(NOTES, min_size=1, max_size=4, unique_by=lambda note: note.id))
    cited = st.lists(st.tuples(st.sampled_from(ids), TEXTS, STANCES), max_size=2)
    notes = tuple(
        evolve(note, citations=tuple(Citation(source=a, at=b, stance=c) for a, b, c in draw(cited)))
        for note in made
    )
    change = Correction(note=notes[0].id, version="1.1", change=draw(TEXTS), why=draw(TEXTS))
    return Topic(
        id=topic_id,
        version="1.0",
        work=work,
        title=draw(LOCAL_TEXTS),
        notes=notes,
        sources={one: evolve(draw(SOURCES), id=one) for one in ids},
        corrections=(change,),
    )


@st.composite
def moments(draw: st.DrawFn, track: Track) -> Moment:
    """A moment of one or a few cues of a track that has any."""
    first = draw(st.integers(0, len(track.cues) - 1))
    inside = track.cues[first : first + draw(st.integers(1, 3))]
    return Moment(
        start_ms=inside[0].start_ms,
        end_ms=max(cue.end_ms for cue in inside),
        first_cue=inside[0].number,
        last_cue=inside[-1].number,
        strength=draw(STRENGTHS),
        evidence=tuple(
            Evidence(cue=cue.number, term="word* | other", text=cue.spoken[:20]) for cue in inside
        ),
    )


CHOICES = st.builds(
    Choice,
    verdicts=st.lists(st.sampled_from([*get_args(Verdict), "context"]), unique=True).map(tuple),
    min_weight=st.integers(1, 3),
    seen=st.none() | st.just("all") | EPISODE_IDS,
)
"""What a reader may ask for, of all topics."""


@st.composite
def outcomes(draw: st.DrawFn) -> Outcome:
    """Everything that may come of one track, hostile text in every field that takes text."""
    track, work = draw(tracks()), draw(WORKS)
    ids = draw(st.lists(SLUGS, max_size=2, unique=True))
    known = {one: draw(topics(one, work.id)) for one in ids}
    placed, unplaced = [], []
    for topic in known.values():
        for note in topic.notes:
            is_placed = draw(st.booleans())
            if track.cues and is_placed:
                moment = draw(moments(track))
                placed.append(Annotation(topic=topic.id, note=note, moment=moment))
            else:
                unplaced.append(Unplaced(topic=topic.id, note=note, reasons=draw(REASONS)))
    placed.sort(key=lambda one: (one.moment.start_ms, one.topic, one.note.id))
    episode_id, is_known = draw(st.none() | EPISODE_IDS), draw(st.booleans())
    is_film = is_known and work.is_film and draw(st.booleans())
    return Outcome(
        track=track,
        episode=Episode(
            work=work.id if is_known else None,
            ids=(episode_id,) if episode_id and not is_film else (),
            is_film=is_film,
            recognised_by=(Reason("file-name"),),
        ),
        scenes=scenes_of(track),
        annotations=tuple(placed),
        unplaced=tuple(unplaced),
        topics=known,
        work=work if is_known else None,
        issues=tuple(draw(PROBLEMS)),
    )
