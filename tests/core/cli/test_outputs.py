import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.cli.outputs import Outputs, write_file
from headnotes.issues import UsageError


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
    write_file(file, text, ())
    assert file.read_bytes().decode("utf-8") == text


def test_report_never_replaces_the_file_it_is_about(world, sample):
    world.write({"S01E04.en.srt": sample("S01E04.en.srt")})
    before = world.files()
    finished = world.run("report", "S01E04.en.srt", "-o", "S01E04.en.srt")
    assert (finished.status, world.files()) == (2, before)
    assert "would overwrite the input 'S01E04.en.srt'" in finished.err


def test_link_out_of_the_folder_is_named_and_left_alone(tmp_path):
    (tmp_path / "precious").write_text("old", encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.srt").symlink_to("../precious")
    with (
        pytest.raises(UsageError, match="a link that leads out of its folder"),
        Outputs(tmp_path / "out", ()) as outputs,
    ):
        outputs.add("a.srt", "new", made_from="x")
    assert (tmp_path / "precious").read_text(encoding="utf-8") == "old"
    assert (tmp_path / "out" / "a.srt").is_symlink()


def test_folder_in_the_place_of_a_file_is_found_before_anything_is_written(tmp_path):
    (tmp_path / "b.srt").mkdir()

    def write_both():
        with Outputs(tmp_path, ()) as outputs:
            outputs.add("a.srt", "", made_from="x")
            outputs.add("b.srt", "", made_from="x")

    with pytest.raises(UsageError, match=r"'b\.srt' is there and is no regular file"):
        write_both()
    assert [path.name for path in tmp_path.iterdir()] == ["b.srt"]


def test_device_is_never_replaced(tmp_path):
    os.mkfifo(tmp_path / "device")
    with pytest.raises(UsageError, match="is no regular file"):
        write_file(tmp_path / "device", "text", ())


def test_folder_that_is_a_loop_of_links_cannot_be_written(tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    with (
        pytest.raises(UsageError, match="loop: cannot be written"),
        Outputs(tmp_path / "loop", ()) as outputs,
    ):
        outputs.add("a.srt", "", made_from="x")
