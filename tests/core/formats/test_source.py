"""Files as lines, the places of cues in them, and the list of repairs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.formats import FORMATS, RepairLog, split_lines

PARSE = {form.name: form.parse for form in FORMATS}


@given(st.text("ab\n\r\0\ufeff", max_size=40))
def test_lines_stand_where_they_say(source):
    lines, _ = split_lines(source)
    pieces = [source[start:end] for start, end in zip(lines.starts, lines.starts[1:], strict=False)]
    assert "".join(pieces) == source
    assert len(pieces) == len(lines.texts)
    for piece, text in zip(pieces, lines.texts, strict=True):
        assert piece.replace("\0", "").lstrip("\ufeff").rstrip("\r\n") == text


@pytest.mark.parametrize(
    ("source", "texts", "kinds"),
    [
        ("a\r\nb\rc\nd", ["a", "b", "c", "d"], []),
        ("a\r\r\nb\r\r\n", ["a", "b", ""], ["doubled-line-ends"]),
        ("a\0b\n\ufeffc\ufeff", ["ab", "c\ufeff"], ["nul-bytes", "stray-bom"]),
    ],
    ids=["mixed", "doubled", "dirty"],
)
def test_lines_are_clean_whatever_ends_them(source, texts, kinds):
    lines, repairs = split_lines(source)
    assert lines.texts == texts
    assert [repair.code for repair in repairs.close()] == kinds


def test_repairs_beyond_a_thousand_of_a_kind_are_counted():
    repairs = RepairLog()
    for line in range(1, 1_501):
        repairs.add(line, "odd-time", "what it was")
    repairs.add(3, "odd-number", "another kind")
    closed = repairs.close()
    assert len(closed) == 1_002
    assert [(repair.line, repair.message) for repair in closed[-1:]] == [
        (1_001, "500 more from here")
    ]


BLOCKS = {
    "srt": ("", "{n}\n00:00:{s:02},000 --> 00:01:{s:02},000{gap}{text}\n\n"),
    "webvtt": (
        "WEBVTT\n\nSTYLE\n::cue {{}}\n\n",
        "00:{s:02}.000 --> 01:{s:02}.000{gap}{text}\n\nNOTE {s}\n\n",
    ),
    "ass": (
        "[Script Info]\n; x\n\n[Events]\n",
        "Dialogue: 0,0:00:{s:02}.00,0:01:{s:02}.00,Default,,0,0,0,,{text}\n",
    ),
}
found = st.tuples(
    st.integers(0, 59),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20),
    st.sampled_from(["\n", "\n\n"]),
)


@pytest.mark.parametrize("name", BLOCKS)
@given(st.lists(found, min_size=1, max_size=6), st.sampled_from(["\n", "\r\n", "\r"]))
def test_spans_hold_their_cues_apart_and_in_order(name, found, eol):
    head, block = BLOCKS[name]
    source = head + "".join(
        block.format(n=n, s=seconds, gap=gap, text=text)
        for n, (seconds, text, gap) in enumerate(found, 1)
    )
    source = source.replace("\n", eol)
    cues, _ = PARSE[name](source)
    bounds = [bound for cue in cues for bound in cue.span]
    assert bounds == sorted(bounds)
    assert bounds[-1] <= len(source)
    for cue in cues:
        lines = split_lines(source[slice(*cue.span)])[0].texts
        assert all(any(raw in line for line in lines) for raw in cue.raw.split("\n"))
