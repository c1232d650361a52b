import pytest

from headnotes.languages import base_language, choose_local, common_language


def test_missing_text_is_empty():
    assert choose_local({}, "en") == ""


def test_base_is_the_first_part_of_a_tag():
    assert [base_language(tag) for tag in ("de", "de-AT", "PT_br")] == ["de", "de", "pt"]


@pytest.mark.parametrize(
    ("spoken", "language"),
    [(["de", "de"], "de"), (["de", "en"], "en"), (["de", "fr"], "en"), ([None], "en"), ([], "en")],
)
def test_tracks_share_their_language_or_english(spoken, language):
    assert common_language(spoken) == language
