import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.cli.outputs import Outputs, write_file
from headnotes.errors import UsageError


def test_files_appear_together_at_the_end(tmp_path):
    with Outputs(tmp_path / "out", ()) as outputs:
        outputs.add("a.srt", "a", made_from="a")
        assert not (tmp_path / "out" / "a.srt").exists()
        outputs.add("b.srt", "b", made_from="b")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.srt", "b.srt"]


def test_failure_leaves_everything_as_it_was(tmp_path):
    (tmp_path / "a.srt").write_text("old", encoding="utf-8")

    def fail_half_way():
        with Outputs(tmp_path, ()) as outputs:
            outputs.add("a.srt", "new", made_from="a")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["old"]


@pytest.mark.parametrize("name", ["../a", "a/b", "..", "/a", ""])
def test_name_cannot_leave_the_folder(tmp_path, name):
    with pytest.raises(UsageError, match="is no file name"), Outputs(tmp_path, ()) as outputs:
        outputs.add(name, "", made_from="x")


def test_names_that_differ_in_case_alone_are_one(tmp_path):
    with Outputs(tmp_path, ()) as outputs:
        outputs.add("A.srt", "", made_from="a")
        with pytest.raises(UsageError, match="so would a"):
            outputs.add("a.srt", "", made_from="b")


@given(st.text(max_size=60))
def test_written_text_reads_back_equal(tmp_path_factory, text):
    text = text.encode("utf-8", "replace").decode("utf-8")
    file = tmp_path_factory.mktemp("w") / "a.txt"
    write_file(file, text)
    assert file.read_bytes().decode("utf-8") == text
