import pytest
from attrs import evolve

from headnotes.anchoring import index_track
from headnotes.issues import UsageError
from headnotes.matching import Matcher, parse_term
from headnotes.model import Cue, EpisodeId, Reason, Work, WorkEpisode, WorkSeason
from headnotes.recognition import FileHints, Overrides, is_unlisted, recognise_episode

EPISODES = tuple(
    WorkEpisode(id=f"S0{season}E0{number}", numberings={"one-season": f"S01E{overall:02d}"})
    for overall, (season, number) in enumerate(
        [(season, number) for season in (1, 2) for number in range(1, 9)], start=1
    )
)
SHOW = Work(
    id="gold-coast",
    title={"en": "Gold Coast", "de": "Goldküste"},
    aliases=("GC 1929",),
    names=("~Kardakow", "Gereon", "Nyssen", "Trochin"),
    episodes=EPISODES,
)


def index(*lines):
    cues = [
        Cue(number=at, start_ms=at * 1000, end_ms=at * 1000 + 900, text=line, spoken=line, raw=line)
        for at, line in enumerate(lines, start=1)
    ]
    return index_track(cues, Matcher(map(parse_term, SHOW.names)), "de")


def recognise(hints=FileHints(), overrides=Overrides(), lines=("Guten Tag.",)):
    return recognise_episode((SHOW,), hints, index(*lines), overrides)


@pytest.mark.parametrize(
    "name",
    ["Gold.Coast.S01E04.1080p", "gold coast - 1x04", "Goldkueste E04", "x gold-coast", "gc_1929"],
)
def test_work_is_recognised_by_file_name(name):
    assert recognise(FileHints(names=(name.replace("_", " "),))).work == "gold-coast"


def test_work_is_recognised_by_folder_name():
    episode = recognise(FileHints(names=("e03", "Season 2", "Gold Coast"), season=2, episodes=(3,)))
    assert (episode.work, episode.id) == ("gold-coast", EpisodeId(2, 3))
    number = Reason("episode-named", {"named": "S02E03"})
    assert episode.recognised_by == (Reason("folder-name"), number)


def test_work_is_recognised_by_its_names():
    episode = recognise(lines=("Herr Nyssen?", "Gereon!", "Wo ist Kardakov?"))
    assert episode.work == "gold-coast"
    assert episode.recognised_by == (Reason("names-spoken", {"count": 3}),)


@pytest.mark.parametrize(
    "lines",
    [("Gereon!", "Gereon!", "Gereon!", "Nyssen"), ("The coast, the gold.",)],
    ids=["two-names", "title-words"],
)
def test_other_dialogue_recognises_nothing(lines):
    assert recognise(lines=lines).work is None


@pytest.mark.parametrize("name", ["Gold", "Coast Gold", "Marigold Coaster"])
def test_part_of_title_recognises_nothing(name):
    assert recognise(FileHints(names=(name,))).work is None


@pytest.mark.parametrize(
    ("season", "episodes", "expected"),
    [
        (1, (4,), ("S01E04",)),
        (1, (12,), ("S02E04",)),
        (2, (1, 2), ("S02E01", "S02E02")),
        (3, (1,), ("S03E01",)),
        (None, (12,), ("S02E04",)),
        (None, (40,), ("S01E40",)),
        (None, (), ()),
    ],
)
def test_episode_goes_through_other_numberings(season, episodes, expected):
    hints = FileHints(names=("Gold Coast",), season=season, episodes=episodes)
    assert [*map(str, recognise(hints).ids)] == [*expected]


@pytest.mark.parametrize(
    ("season", "episodes", "written"),
    [
        (1, (12,), "S01E12"),
        (1, (12, 13), "S01E12, S01E13"),
        (None, (12,), "12"),
        (1, (4,), None),
        (None, (4,), None),
        (3, (1,), None),
    ],
)
def test_number_that_the_work_counts_otherwise_is_kept_as_it_is_written(season, episodes, written):
    hints = FileHints(names=("Gold Coast",), season=season, episodes=episodes)
    (_, *reasons) = recognise(hints).recognised_by
    counted = [reason for reason in reasons if reason.code == "episode-counted"]
    assert [reason.parameters["written"] for reason in counted] == ([written] if written else [])


def test_user_may_name_an_episode_as_another_numbering_does():
    episode = recognise(overrides=Overrides(work="gold-coast", episode="S01E12"))
    number = Reason("episode-asked", {"asked": "S01E12"})
    assert (episode.id, episode.recognised_by) == (EpisodeId(2, 4), (Reason("option"), number))


def test_user_says_work_and_episode():
    episode = recognise(overrides=Overrides(work="gold-coast", episode="S02E08"))
    assert (episode.work, episode.id) == ("gold-coast", EpisodeId(2, 8))
    number = Reason("episode-asked", {"asked": "S02E08"})
    assert episode.recognised_by == (Reason("option"), number)


def test_unknown_work_is_refused_with_near_name():
    with pytest.raises(UsageError, match="did you mean 'gold-coast'"):
        recognise(overrides=Overrides(work="gold-coats"))


# ------------------------------------------------------------------- films, numbers, namesakes

FILM = Work(id="the-crossing", title={"en": "The Crossing"}, kind="film", year=2014)
ONE_SEASON = Work(
    id="the-harbour",
    title={"en": "The Harbour"},
    episodes=tuple(WorkEpisode(id=f"S01E0{number}") for number in (1, 2, 3)),
)


def recognise_as(works, hints, **overrides):
    return recognise_episode(works, hints, index("Guten Tag."), Overrides(**overrides))


@pytest.mark.parametrize("episodes", [(), (2,)], ids=["alone", "part-2"])
def test_a_film_is_its_own_single_episode(episodes):
    hints = FileHints(names=("The Crossing (2014)",), episodes=episodes)
    episode = recognise_as([FILM], hints)
    assert (episode.work, episode.ids, episode.is_film) == ("the-crossing", (), True)


def test_a_season_and_episode_of_a_films_namesake_are_kept():
    hints = FileHints(names=("The Crossing S01E03",), season=1, episodes=(3,))
    episode = recognise_as([FILM], hints)
    assert (episode.ids, episode.is_film) == ((EpisodeId(1, 3),), False)
    assert is_unlisted(episode, FILM)


def test_the_user_cannot_make_a_film_an_episode():
    hints = FileHints(names=("The Crossing",))
    episode = recognise_as([FILM], hints, episode="S01E03")
    assert (episode.ids, episode.is_film) == ((), True)


@pytest.mark.parametrize(("number", "listed"), [(2, True), (7, False)])
def test_a_number_alone_is_of_the_only_season(number, listed):
    hints = FileHints(names=("The Harbour",), episodes=(number,))
    episode = recognise_as([ONE_SEASON], hints)
    assert episode.ids == (EpisodeId(1, number),)
    assert is_unlisted(episode, ONE_SEASON) is not listed


def test_a_number_alone_of_a_work_without_episodes_says_nothing():
    series = Work(id="the-harbour", title={"en": "The Harbour"}, kind="series")
    assert recognise_as([series], FileHints(names=("The Harbour",), episodes=(2,))).ids == ()


def test_a_work_of_another_year_is_named_and_not_taken():
    episode = recognise_as([FILM], FileHints(names=("The Crossing (1990)",)))
    assert episode.work is None
    assert episode.recognised_by == (Reason("other-year", {"work": "the-crossing", "year": 1990}),)


def test_names_spoken_do_not_outweigh_the_year_of_another_film():
    remade = evolve(SHOW, year=2022)
    lines = ("Herr Nyssen?", "Gereon!", "Wo ist Kardakov?")
    older = FileHints(names=("Gold Coast (1930)",))
    assert recognise_episode([remade], older, index(*lines)).work is None
    assert recognise_episode([remade], FileHints(), index(*lines)).work == "gold-coast"


def test_names_spoken_tell_namesakes_apart():
    other = Work(id="other-coast", title={"en": "Gold Coast"}, kind="series", names=("Snow",))
    hints = FileHints(names=("Gold Coast",), season=1, episodes=(1,))
    lines = ("Herr Nyssen?", "Gereon!", "Wo ist Kardakov?")
    assert recognise_episode([other, SHOW], hints, index(*lines)).work == "gold-coast"
    assert recognise_episode([other, SHOW], hints, index("Hello.")).work is None


ANTHOLOGY = Work(
    id="the-terror",
    title={"en": "The Terror"},
    years="2018-2019",
    seasons=(
        WorkSeason(number=1, year=2018),
        WorkSeason(number=2, title={"en": "Infamy"}, aliases=("Terror Island",), year=2019),
    ),
    episodes=tuple(
        WorkEpisode(id=f"S0{season}E0{number}", title={"en": f"Part of {season} and {number}"})
        for season in (1, 2)
        for number in (1, 2)
    ),
)


@pytest.mark.parametrize(
    ("name", "season", "episodes", "meant"),
    [
        ("The Terror (2019) - S01E02", 1, (2,), "S01E02"),
        ("The Terror (2019) - 02", None, (2,), "S02E02"),
        ("The Terror - Infamy - 02", None, (2,), "S02E02"),
        ("Terror Island S01E02", 1, (2,), "S02E02"),
        ("The Terror 03", None, (3,), "S02E01"),
        ("The Terror - Part of 2 and 1", None, (), "S02E01"),
    ],
)
def test_a_season_counts_as_it_is_written_or_else_as_it_is_called(name, season, episodes, meant):
    hints = FileHints(names=(name,), season=season, episodes=episodes)
    assert [*map(str, recognise_as([ANTHOLOGY], hints).ids)] == [meant]
