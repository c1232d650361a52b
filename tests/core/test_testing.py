import pytest

from headnotes.issues import PluginError, TopicError, UsageError
from made_topics import TOPIC

pytest_plugins = ["headnotes.testing"]

ALONE = TOPIC.replace('depictions = ["snow-in-may"]\n', "")


def test_play_says_what_shows_where(make_track, make_topic, play):
    track = make_track("Good evening.", 12, "Snowflakes, in May!", 8, "Good night.")
    played = play(track, make_topic(ALONE), episode="S01E01")
    assert played.notes == ["snow"]
    assert played.lines_of("snow") == ["Snowflakes, in May!"]
    assert played.shown("snow") == ["[SCENE: FALSE] No snow fell that May; it was 12 degrees."]


def test_play_says_what_was_missing(make_track, make_topic, play):
    played = play(make_track("Snowflakes."), make_topic(ALONE), episode="S01E01")
    assert (played.notes, played.shown("snow")) == ([], [])
    assert "terms needed from “any”" in played.missing("snow")


def test_play_speaks_the_language_of_the_dialogue(make_track, make_topic, play):
    track = make_track("Schneeflocken, im Mai!", 8, "Gute Nacht.", language="de")
    played = play(track, make_topic(ALONE), episode="S01E01")
    assert played.shown("snow")[0].startswith("[SZENE: FALSCH] Kein Schnee")


def test_play_knows_installed_topics_by_id(make_track, play):
    assert play(make_track("Good evening."), "blutmai").notes == []


def test_play_refuses_a_topic_nobody_brings(make_track, play):
    with pytest.raises(PluginError, match="no installed plugin brings the topic 'blutmay'"):
        play(make_track(), "blutmay")


def test_make_topic_tells_all_mistakes(make_topic):
    with pytest.raises(TopicError, match="'kind' is missing"):
        make_topic(TOPIC.replace('kind = "reference"\n', ""))


def test_check_gives_findings_as_lines(check, tmp_path):
    (tmp_path / "topic.toml").write_text(TOPIC.replace('read = "part"', 'read = "not"'))
    lines = check(tmp_path / "topic.toml")
    assert any("rests only on sources not read" in line for line in lines)


def test_check_takes_a_path_as_text_and_a_folder(check, tmp_path):
    file = tmp_path / "weather" / "topic.toml"
    file.parent.mkdir()
    file.write_text(ALONE.replace("almanac", "Almanac", 1), encoding="utf-8")
    found = check(file)
    assert found
    assert check(str(file)) == check(tmp_path) == check(str(file.parent)) == found
    (tmp_path / "empty").mkdir()
    assert "holds no topic.toml" in check(tmp_path / "empty")[0]


@pytest.mark.parametrize("ask", ["shown", "lines_of", "missing"])
def test_note_that_no_topic_has_is_refused(make_track, make_topic, play, ask):
    played = play(make_track("Snowflakes."), make_topic(ALONE), episode="S01E01")
    with pytest.raises(UsageError, match="has the note 'snaw'; did you mean 'snow'"):
        getattr(played, ask)("snaw")
    assert not played.shown("snow")


def test_play_says_how_to_write_an_episode(make_track, make_topic, play):
    with pytest.raises(UsageError, match="'S1' is not an episode; write it as S01E01"):
        play(make_track("Snowflakes."), make_topic(ALONE), episode="S1")


@pytest.mark.parametrize("line", [None, float("nan"), -1, b"Snow."])
def test_make_track_refuses_what_is_no_line(make_track, line):
    with pytest.raises(UsageError, match="is no line; give texts, and seconds of silence"):
        make_track("a", line)
