from headnotes.languages import base_language, choose_local


def test_missing_text_is_empty():
    assert choose_local({}, "en") == ""


def test_base_is_the_first_part_of_a_tag():
    assert [base_language(tag) for tag in ("de", "de-AT", "PT_br")] == ["de", "de", "pt"]
