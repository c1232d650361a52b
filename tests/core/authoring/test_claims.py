"""Whether verdicts name their claims, and claims are rated twice and counted."""

import pytest

from headnotes.authoring import check_file, rung_of
from headnotes.topics import read_work
from made_topics import RATINGS, TOPIC, WORK

OWN = '[[claims]]\nid = "hail"\ntext = { en = "It hails.", de = "Es hagelt." }\n'
NOTE = TOPIC[TOPIC.index("[[notes]]") :]


@pytest.fixture
def check(tmp_path, monkeypatch):
    """Check a topic in its folder: level, rung, line, key and message of each finding."""
    monkeypatch.chdir(tmp_path)

    def look(topic=TOPIC, ratings=RATINGS, work=WORK):
        texts = {"topic.toml": topic, "ratings.toml": ratings, "work.toml": work}
        for name, text in texts.items():
            if text is not None:
                (tmp_path / name).write_text(text, encoding="utf-8")
        known = read_work(tmp_path / "work.toml")
        issues = check_file(tmp_path / "topic.toml", {known.id: known}).issues
        return [(one.level, rung_of(one), one.key, one.message) for one in issues]

    return look


def test_named_claim_that_is_rated_twice_has_nothing_to_correct(check):
    assert check() == []


def test_first_topic_is_only_told_by_the_strict_check(check):
    unnamed = TOPIC.replace('claim = "snow-falls"\n', "")
    assert check(unnamed, ratings=None) == [
        ("warning", "ratings", "snow", "a verdict on no named claim"),
        ("warning", "ratings", "snow", "claim 'snow' is rated once"),
    ]


def test_mistake_in_the_ratings_makes_no_claim_rated_once(check):
    (found,) = check(ratings=RATINGS.replace('"low"', '"lo"'))
    assert found[-1] == "'lo'"


def test_claim_without_a_second_rating_is_found(check):
    assert check(ratings=None) == [
        ("warning", "ratings", "snow", "claim 'snow-falls' is rated once"),
    ]


def test_unknown_claim_is_found(check):
    wrong = TOPIC.replace('claim = "snow-falls"', 'claim = "snow-fall"')
    found = check(wrong, RATINGS.replace("snow-falls", "snow-fall"))
    assert ("error", "file", "snow", "unknown claim 'snow-fall'") in found


def test_notes_that_judge_one_claim_differently_are_found(check):
    second = NOTE.replace('id = "snow"', 'id = "more-snow"').replace("inaccurate", "invented")
    message = "claim 'snow-falls' is judged differently by snow, more-snow, so it is not scored"
    assert check(f"{TOPIC}{second}") == [("warning", "ratings", "snow", message)]


@pytest.mark.parametrize("episodes", ["[]", '["S01E01"]'])
def test_claim_of_no_episode_is_found(check, episodes):
    work = WORK.replace('episodes = ["S01E01"]', f"episodes = {episodes}")
    expected = ("warning", "ratings", "snow", "claim 'snow-falls' counts in no episode")
    assert (expected in check(work=work)) == (episodes == "[]")


def test_claim_of_a_topic_that_nobody_judges_is_found(check):
    assert check(f"{TOPIC}{OWN}") == [("error", "sources", "hail", "is judged by no note")]


def test_claim_of_a_topic_may_not_hide_one_of_the_work(check):
    found = check(TOPIC + OWN.replace("hail", "snow-falls"))
    assert ("error", "file", "snow-falls", "'show' makes a claim of this id") in found


def test_claims_and_reasons_speak_all_languages(check):
    german = ', de = "Es hagelt."'
    judged = TOPIC.replace('claim = "snow-falls"', 'claim = "hail"') + OWN.replace(german, "")
    ratings = RATINGS.replace("snow-falls", "hail").replace(', de = "Es war warm."', "")
    assert check(judged, ratings) == [
        ("error", "languages", "hail", "has no text in 'de'"),
        ("error", "languages", "hail", "has no text in 'de'"),
    ]


def test_claims_of_a_work_speak_its_languages(tmp_path):
    file = tmp_path / "work.toml"
    text = WORK.replace(', de = "Im Mai 1929 fällt Schnee."', "")
    file.write_text(text, encoding="utf-8")
    (issue,) = [one for one in check_file(file, {}).issues if one.level == "error"]
    assert (issue.key, issue.message) == ("snow-falls", "has no text in 'de'")


def test_mistakes_in_ratings_are_found_with_their_file(check, tmp_path):
    message = "'mostly-wrong'"
    found = check(ratings=RATINGS.replace('"mostly-inaccurate"', '"mostly-wrong"'))
    assert ("error", "file", "ratings[1].verdict", message) in found
    known = read_work(tmp_path / "work.toml")
    issues = check_file(tmp_path / "topic.toml", {known.id: known}).issues
    (issue,) = [one for one in issues if one.message == message]
    assert (issue.path, issue.line) == (str(tmp_path / "ratings.toml"), 7)
