"""A language is its file: nothing else has to change when one is added."""

import pytest

import volapuk as plugin
from headnotes import cache
from headnotes.languages import (
    data,
    find_language,
    guess_language,
    language_data,
    load_messages,
    profile_title,
)
from headnotes.languages.data import forget_languages
from headnotes.model import Cue
from headnotes.profiles import PROFILES
from headnotes.reports import render_terminal
from headnotes.scheduling import breaks, find_label, label_note
from made_outcomes import make_note, make_outcome

(VOLAPUK,) = plugin.provide_languages()
"""The file of a language that is not in the house."""


@pytest.fixture
def volapuk(tmp_path, monkeypatch):
    """The files of all languages, with one more beside them."""
    for path in data.FOLDER.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "vo.toml").write_bytes(VOLAPUK.read_bytes())
    monkeypatch.setattr(data, "FOLDER", tmp_path)
    monkeypatch.setattr(data, "_added", {})
    forget_languages()
    yield "vo"
    forget_languages()


def test_added_language_labels_its_headnotes(volapuk):
    assert label_note(make_note(verdict="accurate"), volapuk) == "[VERATIK]"
    assert label_note(make_note(verdict="invented"), volapuk) == "[INVENTED]"
    assert find_label("[VERATIK] Binom so.") == "[VERATIK]"


def test_added_language_names_its_files(volapuk):
    titles = {profile.name: profile_title(profile, volapuk) for profile in PROFILES}
    assert titles["combined-srt"] == "Noets jenotemik"
    assert titles["combined-ass"] == "Historical notes in colour"
    assert find_language("volapuk") == find_language("vol") == volapuk


def test_added_language_breaks_its_lines(volapuk):
    line = "[VERATIK] man bal ebinom in el zif gretik kele timas lonedik"
    assert (
        breaks.break_line(line, "xx")
        == "[VERATIK] man bal ebinom in el\nzif gretik kele timas lonedik"
    )
    assert (
        breaks.break_line(line, volapuk)
        == "[VERATIK] man bal ebinom in\nel zif gretik kele timas lonedik"
    )


def test_added_language_is_detected(volapuk):
    text = "El Berlin binom zif. Kin binom at, e kis ob no sevob de ol? Ob binom ko ol in zif."
    cue = Cue(number=1, start_ms=0, end_ms=1, text=text, spoken=text, raw=text)
    assert guess_language([cue]) == volapuk


def test_added_language_speaks_in_reports_as_far_as_it_can(volapuk):
    report = render_terminal((make_outcome(12),), volapuk, width=80, is_colored=False)
    assert "\nNum  71 of 100" in report


@pytest.mark.parametrize(("number", "written"), [(0, "0 noet"), (1, "1 noet"), (2, "2 noets")])
def test_added_language_has_its_own_plural_rule(volapuk, number, written):
    assert load_messages(volapuk).plural("notes", number) == written


@pytest.mark.parametrize("tag", ["xx", "", "../en", "EN/..", "common_words"])
def test_language_without_a_file_is_known_by_its_tag_alone(tag):
    known = language_data(tag)
    assert (known.codes, known.labels, known.has_messages) == ((), {}, False)


@pytest.mark.parametrize("language", ["en", "en-GB", "EN"])
def test_region_and_case_do_not_matter(language):
    assert language_data(language) is not None
    assert language_data(language).codes == ("eng",)


def test_only_the_head_of_a_file_is_read_for_every_run(volapuk, monkeypatch):
    read: list[str] = []
    lay = data._lay

    def lay_and_keep(texts):
        kept = [*texts]
        read.extend(kept)
        return lay(kept)

    monkeypatch.setattr(cache, "load", lambda *_: None)  # or an earlier test has read them
    monkeypatch.setattr(data, "_lay", lay_and_keep)
    assert language_data(volapuk).has_messages
    assert len(read) == len(data.language_tags())
    lines = [line.strip() for text in read for line in text.splitlines()]
    assert "[labels]" in lines  # which a comment may name, too
    assert "[count]" not in lines
    assert load_messages(volapuk).text("score.title") == "Num"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_file_of_a_plugin_is_laid_over_ours(tmp_path, monkeypatch, encoding):
    monkeypatch.setattr(data, "_added", {})
    (tmp_path / "fr.toml").write_text('[labels]\naccurate = "[CONFORME]"\n', encoding=encoding)
    (tmp_path / "common_words.vo.txt").write_text("70 el binom\n", encoding="utf-8")
    data.add_language_files([tmp_path / "fr.toml"])
    try:
        assert label_note(make_note(verdict="accurate"), "fr") == "[CONFORME]"
        assert label_note(make_note(verdict="invented"), "fr") == "[INVENTÉ]"
        assert language_data("fr").codes == ("fre", "fra")
    finally:
        data._added.clear()
        forget_languages()


def test_every_language_with_labels_is_written_one_way():
    assert {known.tag for known in data.all_languages() if known.direction == "rtl"} == {"ar", "he"}


def test_header_may_be_set_in():
    head = data._cut_head('legend = "x"\n[labels]\na = "[X]"\n  [ count ]\nnotes = []\n')
    assert head.endswith('[X]"\n')


KEPT = [None, [], {"en": {}}, "text", dict.fromkeys(data.language_tags(), "text")]


@pytest.mark.parametrize("kept", KEPT, ids=["nothing", "list", "too few", "text", "texts"])
def test_files_of_languages_count_whatever_the_cache_holds(kept, monkeypatch):
    read = data._read_heads.__wrapped__
    expected = read(data.FOLDER, data.language_tags())
    assert expected["de"]["labels"]["accurate"]
    assert read(data.FOLDER, data.language_tags()) == expected
    monkeypatch.setattr(cache, "load", lambda *_: kept)
    assert read(data.FOLDER, data.language_tags()) == expected


def test_messages_count_whatever_the_cache_holds(monkeypatch):
    expected = data.read_messages("de")
    assert data.read_messages.__wrapped__("de") == expected
    monkeypatch.setattr(cache, "load", lambda *_: None)
    assert data.read_messages.__wrapped__("de") == expected


def test_file_of_a_plugin_that_changes_changes_what_its_rules_are_known_by(tmp_path, monkeypatch):
    monkeypatch.setattr(data, "_added", {})
    forget_languages()
    known = {data.fingerprint_languages()}
    file, table = tmp_path / "vo.toml", tmp_path / "common_words.vo.txt"
    try:
        for content in ('[words]\nelided = "l"\n', '[words]\nelided = "d"\n'):
            file.write_text(content, encoding="utf-8")
            data.add_language_files([file])
            known.add(data.fingerprint_languages())
        table.write_text("70 el binom\n", encoding="utf-8")
        data.add_language_files([file])
        known.add(data.fingerprint_languages())
        assert len(known) == 4
    finally:
        data._added.clear()
        forget_languages()
