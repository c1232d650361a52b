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


STORM = "A blizzard! Everywhere there is snow."
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
FLOOD = "The levee! Get the sandbags! Fetch me the dinghy!"


def test_note_stands_where_what_it_is_about_is_shown():
    engine = Engine({"weather": FLOODS}, {"show": SEASON})
    assert placed(engine.annotate(track("Hello.", FLOOD), HERE)) == [("on-the-flood", 2)]


def say(*words):
    """Speak words of one scene, each in a cue of its own."""
    return [f"Look, {word}." for word in words]


STORM_SCENE = say("blizzard", "hail", "thunder")
FLOOD_SCENE = say("levee", "sandbags", "dinghy")
DROUGHT_SCENE = say("parched", "cactus", "mirage")
PAUSE = [""] * 60


def recognise(*lines, hints=FileHints(), overrides=Overrides(work="show")):
    engine = Engine({"weather": FLOODS}, {"show": SEASON})
    return engine.annotate(track(*lines), hints, overrides)


def test_scenes_name_the_episode_where_no_name_does():
    outcome = recognise(*STORM_SCENE, *PAUSE, *FLOOD_SCENE, *PAUSE)
    assert 0.95 < outcome.episode.posterior[EpisodeId(1, 1)] < 1.0
    assert outcome.episode.ids == (EpisodeId(1, 1),)
    assert outcome.episode.recognised_by == (Reason("option"), Reason("scenes"))
    assert [passage.depiction for passage in outcome.passages] == ["storm", "flood"]


def test_name_and_scenes_agree_on_an_episode():
    outcome = recognise(*STORM_SCENE, *PAUSE, *FLOOD_SCENE, hints=HERE)
    assert outcome.episode.ids == (EpisodeId(1, 1),)
    assert outcome.issues == ()


NAMED_SECOND = FileHints(names=("The Show S01E02",), season=1, episodes=(2,))
LONG = evolve(
    SEASON,
    depictions=(
        *SEASON.depictions,
        depiction("quake", "S01E01", "tremor*", "rubble", "crevice"),
        depiction("fire", "S01E01", "arson*", "embers", "hydrant"),
        depiction("dust", "S01E02", "haboob", "goggles", "turban"),
    ),
)
FIRST_SCENES = [
    *STORM_SCENE,
    *PAUSE,
    *FLOOD_SCENE,
    *PAUSE,
    *say("tremor", "rubble", "crevice"),
    *PAUSE,
    *say("arsonist", "embers", "hydrant"),
]


def test_scenes_contradict_a_name():
    engine = Engine({"weather": FLOODS}, {"show": LONG})
    outcome = engine.annotate(track(*FIRST_SCENES), NAMED_SECOND, Overrides(work="show"))
    assert outcome.episode.ids == (EpisodeId(1, 1),)
    contradicted = Reason("episode-contradicted", {"named": "S01E02", "scenes": "S01E01"})
    named = Reason("episode-named", {"named": "S01E02"})
    assert outcome.episode.recognised_by == (Reason("option"), named, contradicted)
    assert [str(issue) for issue in outcome.issues] == [
        "a.srt: named S01E02, but its scenes look like S01E01;"
        " taken for S01E01; if that is wrong, give the episode with --episode"
    ]


def ask_for(asked, *lines, work=LONG):
    """Annotate what the user says is an episode."""
    engine = Engine({"weather": FLOODS}, {"show": work})
    return engine.annotate(track(*lines), overrides=Overrides(work="show", episode=asked))


def test_user_who_names_the_episode_has_the_last_word_and_hears_of_the_scenes():
    outcome = ask_for("S01E02", *FIRST_SCENES)
    assert (outcome.episode.ids, outcome.episode.posterior) == ((EpisodeId(1, 2),), {})
    assert [str(issue) for issue in outcome.issues] == [
        "a.srt: --episode says S01E02, but the scenes look like S01E01;"
        " if the scenes are right, leave out --episode"
    ]


@pytest.mark.parametrize(
    ("asked", "lines"),
    [("S01E01", FIRST_SCENES), ("S01E02", STORM_SCENE), ("S01E02", ["Good evening."])],
    ids=["agree", "tell too little", "tell nothing"],
)
def test_user_who_names_the_episode_hears_nothing_where_scenes_do_not_contradict(asked, lines):
    outcome = ask_for(asked, *lines)
    assert (outcome.episode.ids, outcome.issues) == ((EpisodeId.parse(asked),), ())


@pytest.mark.parametrize(
    ("lines", "scenes"),
    [(FIRST_SCENES, "; its scenes look like S01E01"), (["Good evening."], "")],
)
def test_user_who_names_an_episode_that_is_not_listed_hears_what_is(lines, scenes):
    work = evolve(LONG, episodes=(WorkEpisode(id="S01E01"), WorkEpisode(id="S01E02")))
    outcome = ask_for("S09E09", *lines, work=work)
    assert (outcome.episode.ids, outcome.annotations) == ((EpisodeId(9, 9),), ())
    assert [str(issue) for issue in outcome.issues] == [
        f"a.srt: “show” has no episode S09E09, only S01E01 to S01E02{scenes};"
        " leave out --episode, or give another"
    ]


def test_user_who_names_the_episode_of_a_film_hears_that_it_has_none():
    bare = evolve(FILM, depictions=())
    outcome = Engine({}, {"show": bare}).annotate(
        track(STORM), overrides=Overrides(work="show", episode="S01E02")
    )
    assert (outcome.episode.is_film, outcome.episode.ids) == (True, ())
    assert [str(issue) for issue in outcome.issues] == [
        "a.srt: “show” has no episode S01E02; it is a film; --episode is ignored"
    ]


def test_unlisted_episode_gets_no_notes_of_others():
    ninth = FileHints(names=("The Show S09E09",), season=9, episodes=(9,))
    engine = Engine({"weather": FLOODS}, {"show": LONG})
    outcome = engine.annotate(track(*FIRST_SCENES), ninth, Overrides(work="show"))
    assert outcome.episode.ids == (EpisodeId(9, 9),)
    assert (outcome.annotations, outcome.passages) == ((), ())
    assert [str(issue) for issue in outcome.issues] == [
        "a.srt: this file is taken for S09E09, an episode that the work does not list;"
        " its scenes look like S01E01; it gets no notes of other episodes;"
        " give another with --episode"
    ]


def test_recap_gets_no_notes():
    recap = [*say("tremor", "rubble", "crevice"), "", *STORM_SCENE, *PAUSE]
    spoken = [*recap, *DROUGHT_SCENE, *PAUSE, *say("haboob", "goggles", "turban")]
    engine = Engine({"weather": FLOODS}, {"show": evolve(LONG, depictions=LONG.depictions)})
    outcome = engine.annotate(track(*spoken), NAMED_SECOND, Overrides(work="show"))
    assert (outcome.recap.first_cue, outcome.recap.last_cue) == (1, 12)
    assert [passage.depiction for passage in outcome.passages] == ["drought", "dust"]


def test_annotation_carries_the_passage_it_lies_in():
    outcome = recognise("Hello.", *FLOOD_SCENE, *PAUSE, hints=HERE)
    (annotation,) = outcome.annotations
    assert annotation.passage == outcome.passages[0]
    assert (annotation.passage.first_cue, annotation.passage.last_cue) == (2, 9)


@pytest.mark.parametrize(
    ("anchors", "cue"),
    [((Anchor(all=("dinghy",)),), 4), ((Anchor(all=("oars",)),), 2), ((), 2)],
    ids=["own-words", "words-not-spoken", "no-words"],
)
def test_note_stands_at_its_own_words_inside_its_passage(anchors, cue):
    topic = evolve(WEATHER, notes=(evolve(ON_THE_FLOOD, anchors=anchors),))
    engine = Engine({"weather": topic}, {"show": SEASON})
    spoken = ["A dinghy?", *PAUSE, *FLOOD_SCENE][len(PAUSE) :]
    assert placed(engine.annotate(track(*spoken), HERE)) == [("on-the-flood", cue)]


@pytest.mark.parametrize(("position", "cue"), [(4, 5), (5, 1)], ids=["in-time", "too-late"])
def test_single_word_places_a_note_only_where_seven_seconds_are_left_to_read_it(position, cue):
    note = evolve(ON_THE_FLOOD, anchors=(Anchor(all=("heron", "oars")),))
    engine = Engine({"weather": evolve(WEATHER, notes=(note,))}, {"show": SEASON})
    spoken = [*FLOOD_SCENE, *PAUSE]
    spoken[position] = "A heron."
    outcome = engine.annotate(track(*spoken), HERE)
    assert outcome.passages[0].end_ms == 18_000
    assert placed(outcome) == [("on-the-flood", cue)]


@pytest.mark.parametrize("episode", [None, "S01E01"])
def test_track_without_cues_has_no_recap(episode):
    assert recognise(overrides=Overrides(work="show", episode=episode)).recap is None


@pytest.mark.parametrize(
    ("line", "recognised"), [(FLOOD, EpisodeId(1, 1)), ("The levee!", None)], ids=["strong", "weak"]
)
def test_one_scene_tells_the_episode_only_where_it_is_strong(line, recognised):
    engine = Engine({"weather": FLOODS}, {"show": SEASON})
    assert engine.annotate(track(line), overrides=Overrides(work="show")).episode.id == recognised


class Forecast:
    def annotate_track(self, track, episode):
        moment = Moment(start_ms=2000, end_ms=3500, first_cue=1, last_cue=1, strength=1.0)
        return (Annotation(topic="weather", note=BY_CODE, moment=moment),), ()


def test_annotations_from_code_stand_beside_those_from_terms():
    outcome = annotate(STORM, annotators=Forecast())
    assert placed(outcome) == [("by-code", 1), ("snow", 1)]
    assert outcome.unplaced == ()


class SnowReport:
    def annotate_track(self, track, episode):
        places = [(2000, 3500, 1), (4000, 5500, 2)]
        return tuple(
            Annotation(
                topic="weather",
                note=SNOW,
                moment=Moment(start_ms=start, end_ms=end, first_cue=cue, last_cue=cue, strength=1),
            )
            for start, end, cue in places
        ), ()


def test_what_terms_and_code_find_at_the_same_cues_is_there_once():
    outcome = annotate(STORM, "Good night.", annotators=SnowReport())
    assert placed(outcome) == [("snow", 1), ("snow", 2)]
    assert outcome.annotations[0].moment.evidence  # that by terms says more


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


# ------------------------------------------------------------------------------------ films

FILM = Work(id="show", title={"en": "The Show"}, kind="film")
NAME_ALONE = Note(
    id="name-alone", texts=TEXTS, citations=(), anchors=(Anchor(all=("~Schabowski",)),)
)


def annotate_with(work, notes, *lines, names=("The Show",), **hints):
    engine = Engine({"weather": evolve(WEATHER, notes=notes)}, {"show": work})
    return engine.annotate(track(*lines), FileHints(names=names, **hints))


def test_a_rare_name_places_its_note_in_a_film_and_in_no_unknown_episode():
    lines = ("What did he say?", "Schabowski says at once.", "At once?")
    series = evolve(FILM, kind="series")
    assert placed(annotate_with(FILM, (NAME_ALONE,), *lines)) == [("name-alone", 2)]
    assert placed(annotate_with(series, (NAME_ALONE,), *lines)) == []


def test_notes_that_name_episodes_make_a_series_of_a_work_that_names_none():
    bare = evolve(FILM, kind=None)
    assert annotate_with(bare, (NAME_ALONE,), STORM).episode.is_film
    assert not annotate_with(bare, (SNOW,), STORM).episode.is_film


def test_an_episode_named_like_a_film_gets_none_of_its_notes():
    outcome = annotate_with(FILM, (FROST,), ICE, season=2, episodes=(3,))
    assert (placed(outcome), outcome.unplaced) == ([], ())
    assert [issue.code for issue in outcome.issues] == ["episode-unlisted"]


def test_a_film_of_another_year_is_named():
    outcome = annotate_with(evolve(FILM, year=2014), (FROST,), ICE, names=("The Show (1962)",))
    assert placed(outcome) == []
    (issue,) = outcome.issues
    assert (issue.code, issue.level) == ("other-year", "info")
    assert issue.hint == "not taken for it; --work show insists"
