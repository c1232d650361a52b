import pytest
from attrs import evolve
from hypothesis import given

from headnotes.issues import UsageError
from headnotes.model import Annotation, Choice, Episode, Moment, Reason
from headnotes.scheduling import choose, gives_away, select
from made_outcomes import make_note, make_outcome
from strategies import outcomes

MOMENT = Moment(start_ms=0, end_ms=1, first_cue=1, last_cue=1, strength=1.0)
EPISODE = Episode(work="babylon-berlin", ids=("S01E04", "S01E05"))


def one(topic="blutmai", **more):
    return Annotation(topic=topic, note=make_note(**more), moment=MOMENT)


def reasons(annotation, **wishes):
    return [left.reason for left in select([annotation], **wishes).kept_back]


@pytest.mark.parametrize(
    ("wishes", "reason"),
    [
        ({"topics": ["comintern"]}, Reason("other-topic")),
        ({"verdicts": ["invented", "context"]}, Reason("other-verdict")),
        ({"min_weight": 3}, Reason("low-weight", {"weight": 2, "least": 3})),
    ],
    ids=["topic", "verdict", "weight"],
)
def test_filter_says_what_it_keeps_back(wishes, reason):
    assert reasons(one(verdict="accurate"), **wishes) == [reason]


@pytest.mark.parametrize(
    "wishes",
    [{}, {"topics": ["blutmai", "x"]}, {"verdicts": ["context"]}, {"min_weight": 2}],
    ids=["none", "topic", "context", "weight"],
)
def test_filter_keeps_what_is_asked_for(wishes):
    assert reasons(one(verdict=None), **wishes) == []


@pytest.mark.parametrize(
    ("spoiler", "seen", "episode", "is_told"),
    [
        (None, None, None, True),
        ("S01E05", None, EPISODE, True),
        ("S01E06", None, EPISODE, False),
        ("S01E06", None, Episode(), False),
        ("S01E01", None, None, False),
        ("S02E08", "S02E08", EPISODE, True),
        ("S02E08", "S02E07", EPISODE, False),
        ("S01E10", "s01e09", EPISODE, False),
        ("S02E08", "all", None, True),
        ("S01E05", "1x4", EPISODE, False),
    ],
)
def test_spoiler_waits_until_seen(spoiler, seen, episode, is_told):
    chosen = select([one(spoiler=spoiler)], seen=seen, episode=episode)
    assert bool(chosen.kept) == is_told
    assert [left.kind for left in chosen.kept_back] == ["spoiler"] * (not is_told)


def test_seen_that_is_no_episode_is_refused():
    with pytest.raises(UsageError, match="--seen: 'season two' is not an episode"):
        select([], seen="season two")


@given(outcomes())
def test_nothing_is_lost_in_selecting(outcome):
    chosen = select(outcome.annotations, min_weight=2, episode=outcome.episode)
    kept_back = [left.annotation for left in chosen.kept_back]
    every = [*chosen.kept, *kept_back]
    assert sorted(map(id, every)) == sorted(map(id, outcome.annotations))


def test_order_is_kept():
    outcome = make_outcome()
    turned = tuple(reversed(outcome.annotations))
    assert select(turned, seen="all").kept == turned
    assert select([evolve(turned[0])], seen="all").kept == turned[:1]


def test_reader_gets_nothing_of_other_topics():
    outcome = choose(make_outcome(12), Choice(topics=("comintern",)))
    assert {*outcome.topics} == {item.topic for item in outcome.annotations} == {"comintern"}
    assert (outcome.unplaced, outcome.set_aside) == ((), ())


@given(outcomes())
def test_what_a_reader_does_not_want_listed_is_set_aside(outcome):
    chosen = choose(outcome, Choice(verdicts=("invented", "context"), min_weight=2))
    together = sorted((*chosen.annotations, *chosen.set_aside), key=id)
    assert together == sorted(outcome.annotations, key=id)
    listed = [item.note for item in chosen.annotations]
    listed += [item.note for item in chosen.unplaced]
    assert {note.verdict for note in listed} <= {"invented", None}
    assert all(note.weight >= 2 for note in listed)


def test_what_gives_away_more_than_was_seen_depends_on_the_reader():
    note, outcome = make_note(spoiler="S02E08"), make_outcome(1)
    seen = (None, "S02E07", "S02E08", "all")
    chosen = (choose(outcome, Choice(seen=name)) for name in seen)
    assert [gives_away(note, each) for each in chosen] == [True, True, False, False]


def test_wrong_place_to_have_seen_is_refused():
    with pytest.raises(UsageError, match="--seen"):
        choose(make_outcome(1), Choice(seen="tomorrow"))


def test_choosing_twice_is_choosing_once_and_loses_nothing():
    outcome, few = make_outcome(12), Choice(verdicts=("invented",))
    once = choose(outcome, few)
    assert once.set_aside
    assert choose(once, few) == once
    every = choose(once, Choice())
    assert (every.annotations, every.set_aside) == (outcome.annotations, ())
