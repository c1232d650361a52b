from headnotes.languages import base_language, choose_local, choose_note_text
from made_outcomes import make_note


def test_missing_text_is_empty():
    assert choose_local({}, "en") == ""


def test_note_text_comes_with_its_language():
    assert choose_note_text(make_note(), "fr")[0] == "en"


def test_base_is_the_first_part_of_a_tag():
    assert [base_language(tag) for tag in ("de", "de-AT", "PT_br")] == ["de", "de", "pt"]
