"""What a check says of a language's file, so that whoever knows no Python can put it right."""

import pytest

from headnotes.languages import all_languages, find_flaws_of_language
from headnotes.languages.data import FOLDER

GOOD = """
codes = ["vol"]
names = ["volapuk"]
legend = "Noets."

[labels]
accurate = "[VERATIK]"

[count]
notes = ["{count} noet", "{count} noets"]
"""


def flaws_of(tmp_path, text, name="vo.toml"):
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [*find_flaws_of_language(file)]


def errors_of(tmp_path, text, **more):
    return [flaw for flaw in flaws_of(tmp_path, text, **more) if flaw.level == "error"]


@pytest.mark.parametrize("known", all_languages(), ids=lambda known: known.tag)
def test_files_of_the_house_are_right(known):
    found = find_flaws_of_language(FOLDER / f"{known.tag}.toml")
    assert [flaw for flaw in found if flaw.level == "error"] == []


@pytest.mark.parametrize("tag", ["en", "de"])
def test_first_two_languages_lack_nothing(tag):
    assert [*find_flaws_of_language(FOLDER / f"{tag}.toml")] == []


def test_mark_before_the_text_is_passed_over(tmp_path):
    assert flaws_of(tmp_path, "\ufeff" + GOOD) == flaws_of(tmp_path, GOOD)


def test_file_that_is_not_there_is_not_blamed_on_its_encoding(tmp_path):
    (flaw,) = find_flaws_of_language(tmp_path / "vo.toml")
    assert str(flaw) == "cannot be read: No such file or directory; check the path"


def test_what_is_missing_comes_in_a_line_for_each_table(tmp_path):
    lines = [str(flaw) for flaw in flaws_of(tmp_path, GOOD)]
    assert "decimal_mark: appears in English; translate '.'" in lines
    assert "reasons: appears in English; add [reasons]" in lines
    assert any(line.startswith("labels: mostly-accurate, mostly-inaccurate") for line in lines)
    assert any("no common_words.vo.txt" in line for line in lines)
    assert errors_of(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("key", "is_missing"),
    [("", True), ('small_words = "e in no"', False), ('characters = "a-z"', False)],
)
def test_language_without_words_or_script_is_never_recognised(tmp_path, key, is_missing):
    lines = [str(flaw) for flaw in flaws_of(tmp_path, f"{key}\n{GOOD}")]
    assert (
        any(line.startswith("small_words: is missing, and so is") for line in lines) is is_missing
    )


@pytest.mark.parametrize(("tag", "is_missing"), [("et", True), ("da", False), ("th", False)])
def test_file_of_the_house_may_lack_words_too(tag, is_missing):
    keys = [flaw.key for flaw in find_flaws_of_language(FOLDER / f"{tag}.toml")]
    assert ("small_words" in keys) is is_missing


def test_words_that_another_file_has_are_not_missing(tmp_path):
    """A file may be laid over one of the house."""
    assert "small_words" not in [flaw.key for flaw in flaws_of(tmp_path, GOOD, name="da.toml")]


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("legend = 3", "wrong-kind", "3 is not a text"),
        ('names = "volapuk"', "wrong-kind", "is not a list of texts"),
        ("names = [1]", "wrong-kind", "is not made of texts"),
        ('lables = "x"', "unknown-key", "did you mean 'labels'"),
        ("[labels]\nacurate = '[X]'", "unknown-key", "did you mean 'accurate'"),
        ("[titles]\nlegend = 'x'", "unknown-key", "move it before the first table"),
        ("[score]\nsmall_words = 'x'", "unknown-key", "move it before the first table"),
        ("[labels]\naccurate = 'X'", "bad-label", "'X' is not in brackets"),
        ("[labels]\naccurate = '[X]'\ninvented = '[X]'", "bad-label", "stands for two verdicts"),
        (f"[labels]\naccurate = '[{'X' * 40}]'", "bad-label", "fills a line"),
        ("[words]\nis_assumed = 'yes'", "wrong-kind", "is not true or false"),
        ("[line_breaks]\nconjunctions = ''", "wrong-kind", "is not made of texts"),
        ("direction = 'up'", "wrong-kind", "'up' is not a direction"),
        ("note_cps = 0", "wrong-kind", "less than 1"),
        ("[score]\ntitel = 'x'", "unknown-key", "did you mean 'title'"),
        ("[score]\ntitle = ['x']", "wrong-kind", "is not a text"),
        ("[score]\nof_100 = '{inedx}'", "unknown-place", "{inedx}"),
        ("[score]\nof_100 = '{index'", "unknown-place", "a brace alone"),
        ("[count]\nnotes = ['{count} noet']", "few-forms", "has 1 forms"),
        ("plural_rule = 'n ! 1'", "bad-rule", "not a rule of gettext"),
        ("[count]\nnotes = ['a', 'b']\n[labels]\naccurate = '[X]'", "misplaced", "[labels]"),
        ('legend = "', "bad-toml", "not valid TOML"),
        (b"\xff", "unreadable", "cannot be read"),
        (b"#" * 1_000_001, "too-large", "1 MB"),
        ("a = " + "[" * 9_000, "bad-toml", "TOML"),
    ],
)
def test_flaw_is_named_with_what_to_do(tmp_path, text, code, words):
    flaw = errors_of(tmp_path, text)[0]
    assert flaw.code == code
    assert words in str(flaw)
    assert flaw.hint


@pytest.mark.parametrize("name", ["topic.toml", "vo.txt", "VO.toml"])
def test_name_of_a_file_is_the_tag(tmp_path, name):
    assert [flaw.code for flaw in errors_of(tmp_path, GOOD, name=name)] == ["bad-name"]


def test_file_that_is_not_there_is_no_traceback(tmp_path):
    assert [flaw.code for flaw in find_flaws_of_language(tmp_path / "vo.toml")] == ["unreadable"]
