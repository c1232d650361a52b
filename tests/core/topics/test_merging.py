"""Files of one id are one work, in whichever order they are found."""

from itertools import permutations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from headnotes.model import (
    Anchor,
    Claim,
    DepictedClaim,
    Depiction,
    EpisodeId,
    Work,
    WorkEpisode,
    WorkSeason,
)
from headnotes.topics import merge_works

SLUGS = st.sampled_from(["fire", "flood", "storm"])
TEXTS = st.dictionaries(st.sampled_from(["en", "de"]), st.sampled_from("ab"), min_size=1)
CLAIMS = st.builds(Claim, id=SLUGS, text=TEXTS)
DEPICTIONS = st.builds(
    Depiction,
    id=SLUGS,
    shown=TEXTS,
    anchors=st.just((Anchor(all=("fire",)),)),
    claims=st.lists(CLAIMS, max_size=2, unique_by=lambda claim: claim.id).map(tuple),
)
PARTS = st.builds(
    Work,
    id=st.sampled_from(["gold-coast", "high-tide"]),
    title=TEXTS,
    extends=st.booleans(),
    kind=st.sampled_from([None, "series"]),
    year=st.sampled_from([None, 1929, "1929-31"]),
    aliases=st.lists(st.sampled_from("abc"), max_size=2, unique=True).map(tuple),
    seasons=st.lists(
        st.builds(WorkSeason, number=st.integers(1, 2), title=TEXTS),
        max_size=2,
        unique_by=lambda season: season.number,
    ).map(tuple),
    episodes=st.lists(
        st.builds(WorkEpisode, id=st.sampled_from(["S01E01", "S01E02", "S02E01"]), title=TEXTS),
        max_size=3,
        unique_by=lambda episode: episode.id,
    ).map(tuple),
    depictions=st.lists(DEPICTIONS, max_size=2, unique_by=lambda shown: shown.id).map(tuple),
    claims=st.lists(
        st.builds(DepictedClaim, id=SLUGS, text=TEXTS, depiction=SLUGS), max_size=2
    ).map(tuple),
    origin=st.sampled_from(["a/work.toml", "b/work.toml", "c/work.toml"]),
)

SHOW = Work(
    id="gold-coast",
    title={"en": "Gold Coast"},
    names=("Nyssen",),
    episodes=(WorkEpisode(id="S01E01"), WorkEpisode(id="S01E02")),
    depictions=(Depiction(id="fire", shown={"en": "It burns."}, anchors=(Anchor(all=("fire",)),)),),
    origin="show/work.toml",
)


def extend(**parts):
    return Work(id="gold-coast", extends=True, origin="mine/work.toml", **parts)


def merge(*parts):
    works, clashes = merge_works(parts)
    return works["gold-coast"], [(clash.path, clash.issue.message) for clash in clashes]


@given(st.lists(PARTS, max_size=4))
def test_order_of_the_files_changes_nothing(parts):
    results = [merge_works(order) for order in permutations(parts)]
    works, clashes = results[0]
    for others, other_clashes in results[1:]:
        assert others == works
        assert [*others] == [*works]
        assert sorted(map(repr, other_clashes)) == sorted(map(repr, clashes))


@given(PARTS)
def test_a_work_twice_is_that_work(part):
    part = evolve(part, extends=False)
    once, _ = merge_works([part, part])
    twice, clashes = merge_works([*once.values(), *once.values()])
    assert twice == once
    assert clashes == []


def test_a_single_file_is_its_work():
    assert merge(SHOW) == (SHOW, [])


def test_an_extension_adds_what_the_work_lacks():
    whole, clashes = merge(
        extend(
            title={"de": "Goldküste"},
            years="2017-25",
            aliases=("GC",),
            names=("Nyssen", "Trochin"),
            seasons=(WorkSeason(number=2, title={"en": "The Flood"}, year=2019),),
            episodes=(
                WorkEpisode(id="S02E01"),
                WorkEpisode(id="S01E02", title={"en": "Sand"}, numberings={"overall": "2"}),
            ),
            depictions=(
                Depiction(id="flood", shown={"en": "Water."}, anchors=SHOW.depictions[0].anchors),
            ),
            claims=(DepictedClaim(id="it-burned", text={"en": "It burned."}, depiction="fire"),),
        ),
        SHOW,
    )
    assert clashes == []
    assert whole.title == {"en": "Gold Coast", "de": "Goldküste"}
    assert (whole.extends, whole.span, whole.origin) == (False, (2017, 2025), "show/work.toml")
    assert (whole.aliases, whole.names) == (("GC",), ("Nyssen", "Trochin"))
    assert [str(episode.id) for episode in whole.episodes] == ["S01E01", "S01E02", "S02E01"]
    assert whole.episodes[1].title == {"en": "Sand"}
    assert whole.episodes[1].numberings == {"overall": "2"}
    assert whole.seasons == (WorkSeason(number=2, title={"en": "The Flood"}, year=2019),)
    assert [depiction.id for depiction in whole.depictions] == ["fire", "flood"]
    assert whole.depictions[0].claims == (Claim(id="it-burned", text={"en": "It burned."}),)
    assert whole.claims == ()


@pytest.mark.parametrize(
    ("part", "path", "message"),
    [
        (extend(title={"en": "Golden Coast"}), ("title", "en"), "'title.en' is not what"),
        (extend(year=1999), ("year",), "'years' is not what"),
        (extend(kind="film"), ("kind",), "'kind' is not what"),
        (
            extend(depictions=(evolve(SHOW.depictions[0], shown={"en": "It drowns."}),)),
            ("depictions", 0),
            "'depictions.fire' is not what",
        ),
        (
            extend(claims=(DepictedClaim(id="it-burned", text={"en": "No."}, depiction="fire"),)),
            ("claims", 0),
            "'claims.it-burned' is not what",
        ),
        (
            extend(episodes=(WorkEpisode(id="S01E01", title={"en": "Foam"}),)),
            ("episodes", 0, "title", "en"),
            "'episodes.S01E01.title.en' is not what",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_contradiction_names_both_files_and_the_described_work_counts(part, path, message):
    claim = Claim(id="it-burned", text={"en": "It burned."})
    described = evolve(
        SHOW,
        kind="series",
        years=1929,
        episodes=(WorkEpisode(id="S01E01", title={"en": "Sand"}),),
        depictions=(evolve(SHOW.depictions[0], claims=(claim,)),),
    )
    whole, clashes = merge(part, described)
    assert whole == described
    assert clashes == [(path, f"{message} show/work.toml says, which counts")]


def test_a_claim_of_an_unknown_depiction_is_left_out():
    claim = DepictedClaim(id="it-burned", text={"en": "It burned."}, depiction="fyre")
    works, (clash,) = merge_works([SHOW, extend(claims=(claim,))])
    assert works["gold-coast"] == SHOW
    assert (clash.path, clash.issue.code) == (("claims", 0, "depiction"), "unknown-depiction")
    assert clash.issue.hint.startswith("did you mean 'fire'?")


def test_nothing_can_be_added_to_a_work_that_nobody_describes():
    works, (clash,) = merge_works([extend(), evolve(SHOW, id="gold-coat")])
    assert [*works] == ["gold-coat"]
    assert clash.issue.code == "unknown-work"
    assert "did you mean 'gold-coat'?" in clash.issue.hint


def test_episodes_of_several_files_stand_in_their_order():
    parts = [extend(episodes=(WorkEpisode(id=name),)) for name in ("S02E02", "S02E01")]
    whole, _ = merge(parts[0], SHOW, evolve(parts[1], origin="other/work.toml"))
    assert [episode.id for episode in whole.episodes][-2:] == [EpisodeId(2, 1), EpisodeId(2, 2)]
