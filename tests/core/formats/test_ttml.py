"""TTML: nested times, styles, and documents that mean harm."""

import pytest

from headnotes.formats.ttml import parse_ttml
from headnotes.issues import TrackError

ROOT = (
    '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling" '
    'xmlns:ttp="http://www.w3.org/ns/ttml#parameter" {}>'
)


def document(body, head="", parameters=""):
    """Make a document around a body."""
    return f"{ROOT.format(parameters)}<head>{head}</head><body>{body}</body></tt>"


def times_and_texts(source):
    """Read a document to start, end and text of its cues."""
    cues, _ = parse_ttml(source)
    return [(cue.start_ms, cue.end_ms, cue.text) for cue in cues]


BODIES = {
    "plain": ('<div><p begin="1s" end="2s">Ja.</p></div>', [(1_000, 2_000, "Ja.")]),
    "duration": ('<div><p begin="1s" dur="2s">Ja.</p></div>', [(1_000, 3_000, "Ja.")]),
    "break": ('<p begin="1s" end="2s">Ja.<br/>Gut.</p>', [(1_000, 2_000, "Ja.\nGut.")]),
    "white-space": ('<p begin="1s" end="2s">\n  Ja.\n  Gut.\n</p>', [(1_000, 2_000, "Ja. Gut.")]),
    "white-space-kept": (
        '<p xml:space="preserve" begin="1s" end="2s">Ja.\nGut.</p>',
        [(1_000, 2_000, "Ja.\nGut.")],
    ),
    "times-inside-times": (
        '<div begin="10s"><p begin="1s" end="2s">Ja.</p></div>',
        [(11_000, 12_000, "Ja.")],
    ),
    "parent-cuts-child-off": (
        '<div end="5s"><p begin="1s" end="9s">Ja.</p></div>',
        [(1_000, 5_000, "Ja.")],
    ),
    "one-after-the-other": (
        '<div timeContainer="seq"><p dur="2s">Ja.</p><p begin="1s" dur="1s">Gut.</p></div>',
        [(0, 2_000, "Ja."), (3_000, 4_000, "Gut.")],
    ),
    "sequence-of-containers": (
        '<div timeContainer="seq"><div><p dur="2s">Ja.</p></div><p dur="1s">Gut.</p></div>',
        [(0, 2_000, "Ja."), (2_000, 3_000, "Gut.")],
    ),
    "spans-with-times": (
        '<p begin="1s" end="9s"><span begin="0s" end="1s">Ja.</span>\n'
        '<span begin="1s" end="2s">Gut.</span></p>',
        [(1_000, 2_000, "Ja."), (2_000, 3_000, "Gut.")],
    ),
    "empty-but-timed": ('<p begin="1s" end="2s"/>', [(1_000, 2_000, "")]),
    "no-end": ('<p begin="1s">Ja.</p>', [(1_000, 3_000, "Ja.")]),
    "end-before-start": ('<p begin="5s" end="2s">Ja.</p>', [(5_000, 7_000, "Ja.")]),
    "metadata-inside": (
        '<p begin="1s" end="2s"><metadata><desc>still</desc></metadata>Ja.</p>',
        [(1_000, 2_000, "Ja.")],
    ),
    "entities-of-html": ('<p begin="1s" end="2s">a&nbsp;&amp; b</p>', [(1_000, 2_000, "a\xa0& b")]),
    "bare-ampersand": ('<p begin="1s" end="2s">a & b</p>', [(1_000, 2_000, "a & b")]),
    "unknown-entity": (
        '<p begin="1s" end="2s">a &klingon; b</p>',
        [(1_000, 2_000, "a &klingon; b")],
    ),
}


@pytest.mark.parametrize(("body", "cues"), BODIES.values(), ids=BODIES)
def test_reader_follows_the_standard(body, cues):
    assert times_and_texts(document(body)) == cues


def test_text_behind_the_end_of_its_parent_is_named():
    source = document('<div end="5s"><p end="1s">Ja.</p><p begin="6s" end="9s">Nie.</p></div>')
    cues, repairs = parse_ttml(source)
    assert [cue.text for cue in cues] == ["Ja."]
    assert [repair.code for repair in repairs] == ["never-shown"]


def test_styles_become_tags_of_subrip():
    head = '<styling><style id="k" tts:fontStyle="italic"/><style id="f" style="k"/></styling>'
    body = (
        '<p begin="1s" end="2s"><span style="f">Ja</span> '
        '<span tts:fontWeight="bold" tts:textDecoration="underline">doch</span></p>'
    )
    (cue,), _ = parse_ttml(document(body, head))
    assert (cue.raw, cue.text) == ("<i>Ja</i> <b><u>doch</u></b>", "Ja doch")


@pytest.mark.parametrize(
    ("region", "is_top"),
    [
        ('tts:origin="10% 5%" tts:extent="80% 20%"', True),
        ('tts:origin="10% 5%" tts:extent="80% 90%" tts:displayAlign="after"', False),
        ('tts:origin="10% 80%" tts:extent="80% 15%"', False),
        ('tts:displayAlign="before"', True),
        ("", False),
    ],
)
def test_region_tells_the_top(region, is_top):
    head = f'<layout><region xml:id="r" {region}/></layout>'
    (cue,), _ = parse_ttml(document('<p region="r" begin="1s" end="2s">Ja.</p>', head))
    assert cue.is_top == is_top


def test_undeclared_prefixes_are_no_hindrance():
    assert times_and_texts('<x:tt><x:p begin="1s" end="2s">Ja.</x:p></x:tt>') == [
        (1_000, 2_000, "Ja.")
    ]


def test_torn_document_keeps_what_was_read():
    cues, repairs = parse_ttml('<tt><p begin="1s" end="2s">Ja.</p>\n<p begin="3s" end="4s">Nei')
    assert [cue.text for cue in cues] == ["Ja.", "Nei"]
    assert [(repair.line, repair.code) for repair in repairs] == [(2, "broken-xml")]


HARMFUL = {
    "entity-bomb": (
        '<!DOCTYPE tt [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
        '<tt><p begin="1s" end="2s">&b;</p></tt>',
        "document type",
    ),
    "outside-entity": (
        '<!DOCTYPE tt [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        '<tt><p begin="1s" end="2s">&a;</p></tt>',
        "document type",
    ),
    "outside-type": ('<!DOCTYPE tt SYSTEM "http://example.org/x.dtd"><tt/>', "document type"),
    "nested-deeply": ("<tt>" + "<div>" * 5_000, "nested"),
    "no-text": ("<tt><body/></tt>", "without text"),
    "no-xml-at-all": ("<tt <", "broken XML in line 1"),
}


@pytest.mark.parametrize(("source", "what"), HARMFUL.values(), ids=HARMFUL)
def test_harmful_documents_are_refused(source, what):
    with pytest.raises(TrackError) as caught:
        parse_ttml(source)
    assert what in caught.value.issues[0].message


def test_style_that_names_itself_ends():
    head = '<styling><style id="a" style="b"/><style id="b" style="a a a"/></styling>'
    assert times_and_texts(document('<p style="a" begin="1s" end="2s">Ja.</p>', head))
