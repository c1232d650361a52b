from __future__ import annotations

import pytest
from attrs import evolve

from headnotes.languages.messages import load_words
from headnotes.reports.headings import (
    find_spoilers,
    head_episode,
    label_outcomes,
    name_episode,
    title_work,
)
from made_outcomes import make_outcome, make_track

WORDS = load_words("en")


def make(episode_id="S01E04", language="en", name="x.srt", **more):
    track = evolve(make_track(30, name=name), language=language)
    return make_outcome(12, track=track, episode_id=episode_id, **more)


def test_episode_is_named_with_its_title():
    assert name_episode(make(), WORDS, "en") == "S01E04 “Episode 4”"


def test_double_episode_is_named_with_both_ids():
    outcome = make()
    double = evolve(outcome.episode, ids=("S01E04", "S01E05"))
    named = name_episode(evolve(outcome, episode=double), WORDS, "de")
    assert named == "S01E04 + S01E05 “Folge 4”"


def test_unknown_work_and_episode_say_so():
    outcome = evolve(make(None), work=None)
    outcome = evolve(outcome, episode=evolve(outcome.episode, work=None))
    assert title_work(outcome, WORDS, "en") == "work not recognised"
    assert name_episode(outcome, WORDS, "en") == "episode unknown"


def test_head_tells_length_language_size_and_file():
    assert head_episode(make(language="de"), WORDS, "en").endswith(
        "0:06:52 · German · 30 cues · x.srt"
    )


@pytest.mark.parametrize(
    ("tracks", "labels"),
    [
        ([("S01E04", "en", "a")], ("S01E04",)),
        ([("S01E04", "en", "a"), ("S01E05", "en", "b")], ("S01E04", "S01E05")),
        (
            [("S01E04", "en", "a"), ("S01E04", "de", "b")],
            ("S01E04 (English)", "S01E04 (German)"),
        ),
        ([("S01E04", "en", "a"), ("S01E04", "en", "b")], ("S01E04 (a)", "S01E04 (b)")),
        ([("S01E04", None, "a"), ("S01E04", "en", "b")], ("S01E04 (a)", "S01E04 (English)")),
        ([(None, "en", "a"), (None, "en", "b")], ("a", "b")),
    ],
    ids=["one", "episodes", "languages", "releases", "no language", "unknown"],
)
def test_labels_tell_files_apart(tracks, labels):
    assert label_outcomes([make(*one) for one in tracks], WORDS) == labels


@pytest.mark.parametrize(
    ("episode_id", "folded"),
    [("S01E04", 1), ("S02E07", 1), ("S02E08", 0), ("S03E01", 0), (None, 1)],
)
def test_spoiler_depends_on_the_episode(episode_id, folded):
    assert len(find_spoilers(make(episode_id))) == folded
