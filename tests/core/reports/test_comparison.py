"""How the two ratings of claims are set against each other, in words."""

import pytest
from attrs import evolve

from headnotes.languages import load_messages
from headnotes.model import Anchor, Claim, Depiction, Rating, Seen, Work
from headnotes.reports import write_agreement
from headnotes.reports.comparison import describe_alpha
from headnotes.scoring import measure_agreement
from made_outcomes import make_note, make_topic

SEEN: tuple[tuple[str, Seen], ...] = (
    ("ban", "watched"),
    ("flag", "summaries"),
    ("shot", "watched"),
)

WORK = Work(
    id="babylon-berlin",
    title={"en": "A Show"},
    depictions=(
        Depiction(
            id="march",
            shown={"en": "A march."},
            anchors=(Anchor(all=("march",)),),
            claims=tuple(
                Claim(id=name, text={"en": f"The {name}.", "de": f"Das {name}."}, seen=seen)
                for name, seen in SEEN
            ),
        ),
    ),
)


def make_topic_on(topic="blutmai", **verdicts):
    """A topic with a first and a second verdict on each claim; no second: rated once."""
    notes = [
        evolve(make_note(f"on-{claim}", first), claim=claim)
        for claim, (first, _) in verdicts.items()
    ]
    reason = {"en": "So it was.", "de": "So war es."}
    ratings = tuple(
        Rating(claim=claim, verdict=second, confidence="low", reason=reason)
        for claim, (_, second) in verdicts.items()
        if second
    )
    return evolve(make_topic(topic, notes), ratings=ratings)


TOPIC = make_topic_on(
    ban=("accurate", "accurate"), flag=("inaccurate", "invented"), shot=("inaccurate", None)
)


def test_agreement_is_counted_then_shown_claim_by_claim():
    assert write_agreement([TOPIC], WORK, "en") == [
        "Blutmai: 3 claims, 2 rated twice, 1 of these differently",
        "Krippendorff's alpha: – by the order of the verdicts, where both score; 0.400 by "
        "equality, over all. That says nothing: the verdicts that both scored do not vary.",
        "",
        "Where the ratings differ",
        "",
        "flag: The flag. (known from summaries only)",
        "  first: inaccurate, moderate confidence: blutmai/on-flag",
        "  second: invented, low confidence: So it was.",
        "",
        "Rated once",
        "",
        "shot: The shot. (watched)",
        "  first: inaccurate, moderate confidence: blutmai/on-shot",
    ]


def test_agreement_is_written_in_the_language_of_the_reader():
    lines = write_agreement([TOPIC], WORK, "de")
    assert lines[0] == "Blutmai: 3 Aussagen, 2 zweimal beurteilt, 1 davon verschieden"
    assert "flag: Das flag. (nur aus Zusammenfassungen bekannt)" in lines
    assert "  zweites: erfunden, geringe Sicherheit: So war es." in lines


def test_topics_that_differ_on_a_claim_stand_under_it():
    other = make_topic_on("comintern", ban=("invented", "invented"))
    lines = write_agreement([make_topic_on(ban=("accurate", "accurate")), other], WORK, "en")
    assert lines[0] == "Blutmai, Comintern: 2 claims, 2 rated twice, 0 of these differently"
    start = lines.index("ban: The ban. (watched)")
    assert lines[start + 1 :] == [
        "  first: accurate, moderate confidence: blutmai/on-ban",
        "  second: accurate, low confidence: So it was.",
        "  first: invented, moderate confidence: comintern/on-ban",
        "  second: invented, low confidence: So it was.",
    ]


def test_without_the_work_there_are_figures_alone():
    assert len(write_agreement([TOPIC], None, "en")) == 2


@pytest.mark.parametrize(
    ("ordinal", "standing"),
    [
        (0.8, "0.800 by the order of the verdicts, where both score; – by equality, over all. "
              "That is firm."),
        (0.7999, "That is tentative: 0.800 would be firm."),
        (0.667, "That is tentative: 0.800 would be firm."),
        (0.6669, "That is too little for a score, which needs 0.667."),
        (-0.25, "That is too little for a score, which needs 0.667."),
        (None, "That says nothing: the verdicts that both scored do not vary."),
    ],
)  # fmt: skip
def test_alpha_is_told_with_what_may_rest_on_it(ordinal, standing):
    found = evolve(measure_agreement([]), ordinal=ordinal)
    assert describe_alpha(found, load_messages("en")).endswith(standing)


def test_alpha_is_written_as_the_language_writes_numbers():
    found = evolve(measure_agreement([]), ordinal=-0.25, nominal=0.5)
    written = describe_alpha(found, load_messages("de"))
    assert written.startswith("Krippendorffs Alpha: −0,250 nach der Reihenfolge")
    assert "; 0,500 nach bloßer Gleichheit" in written
