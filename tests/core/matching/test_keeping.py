"""A matcher from the cache finds what one made of the same terms finds."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes import cache
from headnotes.issues import TermError
from headnotes.languages import data
from headnotes.matching import Matcher, keeping, parse_term, prepare_matcher, tokenize
from headnotes.tracks import read_track

SAMPLES = sorted((Path(__file__).parents[3] / "subtitles" / "babylon-berlin").glob("S01E0[1-3]*"))
TERMS = [
    "police | Polizei*", "balcony | Balkon", "~Kardakow", "*verbot*", "*ing", "red flag*",
    "May Day | erste* Mai", "the gold | das Gold | Gold", "~Zörgiebel", "Moka Efti",
    "du schuldest mir noch | the night train",
    *(f"filler{number} | seldom said{number}" for number in range(keeping._FEWEST)),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


@pytest.fixture
def parsed(monkeypatch):
    """Give the list of terms that are parsed from now on."""
    texts = []

    def note(text):
        texts.append(text)
        return parse_term(text)

    monkeypatch.setattr(keeping, "parse_term", note)
    return texts


def found_in(matcher, file):
    spans = matcher.find(tokenize(read_track(file).by_time))
    return {term: list(found) for term, found in spans.items()}


@pytest.mark.parametrize("file", SAMPLES, ids=lambda file: file.name)
def test_kept_matcher_finds_the_same(file, parsed):
    expected = found_in(Matcher(map(parse_term, TERMS)), file)
    assert expected
    assert found_in(prepare_matcher(TERMS, "all"), file) == expected
    assert parsed == TERMS
    assert found_in(prepare_matcher(TERMS, "all"), file) == expected
    assert parsed == TERMS


def test_other_terms_are_prepared_anew(parsed):
    prepare_matcher(TERMS, "all")
    parsed.clear()
    prepare_matcher([*TERMS, "one more"], "all")
    assert parsed == [*TERMS, "one more"]


def test_terms_are_prepared_anew_by_the_rules_of_a_language_that_a_plugin_brings(
    parsed, tmp_path, monkeypatch
):
    terms = ["vo'binom", *TERMS]
    tokens = tokenize(read_track(SAMPLES[0]).by_time[:0])
    prepare_matcher(terms, "all").find(tokens)
    parsed.clear()
    monkeypatch.setattr(data, "_added", {})
    (tmp_path / "vo.toml").write_text('[words]\nelided = "vo"\n', encoding="utf-8")
    try:
        data.add_language_files([tmp_path / "vo.toml"])
        assert prepare_matcher(terms, "all").tables.entries["bino"].startswith("binom\x1f")
        assert parsed == terms
    finally:
        data._added.clear()
        data.forget_languages()


def test_terms_without_signs_are_kept_too(parsed):
    terms = [text for text in TERMS if text.replace(" | ", "").replace(" ", "").isalnum()]
    prepare_matcher(terms, "all")
    parsed.clear()
    assert prepare_matcher(terms, "all").tables.stems == []
    assert parsed == []


def test_few_terms_are_not_kept(tmp_path):
    prepare_matcher(TERMS[:10], "few")
    assert [*tmp_path.rglob("*.json")] == []


def test_terms_that_are_none_are_refused():
    with pytest.raises(TermError):
        prepare_matcher([*TERMS, "*"], "all")


def test_code_in_an_archive_keeps_nothing(tmp_path, monkeypatch):
    def refuse(_):
        raise NotADirectoryError("headnotes.zip")

    # reading a track may keep what is known of languages
    found = found_in(Matcher(map(parse_term, TERMS)), SAMPLES[0])
    kept = [*tmp_path.rglob("*.json")]
    monkeypatch.setattr(cache, "fingerprint_code", refuse)
    assert found_in(prepare_matcher(TERMS, "all"), SAMPLES[0]) == found
    assert [*tmp_path.rglob("*.json")] == kept


WRONG = [
    b"", b"text", b"\xff", b"a\x1d0", b"a\x1da\x1f0\x1d\x1d", b"a\x1da\x1f0\x1d\x1d\x1d\x1d",
    b"a\x1eb\x1da\x1f0\x1d\x1d\x1d", b"\x1d\x1da\x1eb\x1da\x1f0\x1d", b"a\x1da\x1f0\x1d\x1d\x1d*",
    b"a\x1da\x1f0\x1d\x1d\x1dabc*\x1e~",
]  # fmt: skip


def keep(monkeypatch, written):
    monkeypatch.setattr(cache, "load_entry", lambda *_: cache.Entry(None, written))


def write_with(entry):
    tables = Matcher(map(parse_term, TERMS)).tables
    groups = {
        letters: "\x1f".join(f"{pattern}\x1f{entry}" for pattern in group.split("\x1f")[::2])
        for letters, group in tables.entries.items()
    }
    groups |= {word: f"{word}\x1f{entry}" for word in ("the", "und")}
    return keeping._write(tables._replace(entries=groups))


@pytest.mark.parametrize("written", WRONG, ids=repr)
def test_tables_that_are_none_are_made_anew(written, monkeypatch):
    expected = found_in(Matcher(map(parse_term, TERMS)), SAMPLES[0])
    keep(monkeypatch, written)
    assert found_in(prepare_matcher(TERMS, "all"), SAMPLES[0]) == expected


PHRASES = [
    "x", "0", "0\t0", "x\t0\ta\tb", "-1\t0\ta\tb", "9999\t0\ta\tb", "0\t\ta\tb", "0\t9\ta\tb",
    "0\t-1\ta\tb", "0\t0\ta\tb",
]  # fmt: skip
ENTRIES = ["x", "-1", "9999", "0\nx", "0\n\n\n", *(f"0\n\n{phrase}" for phrase in PHRASES)]


@pytest.mark.parametrize("entry", ENTRIES, ids=repr)
def test_entry_that_makes_no_sense_has_all_terms_prepared_anew(entry, monkeypatch):
    expected = found_in(Matcher(map(parse_term, TERMS)), SAMPLES[0])
    keep(monkeypatch, write_with(entry))
    assert found_in(prepare_matcher(TERMS, "all"), SAMPLES[0]) == expected


@pytest.mark.parametrize("phrase", PHRASES, ids=repr)
def test_phrase_of_two_words_that_makes_no_sense_has_all_terms_prepared_anew(phrase, monkeypatch):
    expected = found_in(Matcher(map(parse_term, TERMS)), SAMPLES[0])
    tables = Matcher(map(parse_term, TERMS)).tables
    groups = {
        first: re.sub(r"[^\n\x1f]+\t[^\n\x1f]+", phrase, group)
        for first, group in tables.pairs.items()
    }
    assert groups != tables.pairs
    keep(monkeypatch, keeping._write(tables._replace(pairs=groups)))
    assert found_in(prepare_matcher(TERMS, "all"), SAMPLES[0]) == expected


@pytest.mark.parametrize("of", ["entries", "pairs"])
def test_group_without_an_entry_has_all_terms_prepared_anew(of, monkeypatch):
    expected = found_in(Matcher(map(parse_term, TERMS)), SAMPLES[0])
    tables = Matcher(map(parse_term, TERMS)).tables
    groups = dict.fromkeys([*getattr(tables, of), "the", "und"], "the")
    wrong = tables._replace(entries=groups) if of == "entries" else tables._replace(pairs=groups)
    keep(monkeypatch, keeping._write(wrong))
    assert found_in(prepare_matcher(TERMS, "all"), SAMPLES[0]) == expected


@given(entry=st.text(alphabet="0123456789 \n\t|abAB*~-<>", max_size=30))
def test_no_entry_breaks_a_matcher(entry):
    with pytest.MonkeyPatch.context() as patch:
        keep(patch, write_with(entry))
        found_in(prepare_matcher(TERMS, "all"), SAMPLES[0])


def test_of_tables_that_make_no_sense_no_patterns_are_kept(monkeypatch):
    """What was compared with wrong ones is compared anew."""
    expected = found_in(Matcher(map(parse_term, TERMS)), SAMPLES[0])
    assert any("*" in term for term in expected)
    wrong = write_with("x").rpartition(keeping._BETWEEN_LISTS.encode())[0]
    keep(monkeypatch, wrong + keeping._BETWEEN_LISTS.encode())
    matcher = prepare_matcher(TERMS, "all")
    assert matcher.tables.stems == []
    assert found_in(matcher, SAMPLES[0]) == expected
