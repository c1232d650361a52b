"""The ladder of character sets, on texts of our own in many languages."""

import codecs

import pytest

from headnotes.issues import TrackError
from headnotes.tracks.decoding import decode_bytes

TEXTS = {
    "german": "Das weiß ich nicht.\nWo warst du gestern früh?\nDie Straße ist zu.\nGrüße!",
    "english": "It\u2019s late \u2013 he\u2019s naïve.\nThe café is closed\u2026\n£5.",
    "french": "Où étiez-vous hier soir ?\nÇa va, mon frère ?\nL\u2019été à la gare de l\u2019Est.",
    "polish": "Gdzie byłeś wczoraj?\nPrzyjdź jutro, będę czekał.\nŻycie jest ciężkie.\nŚwiat.",
    "russian": "Где ты был вчера?\nЯ не знаю, господин комиссар.\nСкажи мне правду.",
    "chinese": "你昨天晚上在哪里？\n我不知道，警官先生。\n已经太晚了。",
    "danish": "Hvor var du i går?\nJeg ved det ikke, hr. kommissær.\nHan går hjem til sin søster.",
    "spanish": "¿Dónde estabas anoche?\nNo lo sé, señor.\n¡Mañana será tarde, corazón!",
    "czech": "Kde jsi byl včera?\nUž je příliš pozdě.\nŘekni mi pravdu, prosím tě.\nŽivot.",
    "greek": "Πού ήσουν χθες το βράδυ;\nΔεν ξέρω, κύριε.\nΕίναι πολύ αργά πια.",
}
LEGACY = [
    ("german", "cp1252"),
    ("english", "cp1252"),
    ("french", "cp1252"),
    ("danish", "cp1252"),
    ("spanish", "cp1252"),
    ("polish", "cp1250"),
    ("polish", "iso8859-2"),
    ("czech", "cp1250"),
    ("czech", "iso8859-2"),
    ("russian", "cp1251"),
    ("russian", "koi8-r"),
    ("russian", "cp866"),
    ("chinese", "gb18030"),
    ("greek", "cp1253"),
]
UNICODE = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-32-le",
    "utf-32-be",
]


def as_srt(language):
    """Make a short SubRip file of the text in a language."""
    lines = TEXTS[language].split("\n")
    blocks = (
        f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{line}\n" for n, line in enumerate(lines, 1)
    )
    return "\n".join(blocks)


@pytest.mark.parametrize(("language", "encoding"), LEGACY)
def test_legacy_files_read_right(language, encoding):
    text = as_srt(language)
    decoded = decode_bytes(text.encode(encoding))
    assert decoded.text == text
    assert decoded.certainty in {"likely", "guess"}
    assert decoded.text.encode(decoded.encoding) == text.encode(encoding)


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("language", TEXTS)
def test_unicode_files_read_right(language, encoding):
    text = as_srt(language)
    decoded = decode_bytes(text.encode(encoding))
    assert (decoded.text, decoded.repairs) == (text, ())


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_byte_order_mark_is_certain(mark, encoding):
    decoded = decode_bytes(mark + "Grüße".encode(encoding))
    assert decoded == ("Grüße", encoding, "certain", True, ())


def test_given_character_set_overrides_the_ladder():
    decoded = decode_bytes("Żółć".encode("cp1250"), "cp1250")
    assert (decoded.text, decoded.encoding, decoded.certainty) == ("Żółć", "cp1250", "given")


@pytest.mark.parametrize(
    ("encoding", "name"), [("utf-16", "utf-16-be"), ("UTF8", "utf-8"), ("utf-8-sig", "utf-8")]
)
def test_given_unicode_keeps_its_mark_apart(encoding, name):
    decoded = decode_bytes("\ufeffJa".encode(name), encoding)
    assert (decoded.text, decoded.encoding, decoded.bom) == ("Ja", name, True)


@pytest.mark.parametrize("encoding", ["klingon", "zlib", "", "a\0b"])
def test_unknown_character_set_is_refused(encoding):
    with pytest.raises(TrackError) as caught:
        decode_bytes(b"Ja", encoding)
    assert caught.value.issues[0].path == "--encoding"


def test_bytes_that_a_given_set_lacks_are_listed():
    decoded = decode_bytes(b"Ja\nNein\x81\n", "cp1252")
    assert decoded.text == "Ja\nNein\ufffd\n"
    assert [(repair.line, repair.code) for repair in decoded.repairs] == [(2, "undecodable-bytes")]


def test_bytes_that_would_be_written_otherwise_are_named():
    decoded = decode_bytes(b"\x87\x90", "cp932")
    assert decoded.text.encode("cp932") != b"\x87\x90"
    assert [repair.code for repair in decoded.repairs] == ["ambiguous-bytes"]


def test_stray_bytes_in_utf8_are_read_as_cp1252():
    data = "äöü äöü äöü\nGrü".encode() + b"\xdfe\n"
    decoded = decode_bytes(data)
    assert decoded.text == "äöü äöü äöü\nGrüße\n"
    assert [(repair.line, repair.code) for repair in decoded.repairs] == [(2, "stray-bytes")]


@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_utf8_that_was_made_utf8_twice_is_read_as_before(start):
    text = f"{start}Das Präsidium – für alle.\nDie Straße: „Öffnen Sie!“ À bientôt, 10 €."
    twice = "".join(
        char if char.isascii() else read_as_cp1252(char.encode()) for char in text
    ).encode()
    decoded = decode_bytes(twice)
    assert decoded.text.lstrip("\ufeff") == text.lstrip("\ufeff")
    assert (decoded.encoding, decoded.certainty) == ("utf-8", "likely")
    assert [repair.code for repair in decoded.repairs] == ["double-encoding"]


def read_as_cp1252(data):
    """Read bytes as programs do, which show what cp1252 lacks as controls."""
    return "".join(
        bytes([byte]).decode("latin-1" if byte in b"\x81\x8d\x8f\x90\x9d" else "cp1252")
        for byte in data
    )


@pytest.mark.parametrize(
    "text", ["Ã¤ ist ein Fehler, für Präsidium und Straße.", "Ã¤", "Ça va ? Où ça ? NÃO É."]
)
def test_text_that_is_right_is_not_read_twice(text):
    decoded = decode_bytes(text.encode())
    assert (decoded.text, decoded.repairs) == (text, ())


def test_stray_bytes_behind_a_mark_are_read_too():
    decoded = decode_bytes(codecs.BOM_UTF8 + "äöü äöü äöü\nGrü".encode() + b"\xdfe\n")
    assert (decoded.text[-6:], decoded.bom) == ("Grüße\n", True)


def test_utf8_cut_inside_a_character_keeps_the_rest():
    decoded = decode_bytes("Ja\nGrüß".encode()[:-1])
    assert (decoded.text, decoded.encoding) == ("Ja\nGrü\ufffd", "utf-8")
    assert [(repair.line, repair.code) for repair in decoded.repairs] == [(2, "cut-off-character")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32-be"])
def test_wide_text_cut_inside_a_character_keeps_the_rest(encoding):
    data = as_srt("german").encode(encoding)[:-1]
    decoded = decode_bytes(data)
    assert decoded.text.startswith(as_srt("german")[:-2])
    assert len(decoded.repairs) == 1


def test_runs_of_nul_are_not_taken_for_utf16():
    data = as_srt("german").encode() + b"\0" * 500
    assert decode_bytes(data).encoding == "utf-8"


@pytest.mark.parametrize("data", [b"\x80" * 50, bytes(range(256)) * 9, b"\xff", b"\x81\x8d\x8f"])
def test_any_bytes_give_some_text(data):
    assert decode_bytes(data).text


GERMAN = "Natürlich müssen wir zurück.\nDie Straße ist gesperrt, Herr Präsident.\nÖffnen Sie!"


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
@pytest.mark.parametrize(("text", "certainty"), [(GERMAN, "likely"), ("Ja, natürlich.", "guess")])
def test_german_of_dos_and_old_macintoshes_reads_right(encoding, text, certainty):
    decoded = decode_bytes(text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.certainty) == (text, encoding, certainty)


@pytest.mark.parametrize("encoding", ["cp1250", "cp1251", "cp1253", "koi8-r", "gb18030"])
def test_other_scripts_are_not_taken_for_old_german(encoding):
    words = {"cp1250": "Źródło żółtej łąki", "cp1253": "Καλημέρα κόσμε"}
    text = words.get(encoding, "你好世界" if encoding == "gb18030" else "Привет, как дела")
    assert decode_bytes((text * 5).encode(encoding)).encoding not in {"cp850", "mac_roman"}
