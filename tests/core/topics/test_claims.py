"""Claims and their second ratings, as files bring them."""

import pytest
from attrs import evolve

from headnotes.issues import TopicError
from headnotes.model import Claim, Rating
from headnotes.topics import find_flaws, read_folder, read_topic, read_work
from headnotes.topics.loading import RATINGS_FILE
from made_topics import RATINGS, TOPIC, WORK

CLAIM = WORK[WORK.index("[[depictions.claims]]") :]
UNNAMED = TOPIC.replace('claim = "snow-falls"\n', "")


@pytest.fixture
def write(tmp_path):
    def write_files(topic=TOPIC, ratings=None, work=None):
        texts = {"topic.toml": topic, "ratings.toml": ratings, "work.toml": work}
        for name, text in texts.items():
            if text is not None:
                (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / "topic.toml"

    return write_files


def read_messages(topic):
    return [(issue.line, issue.key, issue.message, issue.hint) for issue in topic.issues]


# ------------------------------------------------------------------------------ claims


def test_depiction_makes_claims(tmp_path, write):
    write(work=WORK)
    (claim,) = read_work(tmp_path / "work.toml").depictions[0].claims
    texts = {"en": "Snow falls in May 1929.", "de": "Im Mai 1929 fällt Schnee."}
    assert claim == Claim(id="snow-falls", text=texts, seen="watched")


def test_nobody_has_watched_what_a_claim_does_not_say_is_watched(tmp_path, write):
    write(work=WORK.replace('seen = "watched"\n', ""))
    assert read_work(tmp_path / "work.toml").depictions[0].claims[0].seen == "summaries"


def test_claim_of_a_work_has_one_id(tmp_path, write):
    second = WORK[WORK.index("[[depictions]]") :].replace("snow-in-may", "hail-in-may")
    write(work=WORK + second)
    with pytest.raises(TopicError) as caught:
        read_work(tmp_path / "work.toml")
    assert [issue.message for issue in caught.value.issues] == ["'snow-falls' is used twice"]
    assert caught.value.issues[0].key == "depictions[2].claims[1].id"


def test_topic_makes_claims_about_what_no_depiction_shows(write):
    claim = '[[claims]]\nid = "snow-falls"\ntext = { en = "Snow falls in May." }\n'
    topic = read_topic(write(f"{TOPIC}\n{claim}"))
    assert topic.claims == (Claim(id="snow-falls", text={"en": "Snow falls in May."}),)
    with pytest.raises(TopicError, match="'snow-falls' is used twice"):
        read_topic(write(f"{TOPIC}\n{claim}{claim}"))


@pytest.mark.parametrize(
    ("text", "claim", "judges"),
    [(TOPIC, "snow-falls", "snow-falls"), (UNNAMED, None, "snow")],
    ids=["named", "of its own"],
)
def test_verdict_judges_one_claim(write, text, claim, judges):
    note = read_topic(write(text)).notes[0]
    assert (note.claim, note.judges) == (claim, judges)


OPEN = TOPIC.replace('verdict = "inaccurate"\nconfidence = "high"\n', "")


def test_note_without_a_verdict_judges_no_claim(write):
    with pytest.raises(TopicError) as caught:
        read_topic(write(OPEN))
    assert [(issue.key, issue.message) for issue in caught.value.issues] == [
        ("notes[1].claim", "claim 'snow-falls' without a verdict")
    ]


@pytest.mark.parametrize(
    ("departures", "kind"),
    [
        ("", "context"),
        ('departures = ["omitted"]\n', "omission"),
        ('departures = ["scale"]\n', "context"),
    ],
    ids=["background", "left out", "other licence"],
)
def test_note_without_a_verdict_is_context_or_an_omission(write, departures, kind):
    note = read_topic(write(OPEN.replace('claim = "snow-falls"\n', departures))).notes[0]
    assert (note.kind, note.judges) == (kind, None)


def test_verdict_on_what_is_left_out_stays_a_verdict(write):
    text = TOPIC.replace('claim = "snow-falls"', 'departures = ["omitted"]')
    assert read_topic(write(text)).notes[0].kind == "verdict"


# ----------------------------------------------------------------------------- ratings


@pytest.mark.parametrize("read", [read_topic, lambda file: read_folder(file.parent)[0][0]])
def test_ratings_are_read_beside_their_topic(write, read):
    topic = read(write(ratings=RATINGS))
    assert topic.rater == "a second reader, who saw claim, record and sources only"
    assert topic.ratings == (
        Rating(
            claim="snow-falls",
            verdict="mostly-inaccurate",
            confidence="low",
            reason={"en": "It was warm.", "de": "Es war warm."},
        ),
    )
    assert topic.issues == ()


def test_ratings_may_lie_elsewhere(tmp_path, write):
    file = write()
    (tmp_path / "other.toml").write_text(RATINGS, encoding="utf-8")
    assert len(read_topic(file, ratings=tmp_path / "other.toml").ratings) == 1
    assert read_topic(file, ratings=tmp_path / "none.toml") == read_topic(file)


def test_claim_of_a_note_of_its_own_is_rated_by_the_id_of_the_note(write):
    topic = read_topic(write(UNNAMED, RATINGS.replace("snow-falls", "snow")))
    assert (topic.ratings[0].claim, topic.issues) == ("snow", ())


RATE_AGAIN = RATINGS[RATINGS.index("[[ratings]]") :]


@pytest.mark.parametrize(
    ("ratings", "line", "message", "hint"),
    [
        (
            RATINGS.replace("snow-falls", "snow-fall"), 6,
            "no note judges a claim 'snow-fall'",
            "did you mean 'snow-falls'? correct whichever of both is misspelt",
        ),
        (
            RATINGS.replace("snow-falls", "x"), 6,
            "no note judges a claim 'x'", "rate a claim of the notes beside it",
        ),
        (RATINGS + RATE_AGAIN, 11, "'snow-falls' is rated twice", "drop one of them"),
        (
            RATINGS.replace('"weather"', '"winds"'), 2,
            "'winds' is not the topic beside it", "use 'weather'",
        ),
        (
            RATINGS.replace('"low"', '"lo"'), 8,
            "'lo'", "did you mean 'low'? use high | moderate | low",
        ),
        (
            RATINGS.replace("rater =", "by ="), 3,
            "unknown key 'by'", "use format | topic | rater | ratings",
        ),
        ("# new\nformat = 3", 2, "format 3, newer than 2", "update headnotes to read it"),
    ],
    ids=["unknown", "far", "twice", "topic", "value", "key", "newer"],
)  # fmt: skip
def test_mistake_in_ratings_costs_the_ratings_alone(write, ratings, line, message, hint):
    topic = read_topic(write(ratings=ratings))
    assert (len(topic.notes), topic.ratings, topic.rater) == (1, (), "")
    found = [(issue.line, issue.message, issue.hint) for issue in topic.issues]
    assert (line, message, hint) in found
    assert {issue.path.rpartition("/")[2] for issue in topic.issues} == {RATINGS_FILE}


def test_ratings_made_in_code_keep_the_rules(write):
    topic = read_topic(write(ratings=RATINGS))
    assert [*find_flaws(topic, type(topic))] == []
    other = evolve(topic, ratings=(evolve(topic.ratings[0], claim="hail"),))
    assert [issue.code for issue in find_flaws(other, type(topic))] == ["unknown-claim"]
