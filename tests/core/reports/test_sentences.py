from __future__ import annotations

from email.message import Message

import pytest
from attrs import evolve

from headnotes.languages import load_messages
from headnotes.model import Choice, Source, Work
from headnotes.reports.rollup import make_member, make_part
from headnotes.reports.sentences import (
    announce_places,
    cite_note,
    cite_report,
    cite_topic,
    describe_choice,
    describe_coverage,
    describe_differences,
    describe_doubt,
    describe_ground,
    describe_index,
    describe_presets,
    describe_range,
    describe_terms,
    describe_track,
    describe_unplaced,
    describe_withheld,
    head_texts,
    label_episode,
    list_definitions,
    list_movers,
    list_printed,
    list_topics,
    name_episode,
    name_source,
    sum_up,
    title_report,
    title_work,
)
from headnotes.reports.view import make_cards
from headnotes.scheduling import choose
from headnotes.scoring import Range, score_outcomes
from made_outcomes import make_outcome, make_track

MESSAGES = load_messages("en")
MOSTLY_RIGHT = ("accurate", "accurate", "accurate", "inaccurate")
MOSTLY_WRONG = ("inaccurate", "inaccurate", "inaccurate", "accurate")


def make_named(episode_id="S01E04", language="en", name="x.srt", **more):
    track = evolve(make_track(30, name=name), language=language)
    return make_outcome(12, track=track, episode_id=episode_id, **more)


@pytest.mark.parametrize(
    ("reader", "languages", "heading", "places"),
    [
        ("en", ["en"], "Corrections", ""),
        ("en", [], "Corrections", ""),
        ("en", ["de"], "Corrections (in German)", "Places in sources are given in German."),
        (
            "de",
            ["en", "en"],
            "Korrekturen (auf Englisch)",
            "Fundstellen in den Quellen sind auf Englisch angegeben.",
        ),
        (
            "de",
            ["en", "de"],
            "Korrekturen (auf Deutsch, Englisch)",
            "Fundstellen in den Quellen sind auf Deutsch, Englisch angegeben.",
        ),
        (
            "cs",
            ["en"],
            "Opravy (jazyk: angličtina)",
            "Jazyk odkazů na místa v pramenech: angličtina.",
        ),
    ],
    ids=["own", "none", "foreign", "foreign in German", "both", "by case"],
)
def test_texts_in_another_language_are_announced(reader, languages, heading, places):
    messages = load_messages(reader)
    assert head_texts("page.corrections", languages, messages) == heading
    assert announce_places(languages, messages) == places


def test_episode_is_named_with_its_title():
    assert name_episode(make_named(), MESSAGES) == "S01E04 “Episode 4”"


def test_double_episode_is_named_with_both_ids():
    outcome = make_named()
    double = evolve(outcome.episode, ids=("S01E04", "S01E05"))
    named = name_episode(evolve(outcome, episode=double), load_messages("de"))
    assert named == "S01E04 + S01E05 „Folge 4“"


def test_unknown_work_and_episode_say_so():
    outcome = evolve(make_named(None), work=None)
    outcome = evolve(outcome, episode=evolve(outcome.episode, work=None))
    assert title_work(outcome, MESSAGES) == "work not recognised"
    assert title_report(outcome, MESSAGES) == "work not recognised"
    assert name_episode(outcome, MESSAGES) == "episode unknown"


@pytest.mark.parametrize(
    ("year", "language", "name"),
    [
        (2014, "en", "Gold Coast (2014)"),
        (None, "en", "Gold Coast (film)"),
        (None, "de", "Goldküste (Film)"),
    ],
)
def test_a_film_is_named_by_its_title_and_its_year(year, language, name):
    outcome = make_named(None)
    work = Work(id="coast", title={"en": "Gold Coast", "de": "Goldküste"}, kind="film", year=year)
    film = evolve(outcome, work=work, episode=evolve(outcome.episode, is_film=True))
    messages = load_messages(language)
    assert name_episode(film, messages) == name
    assert label_episode(make_part([make_member(film)]), messages) == name
    assert describe_track(film, messages).startswith(f"{name} · 0:06:52")
    assert f"{title_report(film, messages)} ({name.rpartition('(')[2]}. " in cite_report(
        film, {}, messages
    )


def test_track_is_described_by_length_language_size_and_file():
    assert describe_track(make_named(language="de"), MESSAGES).endswith(
        "0:06:52 · German · 30 cues · x.srt"
    )


@pytest.mark.parametrize(
    ("tracks", "label"),
    [
        ([("S01E04", "en", "a")], "S01E04"),
        ([("S01E04", "en", "a"), ("S01E04", "de", "b")], "S01E04 (English, German)"),
        ([("S01E04", "en", "a"), ("S01E04", "en", "b")], "S01E04 (a, b)"),
        ([("S01E04", None, "a"), ("S01E04", "en", "b")], "S01E04 (a, English)"),
        ([(None, "en", "a")], "a"),
    ],
    ids=["one", "languages", "releases", "no language", "unknown"],
)
def test_label_of_an_episode_tells_its_files_apart(tracks, label):
    part = make_part([make_member(make_named(*one)) for one in tracks])
    assert label_episode(part, MESSAGES) == label


SOURCE = Source(
    id="x",
    author="A. E. Larsen",
    title="Communists",
    year=2018,
    kind="general",
    standpoint={"en": "historian"},
    read="part",
)


@pytest.mark.parametrize(
    ("changes", "name", "printed"),
    [
        ({}, "A. E. Larsen 2018", ["2018"]),
        ({"author": "", "title": "Report of 2018"}, "Report of 2018", []),
        ({"site": "Journal 3 (2018)"}, "A. E. Larsen 2018", ["Journal 3 (2018)"]),
        ({"year": None, "pages": "1-3"}, "A. E. Larsen", ["1-3"]),
        ({"author": "The Sun", "site": "The Sun, 4 May 2018"}, "The Sun 2018", ["4 May 2018"]),
        ({"author": "The Sun", "site": "The Sun"}, "The Sun 2018", ["2018"]),
        ({"author": "The Sun", "site": "The Sunday 3/2018"}, "The Sun 2018", ["The Sunday 3/2018"]),
    ],
    ids=["plain", "title has it", "site has it", "undated", "issue", "paper", "another paper"],
)
def test_year_and_paper_of_a_source_are_told_once(changes, name, printed):
    source = evolve(SOURCE, **changes)
    assert (name_source(source), list_printed(source)) == (name, printed)


def test_citation_changes_with_the_content_alone():
    outcome = make_named()
    cited = cite_report(outcome, {"a": 1}, MESSAGES)
    assert cited == cite_report(outcome, {"a": 1}, MESSAGES)
    assert cited != cite_report(outcome, {"a": 2}, MESSAGES)
    assert "S01E04 “Episode 4”. Topics: A. Writer, B. Reader: Blutmai 1.1, " in cited


def test_citation_names_the_topics_with_a_note_and_no_others():
    outcome = make_named()
    name = outcome.annotations[0].topic
    mine = tuple(found for found in outcome.annotations if found.topic == name)
    chosen = evolve(outcome, annotations=mine, unplaced=())
    titles = {known: topic.title["en"] for known, topic in outcome.topics.items()}
    cited = cite_report(chosen, {}, MESSAGES)
    assert [known for known, title in titles.items() if title in cited] == [name]
    assert len(titles) > 1
    unplaced = evolve(chosen, unplaced=outcome.unplaced)
    assert {topic.id for topic in list_topics(unplaced)} == {
        name,
        *(entry.topic for entry in outcome.unplaced),
    }


def test_citation_says_where_the_program_is_to_be_had_if_its_package_does(monkeypatch):
    package = Message()
    monkeypatch.setattr("importlib.metadata.metadata", lambda name: package)
    line = cite_report(make_named(), {}, MESSAGES)
    assert line.startswith("Headnotes (version ")
    package["Project-URL"] = "Homepage, https://example.org/headnotes"
    assert cite_report(make_named(), {}, MESSAGES) == f"{line} https://example.org/headnotes"


def test_single_note_is_cited_by_its_line_and_name():
    (card,) = make_cards(make_outcome(1), MESSAGES)
    assert cite_note(card, MESSAGES) == f"“{card.line}”, blutmai/note-0000"
    assert cite_note(None, MESSAGES) == ""


def test_citation_of_a_topic_names_the_authors_it_names():
    topic = make_outcome().topics["blutmai"]
    assert cite_topic(topic, MESSAGES) == "A. Writer, B. Reader: Blutmai 1.1"
    assert describe_terms(topic) == ["A. Writer, B. Reader", "CC BY-SA 4.0"]
    plain = evolve(topic, authors=(), licence="")
    assert cite_topic(plain, MESSAGES) == "Blutmai 1.1"
    assert describe_terms(plain) == []


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (3, "Score: no score (2 scored claims; a score needs five; two ratings"),
        (12, "Score: 71 of 100 (few claims); 8"),
    ],
)
def test_score_is_summed_up_in_a_line(count, sentence):
    assert sum_up(score(count), MESSAGES).startswith(sentence)


def score(count, **more):
    return score_outcomes([make_outcome(count, **more)])


@pytest.mark.parametrize(
    ("count", "expected"), [(0, "no score"), (12, "71 (few claims)"), (40, "63")]
)
def test_index_shows_on_how_much_it_rests(count, expected):
    assert describe_index(score(count), MESSAGES) == expected


def test_doubt_stands_beside_the_index():
    assert describe_doubt(score(12), MESSAGES) == [
        "8 scored claims",
        "95% interval 52–92",
        "with the unverified 60–75",
        "coverage 80%",
    ]


def test_what_is_found_and_how_two_readers_agree_stand_beside_it():
    assert describe_ground(score(12), MESSAGES) == [
        "10 of 11 claims found in the dialogue",
        "11 known from summaries alone (read about, not watched)",
        "a second reader gave 2 of the 11 claims of these topics another verdict; alpha 0.769 "
        "compares only the order of the verdicts where both score (1 is full agreement)",
    ]


@pytest.mark.parametrize(
    ("language", "why"),
    [("en", "there are no claims to score"), ("de", "es gibt keine Aussagen zu werten")],
)
def test_file_without_claims_gives_that_reason_alone(language, why):
    nothing = score_outcomes([evolve(make_outcome(0), topics={})])
    assert describe_withheld(nothing, load_messages(language)) == why
    assert describe_ground(nothing, load_messages(language)) == []


def test_ratings_that_do_not_vary_have_no_alpha():
    outcome = make_outcome(18, verdicts=("accurate",))
    (topic,) = (topic for topic in outcome.topics.values() if topic.id == "trotskyists")
    alike = score_outcomes([evolve(outcome, topics={topic.id: topic})])
    assert describe_withheld(alike, MESSAGES) == (
        "how far two ratings agree cannot be measured: the verdicts that both scored do not vary"
    )
    assert describe_ground(alike, MESSAGES)[-1] == (
        "a second reader gave 0 of the 6 claims of these topics another verdict"
    )


def test_topic_that_is_rated_once_says_so():
    outcome = make_outcome(12)
    topics = {name: evolve(topic, ratings=()) for name, topic in outcome.topics.items()}
    once = score_outcomes([evolve(outcome, topics=topics)])
    assert describe_ground(once, MESSAGES)[-1] == "no second rating"


def test_without_an_index_there_is_nothing_to_doubt():
    none = score(3)
    assert describe_doubt(none, MESSAGES) == []
    assert describe_presets(none, MESSAGES) == ""
    assert list_movers(none, make_outcome(3), MESSAGES) == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "+6.3 Two women are shot by police on their own balcony during the May fights."),
        ("de", "+6,3 Zwei Frauen werden während der Maikämpfe auf ihrem Balkon erschossen."),
    ],
)
def test_what_moves_the_score_is_told_in_sentences(language, line):
    moving = list_movers(score(12), make_outcome(12), load_messages(language))
    assert line in moving


def test_what_moves_the_score_gives_no_later_episode_away():
    outcome = make_outcome(12)  # its eighth note tells of a later episode
    assert "−5.0 spoiler for S02E08" in list_movers(score(12), outcome, MESSAGES)
    seen = choose(outcome, Choice(seen="S02E08"))
    assert "spoiler" not in "".join(list_movers(score(12), seen, MESSAGES))


def test_report_says_what_its_reader_asked_for():
    outcome = make_outcome(12)
    assert describe_choice(choose(outcome, Choice(seen="all")), MESSAGES) == []
    asked = Choice(topics=("blutmai",), verdicts=("accurate", "context"), min_weight=2)
    assert describe_choice(choose(outcome, asked), MESSAGES) == [
        "Notes and numbers are of these topics alone: Blutmai.",
        "Only these are listed: accurate, context, weight 2 or more (0 of 4 notes)."
        " The numbers count all of them.",
    ]


def test_coverage_of_nothing_says_so():
    nothing = score_outcomes([evolve(make_outcome(0), topics={})])
    assert describe_coverage(nothing, MESSAGES) == "no coverage: nothing to score"


def test_span_is_in_points():
    assert describe_range(Range(low=0.1, high=0.555), load_messages("de")) == "10–56"


def test_note_without_a_place_is_told_of_by_its_line_unless_that_gives_too_much_away():
    outcome = make_outcome(3)
    (missed,) = outcome.unplaced
    line = missed.note.texts["en"].headnote
    described = describe_unplaced(missed, outcome, MESSAGES)
    assert described.startswith(f"{line} (blutmai/the-musket): ")
    later = evolve(missed, note=evolve(missed.note, spoiler="S02E08"))
    described = describe_unplaced(later, outcome, MESSAGES)
    assert described.startswith("spoiler for S02E08 (blutmai/the-musket): ")


def test_one_score_differs_from_nothing():
    assert describe_differences([score(12)], ["a"], MESSAGES) == []


def test_scores_that_were_withheld_are_not_called_alike():
    assert score(1).interval is None
    assert describe_differences([score(1), score(1)], ["a", "b"], MESSAGES) == []
    assert describe_differences([score(12), score(1)], ["a", "b"], MESSAGES) == []


def test_clear_difference_names_both():
    scores = [score(40, verdicts=MOSTLY_RIGHT), score(40, verdicts=MOSTLY_WRONG)]
    (sentence,) = describe_differences(scores, ["a", "b"], MESSAGES)
    assert sentence.startswith("a lies clearly above b")


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_number_has_a_name_and_a_meaning(language):
    assert all(name and meaning for name, meaning in list_definitions(load_messages(language)))
