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
    "ends-where-it-begins": ('<p begin="5s" end="5s">Ja.</p>', [(5_000, 5_000, "Ja.")]),
    "span-in-what-ends-where-it-begins": (
        '<p begin="5s" end="5s"><span>Ja.</span></p>',
        [(5_000, 5_000, "Ja.")],
    ),
    "span-in-what-ends-before-it-begins": (
        '<p begin="5s" end="2s"><span>Ja.</span></p>',
        [(5_000, 7_000, "Ja.")],
    ),
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


NESTED_FROM_THE_START = {
    "words-of-a-line": (
        '<div begin="19.764" end="59.3"><p begin="19.764" end="21.9">'
        '<span begin="19.764" end="20.326">Kommt</span> <span begin="20.326" end="21.9">her</span>'
        '</p><p begin="24.594" end="26.898"><span begin="24.594" end="26.898">alle</span></p>'
        "</div>",
        [(19_764, 21_900, "Kommt her"), (24_594, 26_898, "alle")],
    ),
    "paragraphs-late-in-their-division": (
        '<div begin="60s" end="100s"><p begin="61s" end="62s">Ja.</p>'
        '<p begin="95s" end="99s"><span begin="95s" end="97s">Gut.</span></p></div>',
        [(61_000, 62_000, "Ja."), (95_000, 99_000, "Gut.")],
    ),
    "spans-of-a-paragraph-without-times": (
        '<div begin="60s" end="100s"><p><span begin="61s" end="62s">Ja.</span>'
        '<span begin="95s" end="99s">Gut.</span></p></div>',
        [(61_000, 62_000, "Ja."), (95_000, 99_000, "Gut.")],
    ),
}


@pytest.mark.parametrize(
    ("body", "cues"), NESTED_FROM_THE_START.values(), ids=NESTED_FROM_THE_START
)
def test_nested_times_that_fit_only_from_the_start_of_the_film_are_read_so(body, cues):
    assert times_and_texts(document(body)) == cues
    _, repairs = parse_ttml(document(body))
    assert [repair.code for repair in repairs] == ["absolute-times"]


def test_nested_times_that_fit_in_neither_way_follow_the_standard():
    body = '<div begin="60s" end="100s"><p begin="50s" end="55s">Nie.</p><p end="9s">Ja.</p></div>'
    cues, repairs = parse_ttml(document(body))
    assert [(cue.start_ms, cue.text) for cue in cues] == [(60_000, "Ja.")]
    assert [repair.code for repair in repairs] == ["never-shown"]


def test_discontinuous_marks_are_never_added_up():
    parameters = 'ttp:timeBase="smpte" ttp:markerMode="discontinuous" ttp:frameRate="25"'
    body = '<div begin="10:00:00:00"><p begin="10:00:12:10" end="10:00:15:00">Ja.</p></div>'
    cue = (36_012_400, 36_015_000, "Ja.")
    assert times_and_texts(document(body, parameters=parameters)) == [cue]


def test_time_code_with_fractions_counts_seconds_and_is_named_once():
    parameters = 'ttp:timeBase="smpte" ttp:frameRate="25"'
    body = (
        '<p begin="00:01:39.500" end="00:01:41.940">Ja.</p>'
        '<p begin="00:01:42.040" end="00:01:43:05">Gut.</p>'
    )
    cues, repairs = parse_ttml(document(body, parameters=parameters))
    assert [(cue.start_ms, cue.end_ms) for cue in cues] == [(99_500, 101_940), (102_040, 103_200)]
    assert [repair.code for repair in repairs] == ["smpte-fraction"]


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


def test_region_without_an_id_is_not_the_one_around_it():
    """Its own style raised a KeyError with the name of that one."""
    source = (
        '<tt region="x"><head><layout><region><style origin="1% 1%"/></region></layout></head>'
        '<body><div><p begin="1s" end="2s">Ja.</p></div></body></tt>'
    )
    (cue,), repairs = parse_ttml(source)
    assert (cue.text, cue.is_top, repairs) == ("Ja.", False, ())
