import pickle

import pytest

from headnotes.issues import HeadnotesError, Problem, TopicError, near_name


def test_problem_reads_as_one_line():
    problem = Problem(where="topic.toml:3: id", what="'X'", mend="use small letters")
    assert str(problem) == "topic.toml:3: id: 'X'; use small letters"


def test_error_prints_a_line_for_each_problem():
    error = TopicError(Problem(where="a", what="b"), Problem(where="", what="c", mend="d"))
    assert str(error) == "a: b\nc; d"


def test_error_survives_pickling():
    error = TopicError(Problem(where="a", what="b", mend="c"))
    assert pickle.loads(pickle.dumps(error)).problems == error.problems
    assert isinstance(error, HeadnotesError)


@pytest.mark.parametrize(("name", "told"), [("blutmay", "did you mean 'blutmai'? "), ("zzz", "")])
def test_near_name_is_offered_only_when_near(name, told):
    assert near_name(name, ["blutmai", "comintern"]) == told


def test_message_keeps_to_a_length_that_is_read():
    problem = Problem(where="w" * 5000, what="a" * 10**6 + "end", mend="m" * 5000)
    assert len(str(problem)) < 1300
    assert "aend; m" in str(problem)


def test_near_name_is_found_in_a_crowd_without_comparing_all():
    crowd = ["blutmai", *(f"topic-{n}" for n in range(10**5))]
    assert near_name("blutmay", crowd) == "did you mean 'blutmai'? "
