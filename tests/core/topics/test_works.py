"""What a work file says of its work: film or series, years, seasons, what it extends."""

import pytest

from headnotes.issues import TopicError
from headnotes.model import DepictedClaim, Work, WorkSeason, write_span
from headnotes.topics import read_work

HEAD = 'format = 2\nid = "gold-coast"\ntitle = { en = "Gold Coast" }\n'


@pytest.fixture
def read(tmp_path):
    def read_text(text):
        file = tmp_path / "work.toml"
        file.write_text(text, encoding="utf-8")
        return read_work(file)

    return read_text


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("", None),
        ("year = 2012", (2012, 2012)),
        ("years = 2012", (2012, 2012)),
        ('years = "2017-2025"', (2017, 2025)),
        ('year = "2017-25"', (2017, 2025)),
        ('years = "2017-"', (2017, 9999)),
    ],
)
def test_year_and_years_say_when_it_was_shown(read, text, span):
    assert read(HEAD + text).span == span
    assert Work(id="x", title={}, years=write_span(span)).span == span


def test_choice_that_only_shares_letters_was_not_meant(read):
    depiction = '[[depictions]]\nid = "fire"\nshown = { en = "It burns." }\nepisodes = ["S01E01"]\n'
    with pytest.raises(TopicError) as caught:
        read(f'{HEAD}{depiction}anchor = {{ all = ["fire"], when = "always" }}')
    assert [issue.hint for issue in caught.value.issues] == ["use first | last | scene | every"]


@pytest.mark.parametrize(
    ("text", "is_film"),
    [
        ("", True),
        ('kind = "film"', True),
        ('kind = "series"', False),
        ('[[episodes]]\nid = "S01E01"', False),
        ("[[seasons]]\nnumber = 1", False),
        (
            '[[depictions]]\nid = "fire"\nshown = { en = "It burns." }\nepisodes = ["S01E01"]\n'
            'anchor = { all = ["fire"] }',
            False,
        ),
    ],
    ids=["nothing", "says-so", "series", "episode", "season", "depiction"],
)
def test_a_work_that_names_no_episode_is_a_film(read, text, is_film):
    assert read(HEAD + text).is_film is is_film


def test_seasons_of_an_anthology_have_titles_of_their_own(read):
    work = read(f'{HEAD}[[seasons]]\nnumber = 2\ntitle = {{ en = "The Flood" }}\nyear = 2019\n')
    assert work.seasons == (WorkSeason(number=2, title={"en": "The Flood"}, year=2019),)


def test_an_extension_needs_no_title(read):
    claim = 'depiction = "fire"\nid = "it-burned"\ntext = { en = "It burned." }\n'
    work = read(f'format = 2\nid = "gold-coast"\nextends = true\n[[claims]]\n{claim}')
    burned = DepictedClaim(id="it-burned", text={"en": "It burned."}, depiction="fire")
    assert work == Work(id="gold-coast", extends=True, claims=(burned,))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'format = 2\nid = "gold-coast"\n',
            "'title' is missing; write title = … (by language), or",
        ),
        (
            f'{HEAD}year = 2012\nyears = "2012-13"\n',
            "years: is given beside year; drop one of them",
        ),
        (f'{HEAD}years = "2017-12"\n', "years: '2017-12' ends before it begins"),
        (f"{HEAD}year = 12\n", "year: 12; use 1000 to 2999"),
        (f'{HEAD}years = "lately"\n', "use from its first to its last year as"),
        (f'{HEAD}kind = "movie"\n', "kind: 'movie'; use film | series"),
        (f'{HEAD}kind = "film"\n[[episodes]]\nid = "S01E01"\n', "a film has neither seasons nor"),
        (f"{HEAD}[[seasons]]\nnumber = 1\n[[seasons]]\nnumber = 1\n", "'1' is used twice"),
    ],
)
def test_contradictions_are_refused_with_what_to_do(read, text, message):
    with pytest.raises(TopicError) as caught:
        read(text)
    assert message in str(caught.value)
