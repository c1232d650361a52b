from collections.abc import Mapping
from typing import get_args

import pytest

from headnotes.languages import abridge_term, describe_reasons, describe_remedy, load_messages
from headnotes.model import Reason, ReasonCode
from headnotes.recognition import DOUBTS

FOUND = Reason("found", {"quotes": ("Moka", "Trotsky's"), "cue": 12, "start_ms": 62_000})
WEAK = Reason("too-weak", {"strength": 0.4567, "wanted": 0.5})
EVERY: dict[str, Mapping[str, str | int | float | tuple[str, ...]]] = {
    "found": FOUND.parameters,
    "term-missing": {"term": "balcon*"},
    "too-few-terms": {"found": 1, "wanted": 2},
    "too-wide": {"width_s": 90, "within_s": 60},
    "forbidden": {"quote": "theatre", "cue": 3},
    "too-weak": WEAK.parameters,
    "names-spoken": {"count": 3},
    "outbid": {"rival": "red-march"},
    "recap": {"cue": 12},
    "episode-contradicted": {"named": "S01E05", "scenes": "S01E04"},
    "episode-unlisted": {"named": "S09E09"},
    "episode-named": {"named": "S01E04"},
    "episode-counted": {"named": "S02E06", "written": "S01E14"},
    "episode-asked": {"asked": "S01E04"},
    "asked-contradicted": {"asked": "S01E05", "scenes": "S01E04"},
    "asked-unlisted": {"work": "show", "asked": "S09E09", "first": "S01E01", "last": "S01E08"},
    "asked-of-film": {"work": "show", "asked": "S01E01"},
    "scenes-of": {"scenes": "S01E04"},
    "other-year": {"work": "show", "year": 2012},
    "other-work": {"work": "show"},
    "low-weight": {"weight": 1, "least": 2},
    "later-episode": {"episode": "S02E03"},
    "no-line": {"language": "de"},
    "long-line": {"chars": 99, "lines": 2, "line_chars": 42},
    "much-dialogue": {"cps": 31, "most": 26},
    "crowded-passage": {"notes": ("[TRUE] Two women died.",)},
    "many-in-ten-minutes": {"most": 13, "density": "normal"},
}


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("code", get_args(ReasonCode))
def test_every_code_has_a_sentence_in_every_language(code, language):
    messages = load_messages(language)
    assert describe_reasons((Reason(code, EVERY.get(code, {})),), messages)
    assert set(messages.table["reasons"]) == {*get_args(ReasonCode)}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "en",
            "found “Moka”, “Trotsky's” from cue 12 (0:01:02); "
            "no “balcon*”, too weak: strength 0.46, 0.50 needed",
        ),
        (
            "de",
            "„Moka“, „Trotsky's“ ab Untertitel 12 (0:01:02) gefunden; "
            "„balcon*“ fehlt, zu schwach: Stärke 0,46 (nötig: 0,50)",
        ),
    ],
)
def test_reasons_are_one_line_in_the_readers_language(language, line):
    reasons = (FOUND, Reason("term-missing", {"term": "balcon*"}), WEAK)
    assert describe_reasons(reasons, load_messages(language)) == line


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_remedy_is_of_a_code_and_takes_its_parameters(language):
    messages = load_messages(language)
    remedies = messages.table["remedies"]
    assert remedies.keys() == DOUBTS - {"scenes-of"}
    for code in remedies:
        assert describe_remedy(Reason(code, EVERY[code]), messages)


def test_remedy_can_be_typed_as_it_stands():
    reason = Reason("other-year", EVERY["other-year"])
    assert describe_remedy(reason, load_messages("en")) == "not taken for it; --work show insists"
    assert describe_remedy(FOUND, load_messages("en")) == ""


def test_no_reason_is_no_line():
    assert describe_reasons((), load_messages("en")) == ""


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        ("balcon*", "balcon*"),
        ("women|Frauen | two of them", "women | Frauen | two of them"),
        ("mother and daughter | Mutter und ihre Tochter", "mother and daughter | …"),
        (f"{'a' * 19} | {'b' * 20} | c", f"{'a' * 19} | {'b' * 20} | …"),
        (f"{'a' * 20} | {'b' * 20} | c", f"{'a' * 20} | …"),
        ("a" * 99, "a" * 99),
    ],
)
def test_long_term_keeps_the_alternatives_that_fit(term, shown):
    assert abridge_term(term) == shown


@pytest.mark.parametrize(
    ("spoken", "shown"),
    [
        ("women", "women | mother and daughter | …"),
        ("alle beide", "women | mother and daughter | alle beide | …"),
        ("two", "women | mother and daughter | two | …"),
        ("no alternative of it", "women | mother and daughter | …"),
    ],
)
def test_abridged_term_keeps_the_alternative_that_was_spoken(spoken, shown):
    term = "women | mother and daughter | Mutter und Tochter | alle beide | two"
    assert abridge_term(term, spoken) == shown


def test_abridged_term_says_no_more_follows_where_the_spoken_one_was_the_last():
    long = "a" * 39
    assert abridge_term(f"{long} | bb", "bb") == f"{long} | bb"


def test_missing_term_is_named_by_its_first_alternatives():
    reason = Reason("term-missing", {"term": "mother and daughter | Mutter und ihre Tochter"})
    assert describe_reasons((reason,), load_messages("en")) == "no “mother and daughter | …”"
