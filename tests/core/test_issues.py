import pickle

import pytest

from headnotes.issues import HeadnotesError, Issue, TopicError, near_name


def test_issue_reads_as_one_line():
    issue = Issue(
        path="topic.toml", line=3, key="id", code="bad-text", message="'X'", hint="use letters"
    )
    assert str(issue) == "topic.toml:3: id: 'X'; use letters"
    assert issue.where == "topic.toml:3: id"


def test_error_prints_a_line_for_each_issue():
    error = TopicError(
        Issue(path="a", code="bad-value", message="b"),
        Issue(code="bad-value", message="c", hint="d"),
    )
    assert str(error) == "a: b\nc; d"


def test_error_survives_pickling():
    error = TopicError(Issue(path="a", code="bad-value", message="b", hint="c"))
    assert pickle.loads(pickle.dumps(error)).issues == error.issues
    assert isinstance(error, HeadnotesError)


@pytest.mark.parametrize(("name", "told"), [("blutmay", "did you mean 'blutmai'? "), ("zzz", "")])
def test_near_name_is_offered_only_when_near(name, told):
    assert near_name(name, ["blutmai", "comintern"]) == told


def test_message_keeps_to_a_length_that_is_read():
    issue = Issue(path="w" * 5000, code="bad-value", message="a" * 10**6 + "end", hint="m" * 5000)
    assert len(str(issue)) < 1300
    assert "aend; m" in str(issue)


def test_near_name_is_found_in_a_crowd_without_comparing_all():
    crowd = ["blutmai", *(f"topic-{n}" for n in range(10**5))]
    assert near_name("blutmay", crowd) == "did you mean 'blutmai'? "
