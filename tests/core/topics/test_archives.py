"""Topics in a zip: read in memory, and refused where they would do harm."""

import stat
import zipfile

import pytest

from headnotes.issues import TopicError
from headnotes.topics import BOUNDS, open_archive, read_folder
from headnotes.topics.archives import MOST_ARCHIVE_BYTES, MOST_FILES
from made_topics import RATINGS, TOPIC, WORK


def pack(tmp_path, files, **more):
    file = tmp_path / "gift.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content, **more)
    return file


def refusal(file, bounds=BOUNDS):
    with pytest.raises(TopicError) as caught:
        open_archive(file, bounds)
    (issue,) = caught.value.issues
    assert (issue.path, issue.code) == (file.name, "bad-archive")
    assert issue.hint
    return issue.message


def test_topic_work_and_ratings_are_read_from_folders_of_a_zip(tmp_path):
    files = {
        "weather/topic.toml": TOPIC,
        "weather/ratings.toml": RATINGS,
        "weather/topic.schema.json": "{}",
        "show/work.toml": WORK,
        "show/deeper/work.toml": "not read",
        "pictures/a.png": b"x",
    }
    show, weather = open_archive(pack(tmp_path, files))
    ((), (work,)), ((topic,), ()) = read_folder(show), read_folder(weather)
    assert (work.id, topic.id, topic.rater[:8]) == ("show", "weather", "a second")
    assert topic.origin == "gift.zip/weather/topic.toml"


def test_topic_at_the_top_of_a_zip_is_read(tmp_path):
    (folder,) = open_archive(pack(tmp_path, {"topic.toml": TOPIC}))
    ((topic,), ()) = read_folder(folder)
    assert topic.origin == "gift.zip/topic.toml"


def test_mistakes_in_a_zip_have_their_lines(tmp_path):
    (folder,) = open_archive(
        pack(tmp_path, {"w/topic.toml": TOPIC.replace("format = 2", "format")})
    )
    with pytest.raises(TopicError, match=r"gift\.zip/w/topic\.toml:1: is not valid TOML"):
        read_folder(folder)


@pytest.mark.parametrize(
    "name", ["../topic.toml", "a/../../topic.toml", "/topic.toml", "C:/topic.toml", "a\\topic.toml"]
)
def test_name_that_leads_out_is_refused(tmp_path, name):
    info = zipfile.ZipInfo("topic.toml")
    file = tmp_path / "gift.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("topic.toml", TOPIC)
        info.filename = name
        archive.writestr(info, TOPIC)
    assert refusal(file).startswith("has a name that leads out of its folder: ")


def test_link_is_refused(tmp_path):
    info = zipfile.ZipInfo("topic.toml")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    file = tmp_path / "gift.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert refusal(file) == "holds a link: 'topic.toml'"


def test_locked_file_is_refused(tmp_path):
    file = pack(tmp_path, {"topic.toml": TOPIC})
    content = bytearray(file.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(content)
    assert refusal(file) == "is locked by a password: 'topic.toml'"


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_file_packed_by_rare_means_is_refused(tmp_path, method):
    file = pack(tmp_path, {"topic.toml": TOPIC}, compress_type=method)
    assert refusal(file) == "is packed by other means than deflate: 'topic.toml'"


def test_what_is_not_read_may_be_packed_by_any_means(tmp_path):
    file = pack(tmp_path, {"topic.toml": TOPIC})
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("read me.txt", "x", compress_type=zipfile.ZIP_LZMA)
    assert len(open_archive(file)) == 1


def test_file_beyond_the_bounds_is_read_no_further_than_to_refuse_it(tmp_path):
    (folder,) = open_archive(pack(tmp_path, {"topic.toml": b"#" * 100_000_000}))
    assert len(folder.joinpath("topic.toml").read_bytes()) == BOUNDS.file_bytes + 1
    with pytest.raises(TopicError, match="is larger than 4 MB"):
        read_folder(folder)


def test_bomb_of_many_files_is_refused(tmp_path):
    files = {f"{number}/topic.toml": b"#" * 10_000_000 for number in range(20)}
    assert refusal(pack(tmp_path, files)) == "unpacks to more than 50 MB"


def test_zip_of_too_many_files_is_refused(tmp_path):
    files = {f"{number}.txt": "" for number in range(MOST_FILES + 1)}
    assert refusal(pack(tmp_path, files)) == "holds more than 1,000 files"


def test_zip_larger_than_any_topic_is_refused(tmp_path):
    file = tmp_path / "gift.zip"
    with file.open("wb") as opened:
        opened.truncate(MOST_ARCHIVE_BYTES + 1)
    assert refusal(file) == "is larger than 50 MB"


@pytest.mark.parametrize("keep", [0, 30, 200, -40])
def test_damaged_zip_is_refused(tmp_path, keep):
    file = pack(tmp_path, {"topic.toml": TOPIC})
    file.write_bytes(file.read_bytes()[:keep])
    assert refusal(file).startswith("cannot be read as a zip: ")


def test_any_byte_may_be_damaged(tmp_path):
    file = pack(tmp_path, {"topic.toml": TOPIC, "x/work.toml": WORK})
    content = file.read_bytes()
    for at in range(0, len(content), 7):
        file.write_bytes(content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :])
        try:
            folders = open_archive(file)
        except TopicError as error:
            assert error.issues[0].code == "bad-archive"
        else:
            assert folders


def test_zip_without_a_topic_is_refused(tmp_path):
    assert refusal(pack(tmp_path, {"a.txt": "x", "a/b/topic.toml": TOPIC})) == (
        "holds no topic.toml at its top, or in a folder there"
    )


def test_held_files_behave_as_files_do(tmp_path):
    (folder,) = open_archive(pack(tmp_path, {"weather/topic.toml": TOPIC}))
    (file,) = folder.iterdir()
    assert (folder.is_dir(), folder.is_file(), file.is_dir(), file.is_file()) == (
        True,
        False,
        False,
        True,
    )
    assert file.read_text() == TOPIC == file.open().read()
    assert [*file.iterdir()] == []
    assert not (file / "more").is_file()
    with pytest.raises(FileNotFoundError):
        (folder / "work.toml").open("rb")
    with pytest.raises(IsADirectoryError):
        folder.open()
