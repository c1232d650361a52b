import pytest

from headnotes.topics import find_topic_files


@pytest.fixture
def found(tmp_path):
    """Make empty files; give the names of those found, and what is told of the others."""

    def look(*names):
        for name in names:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).touch()
        files, problems = find_topic_files(tmp_path)
        return (
            [file.relative_to(tmp_path).as_posix() for file in files],
            [str(problem).removeprefix(f"{tmp_path}/") for problem in problems],
        )

    return look


def test_files_are_found_in_a_folder_and_right_below_it(found):
    names = ["b/topic.toml", "topic.toml", "a/work.toml", "a/topic.toml", "a/deeper/topic.toml"]
    assert found(*names) == (["topic.toml", "a/topic.toml", "a/work.toml", "b/topic.toml"], [])


def test_hidden_folders_are_passed_over(found):
    assert found(".cache/topic.toml", "a/topic.toml") == (["a/topic.toml"], [])


def test_file_under_another_name_is_told(found):
    files, problems = found("a/topic.toml", "b/rain.toml", "wind.toml")
    assert files == ["a/topic.toml"]
    assert [problem.split(":")[0] for problem in problems] == ["wind.toml", "b/rain.toml"]


def test_files_beside_a_topic_are_its_own_business(found):
    assert found("a/topic.toml", "a/taplo.toml") == (["a/topic.toml"], [])
