"""Which work the names of a file and its folders mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.model import EpisodeId, Work, WorkEpisode, WorkSeason
from headnotes.titles import find_episode, find_named

SERIES = Work(
    id="chernobyl",
    title={"en": "Chernobyl", "de": "Tschernobyl", "ru": "Чернобыль", "zh": "切尔诺贝利"},
    aliases=("チェルノブイリ", "صدع"),
    year=2019,
    episodes=(WorkEpisode(id="S01E01"), WorkEpisode(id="S01E02")),
)
DIARIES = Work(id="chernobyl-diaries", title={"en": "Chernobyl Diaries"}, kind="film", year=2012)
BOAT_FILM = Work(id="das-boot-film", title={"de": "Das Boot"}, kind="film", year=1981)
BOAT = Work(
    id="das-boot",
    title={"de": "Das Boot"},
    years="2018-2023",
    episodes=(WorkEpisode(id="S01E01"), WorkEpisode(id="S02E01")),
)
ALL = (SERIES, DIARIES, BOAT, BOAT_FILM)


def name(*names, works=ALL, has_episode=False):
    return [work.id for work in find_named(works, names, has_episode=has_episode).works]


@pytest.mark.parametrize(
    ("names", "meant"),
    [
        (["Chernobyl S01E01"], "chernobyl"),
        (["Chernobyl (2019) - S01E01"], "chernobyl"),
        (["Chernobyl Diaries (2012)"], "chernobyl-diaries"),
        (["Chernobyl.Diaries.2012.1080p.BluRay"], "chernobyl-diaries"),
        (["Chernobyl", "Chernobyl Diaries (2012)"], "chernobyl-diaries"),
        (["e02", "Season 1", "Chernobyl"], "chernobyl"),
        (["Tschernobyl Folge 1"], "chernobyl"),
        (["Чернобыль 2 серия"], "chernobyl"),
        (["切尔诺贝利第2集"], "chernobyl"),
        (["[字幕] 切尔诺贝利.2019.第2集"], "chernobyl"),
        (["チェルノブイリ 第1話"], "chernobyl"),
        (["صدع"], "chernobyl"),
        (["Das Boot 1981"], "das-boot-film"),
        (["Das Boot (2018)"], "das-boot"),
        (["Das Boot", "Das Boot (1981)"], "das-boot-film"),
        (["Das Boot", "Das Boot (2020)"], "das-boot"),
    ],
    ids=str,
)
def test_the_longest_title_and_the_year_decide(names, meant):
    assert name(*names) == [meant]
    assert name(*names, works=ALL[::-1]) == [meant]


@pytest.mark.parametrize(
    "said", ["Chernobyl Diaries (2012)", "Chernobyl 1986 (2021)", "Chernobyl.2003.S01E01"]
)
def test_a_year_of_another_work_is_no_proof_of_this_one(said):
    named = find_named([SERIES], [said], has_episode=False)
    assert named.works == ()
    assert [work.id for work, _ in named.others] == ["chernobyl"]


@pytest.mark.parametrize(
    "said", ["Chernobyl 2018", "Chernobyl 2020", "Chernobyl S01E01 1986", "Chernobyl 1986 (2019)"]
)
def test_a_premiere_elsewhere_and_a_year_in_an_episode_speak_against_nothing(said):
    assert name(said, works=[SERIES]) == ["chernobyl"]


def test_a_work_without_years_takes_any():
    assert name("Chernobyl 1999", works=[Work(id="chernobyl", title={"en": "x"})]) == ["chernobyl"]


@pytest.mark.parametrize(("has_episode", "meant"), [(True, "das-boot"), (False, "das-boot-film")])
def test_without_a_year_an_episode_tells_a_series_from_a_film(has_episode, meant):
    assert name("Das Boot", has_episode=has_episode) == [meant]


def test_namesakes_that_nothing_tells_apart_are_both_meant():
    first, second = (Work(id=other, title={"en": "Berlin"}) for other in ("one", "two"))
    assert name("Berlin", works=[first, second]) == ["one", "two"]


@pytest.mark.parametrize(
    ("title", "said", "is_meant"),
    [
        ("M", "M 1931", True),
        ("M", "Dial M for Murder", False),
        ("1917", "1917 (2019)", True),
        ("1917", "Lenin in 1917", False),
        ("Rom", "Rom S01E01", True),
        ("Rom", "Das alte Rom", False),
        ("英雄", "英雄.2002", True),
        ("英雄", "民族英雄", False),
        ("Gold", "Marigold", False),
    ],
)
def test_a_short_title_must_begin_the_name(title, said, is_meant):
    assert name(said, works=[Work(id="work", title={"en": title})]) == ["work"] * is_meant


ANTHOLOGY = Work(
    id="the-terror",
    title={"en": "The Terror"},
    years="2018-2019",
    seasons=(
        WorkSeason(number=1, year=2018),
        WorkSeason(number=2, title={"en": "Infamy"}, aliases=("Terror Island",), year=2019),
    ),
    episodes=(
        WorkEpisode(id="S01E01", title={"en": "Go for Broke"}),
        WorkEpisode(id="S02E01", title={"en": "A Sparrow"}),
        WorkEpisode(id="S02E02", title={"en": "All Demons"}),
    ),
)


@pytest.mark.parametrize(
    ("said", "own", "behind"),
    [
        ("The Terror - Infamy - 01", None, 2),
        ("Terror Island 01", 2, None),
        ("The Terror (2019) - 01", None, 2),
        ("The Terror 2018", None, 1),
        ("The Terror 01", None, None),
    ],
)
def test_a_season_of_an_anthology_is_known_by_its_title_or_year(said, own, behind):
    named = find_named([ANTHOLOGY], [said], has_episode=True)
    assert (named.own_season, named.season) == (own, behind)


@pytest.mark.parametrize(
    ("said", "episode"),
    [
        ("The Terror - A Sparrow (2019)", EpisodeId(2, 1)),
        ("The.Terror.All.Demons.720p", EpisodeId(2, 2)),
        ("A Sparrow", None),
        ("The Terror", None),
    ],
)
def test_an_episode_is_known_by_its_title_behind_that_of_the_work(said, episode):
    assert find_episode(ANTHOLOGY, said) == episode


@given(st.lists(st.text(max_size=30), max_size=4), st.permutations(ALL))
def test_the_order_of_the_works_changes_nothing(names, works):
    assert {*name(*names, works=works)} == {*name(*names)}
