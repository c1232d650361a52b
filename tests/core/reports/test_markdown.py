from __future__ import annotations

import re

import pytest
from attrs import evolve
from hypothesis import given, settings
from markdown_it import MarkdownIt

from headnotes.reports.markdown import render_markdown, write_topic_page
from headnotes.text import escape_markdown
from headnotes.topics import read_topic
from made_outcomes import ENGLISH, correct_also, correct_in, make_outcome, make_track
from made_topics import TOPIC
from strategies import HOSTILE, outcomes

READER = MarkdownIt("commonmark", {"html": True}).enable("table")


def render(*made, language="en"):
    (text,) = render_markdown(tuple(made), language).values()
    return text


def read_kinds(text):
    """All kinds of tokens of a Markdown text."""
    tokens = READER.parse(text)
    inner = [child for token in tokens for child in token.children or ()]
    return [token.type for token in (*tokens, *inner)]


@given(outcomes())
@settings(max_examples=50)
def test_nothing_from_outside_is_html_or_a_picture(outcome):
    text, mark = render(outcome).rsplit("\n\n", 1)
    assert mark == "<!-- Made with Headnotes -->\n"
    kinds = set(read_kinds(text))
    assert kinds & {"html_block", "html_inline", "image", "fence", "code_block"} == set()


@given(outcomes())
@settings(max_examples=50)
def test_every_annotated_note_has_its_heading(outcome):
    kinds = read_kinds(render(outcome))
    notes = {(one.topic, one.note.id) for one in outcome.annotations}
    extra = len(re.findall(r"^##?#? ", render(outcome), re.MULTILINE))
    assert kinds.count("heading_open") == len(notes) + extra


def test_notes_stand_under_their_passage_with_what_is_said_there():
    text = render(make_outcome(1))
    assert (
        "### 0:00:20–0:00:35 at the words “The march is forbidden. Who told you …”\n\n"
        "“**The march is forbidd**en. Who told you that?” (place likely" in text
    )
    assert "#### Two women did die" in text


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_escaped_text_shows_as_it_is_written(text):
    (token,) = [one for one in READER.parse(f"x {escape_markdown(text)}") if one.type == "inline"]
    assert {child.type for child in token.children or ()} <= {"text", "text_special"}


def test_every_footnote_is_defined_once():
    text = render(make_outcome(12), make_outcome(6, track=make_track(name="b.srt")))
    used = set(re.findall(r"\[\^([\w-]+)\](?!:)", text))
    assert sorted(used) == sorted(re.findall(r"^\[\^([\w-]+)\]:", text, re.MULTILINE))


def test_spoilers_come_last_under_their_heading():
    text = render(make_outcome(12))
    assert text.index("Spoilers: notes about later episodes") < text.index("note-0007`")
    assert text.index("note-0011`") < text.index("Spoilers: notes about later episodes")


def test_correction_of_a_spoiler_comes_under_its_heading():
    text = render(correct_also("note-0007", make_outcome(8)))
    headings = [
        text.index(heading)
        for heading in (
            "## Spoilers: notes about later episodes",
            "### Corrections",
            "note-0007`, ",
            "\n## Corrections",
            "note-0001`, ",
        )
    ]
    assert headings == sorted(headings)


def test_correction_of_a_spoiler_without_a_place_comes_under_the_heading_too():
    outcome = make_outcome(1)
    (missed,) = outcome.unplaced
    later = evolve(missed, note=evolve(missed.note, spoiler="S02E08"))
    text = render(correct_also(missed.note.id, evolve(outcome, unplaced=(later,))))
    heading = text.index("## Spoilers: notes about later episodes")
    assert heading < text.index("### Corrections") < text.index(f"{missed.note.id}`, ")


def test_several_files_are_compared_without_ranking():
    text = render(make_outcome(12), make_outcome(12, episode_id="S01E05"))
    assert "No two scores differ clearly" in text
    assert "Not a ranking" in text


def test_year_of_a_source_is_no_markup_either():
    outcome = make_outcome(3)
    topics = {
        name: evolve(
            topic,
            sources={
                key: evolve(source, year="1929 <b>\x1b[31m")
                for key, source in topic.sources.items()
            },
        )
        for name, topic in outcome.topics.items()
    }
    text = render(evolve(outcome, topics=topics))
    assert "1929" in text
    assert "\x1b" not in text
    assert "1929 <b>" not in text


def test_topic_page_asks_answers_and_lists_what_nobody_has_read(tmp_path):
    file = tmp_path / "topic.toml"
    source = TOPIC[TOPIC.index("[[sources]]") : TOPIC.index("[[notes]]")]
    further = source.replace("almanac", "diary").replace('read = "part"', 'read = "not"')
    question = '\n[[questions]]\ntext = { en = "Snow?", de = "Schnee?" }\nnotes = ["snow"]\n'
    file.write_text(TOPIC.replace("[[notes]]", f"{further}[[notes]]") + question, encoding="utf-8")
    page = write_topic_page(read_topic(file), "en")
    headings = re.findall(r"(?m)^## (.*)$", page)
    assert headings == [
        "Questions viewers ask", "Notes", "Sources", "Further reading, not read", "Corrections",
    ]  # fmt: skip
    (target,) = re.findall(r"(?m)^- Snow\? \[No snow fell.*\]\(#(note-snow)\)$", page)
    assert f'<a id="{target}"></a>' in page
    sources, reading = page.split("## Further reading")
    assert ("diary" in sources, "diary" in reading) == (False, True)


def test_headings_say_which_texts_are_in_another_language():
    outcome = correct_in(ENGLISH, make_outcome())
    (page,) = render_markdown((outcome,), "de").values()
    headings = re.findall(r"(?m)^## (.*)$", page)
    assert "Korrekturen (auf Englisch)" in headings
    assert (
        page.count("Fundstellen in den Quellen sind auf Englisch angegeben.") == 2
    )  # and spoilers
    (page,) = render_markdown((outcome,), "en").values()
    assert "Corrections" in re.findall(r"(?m)^## (.*)$", page)
    assert "Places in sources" not in page


def test_topic_page_without_questions_has_no_heading_for_them(tmp_path):
    file = tmp_path / "topic.toml"
    file.write_text(TOPIC, encoding="utf-8")
    page = write_topic_page(read_topic(file), "de")
    assert re.findall(r"(?m)^## (.*)$", page) == ["Anmerkungen", "Quellen", "Korrekturen"]


def test_report_says_whose_the_topics_are():
    outcome = make_outcome()
    (page,) = render_markdown((outcome,), "en").values()
    terms = "A. Writer, B. Reader · CC BY-SA 4.0 · <https://example.org/topic>"
    assert f"## Topics\n\n- **Blutmai** 1.1: {terms}\n" in page
    topics = {
        name: evolve(topic, authors=(), licence="", homepage="")
        for name, topic in outcome.topics.items()
    }
    (page,) = render_markdown((evolve(outcome, topics=topics),), "en").values()
    assert "## Topics" not in page
