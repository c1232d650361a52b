import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from headnotes.anchoring import expectation_of
from headnotes.engine import Engine
from headnotes.model import (
    Anchor,
    Annotation,
    Cue,
    Depiction,
    Episode,
    EpisodeId,
    Moment,
    Note,
    NoteText,
    Reason,
    Topic,
    Track,
    Work,
    WorkEpisode,
)
from headnotes.recognition import FileHints, Overrides

TEXTS = {"en": NoteText(headnote="h", shown="s", record="r")}
SNOW = Note(
    id="snow",
    texts=TEXTS,
    citations=(),
    verdict="inaccurate",
    confidence="high",
    episodes=("S01E01",),
    anchors=(Anchor(all=("snow*", "blizzard*")),),
)
FROST = Note(id="frost", texts=TEXTS, citations=(), anchors=(Anchor(all=("frost*", "icicle*")),))
BY_CODE = Note(id="by-code", texts=TEXTS, citations=(), episodes=("S01E01",))
WEATHER = Topic(
    id="weather",
    version="1",
    work="show",
    title={"en": "Weather"},
    notes=(SNOW, FROST, BY_CODE),
    sources={},
)
SHOW = Work(id="show", title={"en": "The Show"})
HERE = FileHints(names=("The Show S01E01",), season=1, episodes=(1,))


def track(*lines):
    cues = tuple(
        Cue(
            number=at, start_ms=at * 2000, end_ms=at * 2000 + 1500, text=line, spoken=line, raw=line
        )
        for at, line in enumerate(lines, start=1)
    )
    return Track(name="a.srt", format="srt", language="en", cues=cues)


def annotate(*lines, hints=HERE, overrides=Overrides(), topics=(WEATHER,), **options):
    engine = Engine({one.id: one for one in topics}, {"show": SHOW}, **options)
    return engine.annotate(track(*lines), hints, overrides)


def placed(outcome):
    return [(one.note.id, one.moment.first_cue) for one in outcome.annotations]


STORM = "A blizzard! Snow everywhere."
ICE = "Frost and icicles."


def test_note_stands_where_its_words_are_spoken():
    assert placed(annotate("Hello.", STORM, "Bye.", ICE)) == [("snow", 2), ("frost", 4)]


def test_no_note_without_its_work():
    outcome = annotate(STORM, ICE, hints=FileHints(names=("Other S01E01",)))
    assert (placed(outcome), outcome.unplaced, outcome.work) == ([], (), None)


def test_any_work_lets_context_notes_run():
    outcome = annotate(STORM, ICE, hints=FileHints(), is_any_work=True)
    assert placed(outcome) == [("frost", 2)]


def test_episode_number_of_another_work_keeps_no_context_note_away():
    expected_here = evolve(FROST, episodes=("S01E01",))
    topic = evolve(WEATHER, notes=(expected_here,))
    other = FileHints(names=("Other S02E03",), season=2, episodes=(3,))
    outcome = annotate(STORM, ICE, hints=other, topics=(topic,), is_any_work=True)
    assert placed(outcome) == [("frost", 2)]


def test_user_may_name_the_work():
    assert placed(annotate(STORM, hints=FileHints(), overrides=Overrides(work="show"))) == [
        ("snow", 1)
    ]


def test_expected_note_without_moment_is_listed():
    outcome = annotate("Only snow.")
    assert [(missed.note.id, missed.reasons) for missed in outcome.unplaced] == [
        ("by-code", (Reason("code-found-nothing"),)),
        (
            "snow",
            (
                Reason("found", {"quotes": ("snow",), "cue": 1, "start_ms": 2000}),
                Reason("term-missing", {"term": "blizzard*"}),
            ),
        ),
    ]


def test_unknown_episode_lists_notes_with_part_of_their_evidence():
    outcome = annotate("Only snow.", hints=FileHints(names=("The Show",)))
    assert [one.note.id for one in outcome.unplaced] == ["snow"]


def depiction(name, episode, *terms):
    return Depiction(id=name, shown={"en": name}, episodes=(episode,), anchors=(Anchor(all=terms),))


SEASON = evolve(
    SHOW,
    episodes=(WorkEpisode(id="S01E01"), WorkEpisode(id="S01E02")),
    depictions=(
        depiction("storm", "S01E01", "blizzard*", "hail*", "thunder*"),
        depiction("flood", "S01E01", "levee*", "sandbag*", "dinghy"),
        depiction("drought", "S01E02", "parched", "cactus", "mirage*"),
    ),
)
ON_THE_FLOOD = evolve(BY_CODE, id="on-the-flood", depictions=("flood",))
FLOODS = evolve(WEATHER, notes=(ON_THE_FLOOD,))
FLOOD = "The levee! Sandbags! Fetch the dinghy!"


def test_note_stands_where_what_it_is_about_is_shown():
    engine = Engine({"weather": FLOODS}, {"show": SEASON})
    assert placed(engine.annotate(track("Hello.", FLOOD), HERE)) == [("on-the-flood", 2)]


def test_scenes_tell_the_episode_where_no_name_does():
    engine = Engine({"weather": FLOODS}, {"show": SEASON})
    lines = ["A blizzard, hail and thunder."] + [""] * 20 + [FLOOD]
    outcome = engine.annotate(track(*lines), overrides=Overrides(work="show"))
    assert outcome.episode.id == EpisodeId(1, 1)
    assert outcome.episode.recognised_by == (Reason("option"), Reason("scenes"))


def test_one_scene_does_not_tell_the_episode():
    engine = Engine({"weather": FLOODS}, {"show": SEASON})
    assert engine.annotate(track(FLOOD), overrides=Overrides(work="show")).episode.id is None


class Forecast:
    def annotate_track(self, track, episode):
        moment = Moment(start_ms=2000, end_ms=3500, first_cue=1, last_cue=1, strength=1.0)
        return (Annotation(topic="weather", note=BY_CODE, moment=moment),)


def test_annotations_from_code_stand_beside_those_from_terms():
    outcome = annotate(STORM, annotators=Forecast())
    assert placed(outcome) == [("by-code", 1), ("snow", 1)]
    assert outcome.unplaced == ()


@pytest.mark.parametrize(
    ("note", "episode", "expected"),
    [
        (SNOW, Episode(work="show", ids=("S01E01",)), "expected"),
        (SNOW, Episode(work="show", ids=("S01E02", "S01E01")), "expected"),
        (SNOW, Episode(work="show", ids=("S01E02",)), "elsewhere"),
        (SNOW, Episode(work="show"), "unknown"),
        (FROST, Episode(work="show", ids=("S01E01",)), "unknown"),
        # the third episode of another series is no episode of this one
        (SNOW, Episode(ids=("S01E02",)), "unknown"),
    ],
)
def test_episode_is_a_prior(note, episode, expected):
    assert expectation_of(note.episodes, episode) == expected


OTHER = Topic(
    id="other",
    version="1",
    work="show",
    title={"en": "Other"},
    notes=(Note(id="o", texts=TEXTS, citations=(), anchors=(Anchor(all=("snow*", "hail*")),)),),
    sources={},
)
lines = st.lists(
    st.sampled_from(["snow", "blizzard", "frost", "icicles", "hail", "good morning", "", "♪"]),
    max_size=20,
)


@given(lines)
def test_one_more_topic_never_changes_anothers_notes(spoken):
    alone = annotate(*spoken)
    together = annotate(*spoken, topics=(OTHER, WEATHER))
    mine = tuple(one for one in together.annotations if one.topic == "weather")
    assert mine == alone.annotations


@given(lines)
def test_moments_lie_inside_their_track(spoken):
    outcome = annotate(*spoken)
    for one in outcome.annotations:
        first, last = one.moment.first_cue, one.moment.last_cue
        assert 1 <= first <= last <= len(outcome.track.cues)
        assert all(first <= found.cue <= last for found in one.moment.evidence)
        assert 0.5 <= one.moment.strength < 1
