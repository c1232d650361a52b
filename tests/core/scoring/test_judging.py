"""Which claims an episode makes, and what topics say of each."""

import pytest
from attrs import evolve
from hypothesis import given

from headnotes.model import Anchor, Choice, Claim, Depiction, EpisodeId, Rating, Work, WorkEpisode
from headnotes.scheduling import choose
from headnotes.scoring import (
    claims_by_note,
    claims_elsewhere,
    claims_of,
    judge_claims,
    merge_claims,
)
from made_outcomes import make_note, make_outcome, make_topic
from strategies import outcomes


def make_depiction(name, *claims, episodes=("S01E04",)):
    made = tuple(Claim(id=claim, text={"en": f"The {claim}."}) for claim in claims)
    anchors = (Anchor(all=(name,)),)
    return Depiction(id=name, shown={"en": name}, anchors=anchors, episodes=episodes, claims=made)


WORK = Work(
    id="babylon-berlin",
    title={"en": "A Show"},
    episodes=(WorkEpisode(id="S01E04"), WorkEpisode(id="S01E05")),
    depictions=(
        make_depiction("march", "ban", "banners"),
        make_depiction("balcony", "women", episodes=("S01E04", "S01E05")),
        make_depiction("gold", "train", episodes=("S01E05",)),
        make_depiction("nowhere", "lost", episodes=()),
    ),
)


def judge(name, claim=None, verdict="accurate", **more):
    return evolve(make_note(name, verdict), claim=claim, **more)


def make_topics(**notes):
    return {
        name: evolve(make_topic(name, list(own)), ratings=(), rater="")
        for name, own in notes.items()
    }


def make_file(topics, *episodes, found=(), work=WORK):
    outcome = make_outcome(1)
    placed = tuple(
        evolve(outcome.annotations[0], topic=topic.id, note=note)
        for topic in topics.values()
        for note in topic.notes
        if note.id in found
    )
    episode = evolve(outcome.episode, ids=episodes, work=work.id if work else None)
    return evolve(outcome, topics=topics, work=work, annotations=placed, episode=episode)


def names(claims):
    return [claim.name for claim in claims]


# ------------------------------------------------------------------------ of the work


def test_claims_stand_in_the_order_of_the_work_and_then_by_topic():
    topics = make_topics(
        comintern=[judge("a", "train"), judge("b", "women"), judge("own")],
        blutmai=[judge("c", "banners"), judge("d", "ban"), judge("mine")],
    )
    judged = ["ban", "banners", "women", "train", "blutmai/mine", "comintern/own"]
    assert names(judge_claims(WORK, topics)) == judged
    assert names(judge_claims(WORK, dict(reversed(topics.items())))) == judged


def test_only_what_is_judged_counts():
    topics = make_topics(blutmai=[judge("a", "ban"), judge("b", verdict=None)])
    assert names(judge_claims(WORK, topics)) == ["ban"]
    assert judge_claims(WORK, {}) == ()
    assert judge_claims(None, topics) == ()


def test_topic_on_another_work_judges_nothing_here():
    topics = make_topics(blutmai=[judge("a", "ban")])
    other = {"blutmai": evolve(topics["blutmai"], work="another")}
    assert judge_claims(WORK, other) == ()


def test_claim_of_the_work_has_its_text_and_place():
    note = judge("a", "women", episodes=())
    (claim,) = judge_claims(WORK, make_topics(blutmai=[note]))
    assert (claim.work, claim.topic, claim.id, claim.name) == (WORK.id, "", "women", "women")
    assert (claim.text, claim.seen, claim.depiction) == (
        {"en": "The women."}, "summaries", "balcony",
    )  # fmt: skip
    assert claim.episodes == (EpisodeId(1, 4), EpisodeId(1, 5))


def test_claim_of_a_topic_has_the_episodes_of_its_notes():
    notes = [
        judge("a", "speech", episodes=("S01E05",)),
        judge("b", "speech", episodes=("S01E04", "S01E05")),
    ]
    topics = make_topics(blutmai=notes)
    own = Claim(id="speech", text={"en": "He speaks."}, seen="watched")
    topics["blutmai"] = evolve(topics["blutmai"], claims=(own,))
    (claim,) = judge_claims(WORK, topics)
    assert (claim.name, claim.text, claim.seen, claim.depiction) == (
        "blutmai/speech", {"en": "He speaks."}, "watched", "",
    )  # fmt: skip
    assert [str(episode) for episode in claim.episodes] == ["S01E05", "S01E04"]


@pytest.mark.parametrize("claim", [None, "unknown"])
def test_note_without_a_known_claim_judges_what_it_says_is_shown(claim):
    note = judge("a", claim)
    (made,) = judge_claims(WORK, make_topics(blutmai=[note]))
    assert made.name == f"blutmai/{claim or 'a'}"
    assert made.text == {"en": note.texts["en"].shown, "de": note.texts["de"].shown}
    assert (made.seen, made.depiction) == ("summaries", "")


def test_note_that_is_called_like_a_claim_does_not_judge_it():
    assert names(judge_claims(WORK, make_topics(blutmai=[judge("ban")]))) == ["blutmai/ban"]


def test_claim_of_a_topic_comes_before_that_of_the_work():
    topics = make_topics(blutmai=[judge("a", "ban")])
    own = Claim(id="ban", text={"en": "No marches."})
    topics["blutmai"] = evolve(topics["blutmai"], claims=(own,))
    (claim,) = judge_claims(WORK, topics)
    assert (claim.name, claim.text) == ("blutmai/ban", {"en": "No marches."})


# ------------------------------------------------------------------------ of its notes


def test_two_notes_on_one_claim_are_one_judgement():
    notes = [
        judge("a", "ban", weight=1, confidence="high"),
        judge("b", "ban", weight=3, confidence="low"),
    ]
    (claim,) = judge_claims(WORK, make_topics(blutmai=notes))
    (judgement,) = claim.judgements
    assert (judgement.topic, judgement.notes, judgement.verdicts) == (
        "blutmai", ("a", "b"), ("accurate",),
    )  # fmt: skip
    assert (judgement.confidence, judgement.weight, judgement.second) == ("high", 3, None)
    assert (claim.verdict, claim.weight, claim.is_disputed) == ("accurate", 3, False)


@pytest.mark.parametrize(
    ("notes", "verdicts"),
    [
        ({"blutmai": ["accurate", "inaccurate"]}, ("accurate", "inaccurate")),
        ({"blutmai": ["accurate"], "comintern": ["invented"]}, ("accurate", "invented")),
        ({"blutmai": ["accurate"], "comintern": ["accurate"]}, ("accurate",)),
    ],
    ids=["in one topic", "between topics", "alike"],
)
def test_claim_is_disputed_where_its_notes_differ(notes, verdicts):
    topics = make_topics(
        **{
            name: [judge(f"n{place}", "ban", verdict) for place, verdict in enumerate(given)]
            for name, given in notes.items()
        }
    )
    (claim,) = judge_claims(WORK, topics)
    assert claim.verdicts == verdicts
    assert claim.is_disputed == (len(verdicts) > 1)
    assert claim.verdict == (None if len(verdicts) > 1 else "accurate")
    assert [judgement.topic for judgement in claim.judgements] == sorted(notes)


def make_rating(claim, verdict="accurate"):
    return Rating(claim=claim, verdict=verdict, confidence="low", reason={"en": "So."})


@pytest.mark.parametrize(
    ("ratings", "is_rated_twice", "differ"),
    [
        ({}, False, False),
        ({"blutmai": "accurate"}, False, False),
        ({"blutmai": "accurate", "comintern": "accurate"}, True, False),
        ({"blutmai": "accurate", "comintern": "inaccurate"}, True, True),
    ],
    ids=["never", "by one", "by both", "otherwise"],
)
def test_claim_is_rated_twice_where_every_topic_has_it_rated(ratings, is_rated_twice, differ):
    topics = make_topics(blutmai=[judge("a", "ban")], comintern=[judge("b", "ban")])
    for name, verdict in ratings.items():
        topics[name] = evolve(topics[name], ratings=(make_rating("ban", verdict),))
    (claim,) = judge_claims(WORK, topics)
    assert [rating.verdict for rating in claim.seconds] == list(ratings.values())
    assert (claim.is_rated_twice, claim.ratings_differ) == (is_rated_twice, differ)


def test_claim_of_a_note_is_rated_by_the_id_of_the_note():
    topics = make_topics(blutmai=[judge("a"), judge("b")])
    topics["blutmai"] = evolve(topics["blutmai"], ratings=(make_rating("b"),))
    assert [claim.is_rated_twice for claim in judge_claims(WORK, topics)] == [False, True]


def test_notes_lead_to_their_claims():
    topics = make_topics(blutmai=[judge("a", "ban"), judge("b", "ban"), judge("c")])
    found = claims_by_note(judge_claims(WORK, topics))
    assert {key: claim.name for key, claim in found.items()} == {
        ("blutmai", "a"): "ban", ("blutmai", "b"): "ban", ("blutmai", "c"): "blutmai/c",
    }  # fmt: skip


# ------------------------------------------------------------------------ of the episode

TOPICS = make_topics(
    blutmai=[
        judge("a", "ban"), judge("b", "women", episodes=("S01E04", "S01E05")),
        judge("c", "train"), judge("d", "lost"),
        judge("e", episodes=()), judge("f", episodes=("S01E05",)),
    ],
)  # fmt: skip


@pytest.mark.parametrize(
    ("episodes", "expected"),
    [
        (("S01E04",), ["ban", "women"]),
        (("S01E05",), ["women", "train", "blutmai/f"]),
        (("S01E04", "S01E05"), ["ban", "women", "train", "blutmai/f"]),
        (("S09E09",), []),
        ((), []),
    ],
    ids=["one", "another", "double", "unlisted", "unknown"],
)
def test_episode_makes_the_claims_that_are_listed_for_it(episodes, expected):
    assert names(claims_of(make_file(TOPICS, *episodes))) == expected


@pytest.mark.parametrize(
    ("listed", "makes"),
    [
        ([("S01E04",)], ["S01E04"]),
        ([("S01E04", "S02E08")], ["S01E04"]),
        ([("S01E04",), ("S01E05",)], ["S01E04", "S01E05"]),
        ([()], ["S01E04", "S01E05"]),
        ([("S02E08",)], ["S01E04", "S01E05"]),
    ],
    ids=["one", "one and a later", "one each of two topics", "none", "others alone"],
)
def test_claim_is_made_where_its_depiction_plays_and_a_note_on_it_is_expected(listed, makes):
    notes = {
        topic: [judge("a", "women", episodes=episodes)]
        for topic, episodes in zip(("blutmai", "comintern"), listed, strict=False)
    }
    (claim,) = judge_claims(WORK, make_topics(**notes))
    assert [str(episode) for episode in claim.episodes] == makes


@pytest.mark.parametrize("episodes", [(), ("S01E01",)], ids=["no number", "a number"])
def test_film_makes_all_its_claims(episodes):
    film = evolve(WORK, episodes=())
    assert names(claims_of(make_file(TOPICS, *episodes, work=film))) == [
        *("ban", "women", "train", "lost", "blutmai/e", "blutmai/f"),
    ]


def test_file_of_no_known_work_makes_none():
    assert claims_of(make_file(TOPICS, "S01E04", work=None)) == ()


def test_claim_is_found_where_a_note_on_it_is_placed():
    claims = claims_of(make_file(TOPICS, "S01E04", found=("b",)))
    assert [(claim.id, claim.is_found) for claim in claims] == [("ban", False), ("women", True)]


def test_claim_is_found_by_a_note_of_any_topic():
    topics = {**TOPICS, **make_topics(comintern=[judge("z", "ban")])}
    claims = claims_of(make_file(topics, "S01E04", found=("z",)))
    assert [(claim.id, claim.is_found) for claim in claims] == [("ban", True), ("women", False)]


def test_claim_in_many_files_is_one_and_found_where_any_finds_it():
    first = claims_of(make_file(TOPICS, "S01E04", found=("a",)))
    second = claims_of(make_file(TOPICS, "S01E05", found=("b",)))
    merged = merge_claims([*first, *second])
    assert [(claim.id, claim.is_found) for claim in merged] == [
        ("ban", True), ("women", True), ("train", False), ("f", False),
    ]  # fmt: skip
    assert merge_claims(merged) == merged


def test_claims_of_two_works_and_of_two_topics_stay_apart():
    claims = claims_of(make_file(TOPICS, "S01E05"))
    others = [evolve(claim, work="another") for claim in claims]
    owned = [evolve(claim, topic="comintern") for claim in claims]
    assert len(merge_claims([*claims, *others, *owned])) == 3 * len(claims)


@given(outcomes())
def test_claims_are_the_same_whatever_is_found(outcome):
    silent = evolve(outcome, annotations=(), unplaced=())
    claims = [evolve(claim, is_found=False) for claim in claims_of(outcome)]
    assert claims == [*claims_of(silent)]


@given(outcomes())
def test_what_is_found_does_not_depend_on_what_is_listed(outcome):
    chosen = choose(outcome, Choice(verdicts=("invented",), min_weight=3))
    assert claims_of(chosen) == claims_of(outcome)


def test_claims_of_one_topic_are_those_that_it_judges():
    outcome = make_file(TOPICS, "S01E04")
    name = next(iter(TOPICS))
    alone = claims_of(choose(outcome, Choice(topics=(name,))))
    assert {judgement.topic for claim in alone for judgement in claim.judgements} == {name}
    assert names(alone) == names(
        claim
        for claim in claims_of(outcome)
        if name in {judgement.topic for judgement in claim.judgements}
    )


def test_claim_judged_in_an_episode_that_does_not_make_it_counts_elsewhere():
    topics = make_topics(blutmai=[judge("a", "train"), judge("b", "women")])
    outcome = make_file(topics, "S01E04", found=("a", "b"))
    assert names(claims_elsewhere(outcome)) == ["train"]
    assert names(claims_of(outcome)) == ["women"]
    unlisted = evolve(outcome, annotations=(), set_aside=outcome.annotations)
    assert names(claims_elsewhere(unlisted)) == ["train"]


def test_all_claims_judged_in_an_unknown_episode_count_elsewhere():
    topics = make_topics(blutmai=[judge("a", "train"), judge("b", "women")])
    assert names(claims_elsewhere(make_file(topics, found=("a",)))) == ["train"]


@given(outcomes())
def test_what_is_judged_counts_here_or_elsewhere(outcome):
    here = [claim.key for claim in claims_of(outcome) if claim.is_found]
    elsewhere = [claim.key for claim in claims_elsewhere(outcome)]
    judged = claims_by_note(judge_claims(outcome.work, outcome.topics))
    placed = {(item.topic, item.note.id) for item in outcome.annotations}
    assert {*here, *elsewhere} == {judged[note].key for note in placed & {*judged}}
    assert not {*here} & {*elsewhere}
