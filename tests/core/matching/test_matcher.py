import sys
from array import array
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headnotes.issues import TermError
from headnotes.matching import Matcher, matcher, parse_term, tokenize
from headnotes.matching.folding import fold_word
from headnotes.matching.terms import kind_of
from headnotes.model import Cue
from headnotes.tracks import read_track


def cues_of(*lines, gap_ms=500):
    return [
        Cue(
            number=at + 1,
            start_ms=at * (2000 + gap_ms),
            end_ms=at * (2000 + gap_ms) + 2000,
            text=line,
            spoken=line,
            raw=line,
        )
        for at, line in enumerate(lines)
    ]


def found(term, *lines, gap_ms=500):
    tokens = tokenize(cues_of(*lines, gap_ms=gap_ms))
    spans = Matcher([parse_term(term)]).find(tokens).get(term, ())
    return [" ".join(tokens.spoken[span.first : span.last + 1]) for span in spans]


@pytest.mark.parametrize(
    ("term", "line", "expected"),
    [
        pytest.param("Trotzkist*", "Diese Trotzkisten!", ["Trotzkisten"], id="start"),
        pytest.param("*verbot*", "Ein Marschverbot gilt", ["Marschverbot"], id="inside"),
        pytest.param(
            "*präsident", "Polizeipraesident", ["Polizeipraesident"], id="end-transcribed"
        ),
        pytest.param("Zörgiebel", "ZOERGIEBEL kommt", ["ZOERGIEBEL"], id="capitals-transcribed"),
        pytest.param("Zörgiebel", "Zorgiebel kommt", ["Zorgiebel"], id="plain-letter"),
        pytest.param("~Zörgiebel", "Herr Zörgiebei?", ["Zörgiebei"], id="reading-error"),
        pytest.param("~Trochin", "Oberst Trochln", ["Trochln"], id="look-alike"),
        pytest.param("Strasse", "die Straße frei", ["Straße"], id="sharp-s"),
        pytest.param("Kardakow | Kardakov", "Kardakov's violin", ["Kardakov's"], id="possessive"),
        pytest.param("red flag", "a red\nflag", ["red flag"], id="across-lines"),
        pytest.param("police president", "der Polizei-\npräsident", [], id="other-language"),
        pytest.param(
            "*präsident*", "der Polizei-\npräsident", ["Polizeipräsident"], id="hyphenated"
        ),
        pytest.param("gold", "golden Goldbarren", [], id="exact-is-exact"),
    ],
)
def test_matcher_finds_words_however_written(term, line, expected):
    assert found(term, line) == expected


def test_phrase_runs_on_into_next_cue():
    assert found("Fourth International", "for the Fourth", "International!") == [
        "Fourth International"
    ]


def test_phrase_does_not_cross_long_silence():
    assert found("Fourth International", "the Fourth", "International!", gap_ms=4000) == []


def test_phrase_wants_words_in_a_row():
    assert found("red flag", "red and white flag") == []


def test_no_names_are_read_into_other_words():
    words = "Wohnung Wolke Winter Walter Vater Polster Holz Voller"
    assert found("~Wolter", words) == ["Walter"]


vocabulary = st.sampled_from(
    ["flag", "flags", "Fahne", "rote", "red", "Zörgiebel", "verbot", "Verbote", "balcony", "the"]
)


@given(st.lists(vocabulary, min_size=1, max_size=12), st.sampled_from(["flag*", "verbot*", "rote"]))
def test_matcher_agrees_with_plain_comparison(words, term):
    stem, is_start = term.rstrip("*"), term.endswith("*")
    expected = [
        word
        for word in words
        if (fold_word(word).startswith(stem) if is_start else fold_word(word) == stem)
    ]
    assert found(term, " ".join(words)) == expected


@given(st.lists(st.text(max_size=12), max_size=6), st.lists(st.text(max_size=40), max_size=6))
def test_hits_lie_inside_the_words(terms, lines):
    understood = []
    for term in terms:
        try:
            understood.append(parse_term(term))
        except TermError:
            continue
    tokens = tokenize(cues_of(*lines))
    for spans in Matcher(understood).find(tokens).values():
        assert all(0 <= span.first <= span.last < len(tokens.spoken) for span in spans)


def test_one_more_term_changes_no_other():
    lines = ["a red flag on the balcony", "two women at the window"]
    few = Matcher(map(parse_term, ["red flag", "balcon*"]))
    more = Matcher(map(parse_term, ["red flag", "balcon*", "women", "*ndow", "~balcony"]))
    tokens = tokenize(cues_of(*lines))
    of_few, of_more = few.find(tokens), more.find(tokens)
    assert {term: [*of_more[term]] for term in of_few} == {
        term: [*spans] for term, spans in of_few.items()
    }


def find_in(language, term, line):
    tokens = tokenize(cues_of(line), language)
    return [*Matcher([parse_term(term)]).find(tokens).get(term, ())]


@pytest.mark.parametrize(
    ("language", "term", "line", "count"),
    [
        ("fr", "iode", "Il n'y a plus d'iode, apportez l'iode.", 2),
        ("fr", "l'iode", "Apportez l'iode.", 1),
        ("zh", "碘酒", "碘酒没有了。", 1),
        ("ja", "ヨード", "ヨードチンキ", 0),
        ("ja", "ヨード*", "ヨードチンキ", 1),
        ("hi", "तस्कर*", "तस्करों के बारे में", 1),
        ("ar", "ضمادة", "اليود وضمادة", 1),
        ("he", "מגדלור", "במברק מהמגדלור", 1),
        ("he", "אור", "מאור", 1),
        ("he", "יד", "היד", 0),
        ("en", "war", "The war was long.", 1),
        ("de", "war", "Das war lange her.", 0),
        (None, "war", "Das war lange her.", 1),
    ],
)
def test_terms_are_found_by_the_rules_of_the_language(language, term, line, count):
    assert len(find_in(language, term, line)) == count


@pytest.mark.parametrize("term", ["the dog*", "that big dog*", "red | that dog*"])
def test_phrase_that_would_begin_before_the_first_word_is_none(term):
    assert found(term, "dogs") == []


@pytest.mark.parametrize(
    ("line", "times"),
    [("בית ספר", 1), ("הבית ספר", 1), ("בית הספר ובבית הספר", 2), ("בית", 0), ("ספר בית", 0)],
)
def test_phrase_is_found_behind_small_words_that_are_one_with_its_own(line, times):
    tokens = tokenize(cues_of(line), "he")
    spans = Matcher([parse_term("בית ספר")]).find(tokens).get("בית ספר", ())
    assert len([*spans]) == times


def test_word_that_is_spoken_alone_and_behind_a_small_one_is_found_at_both():
    tokens = tokenize(cues_of("מגדלור", "מהמגדלור", "מגדלור"), "he")
    spans = Matcher([parse_term("מגדלור")]).find(tokens)["מגדלור"]
    assert [span.first for span in spans] == [0, 1, 2]


@pytest.mark.parametrize(
    ("shape", "line"),
    [("*{}*", "Umarschverbotes"), ("*{}", "Umarschverbot"), ("~{}", "marschverbott")],
    ids=["inside", "end", "name"],
)
def test_term_with_signs_is_found_among_few_and_among_many(shape, line):
    """Of few such terms it is asked what has them, of many what each word has."""
    letters = "abcdefghijklmnopqrst"
    others = [first + second + "quxquax" for first in letters for second in letters]
    wanted = shape.format("marschverbot")
    tokens = tokenize(cues_of(f"nie ein {line} {line}x", "nichts"))
    few = Matcher([parse_term(wanted)]).find(tokens)
    many = Matcher(parse_term(shape.format(word)) for word in ["marschverbot", *others])
    assert [*few[wanted]] == [*many.find(tokens)[wanted]]
    assert (2, 2) in [*few[wanted]]


def test_terms_of_one_word_are_found_where_each_of_their_words_is():
    terms = ["gold", "gold | silver", "gold bar | silver"]
    tokens = tokenize(cues_of("a gold bar", "silver and gold"))
    spans = {term: [*spans] for term, spans in Matcher(map(parse_term, terms)).find(tokens).items()}
    assert spans == {
        "gold": [(1, 1), (5, 5)],
        "gold | silver": [(1, 1), (3, 3), (5, 5)],
        "gold bar | silver": [(1, 2), (3, 3)],
    }


def test_matcher_finds_the_same_in_a_track_whatever_it_saw_before(monkeypatch):
    monkeypatch.setattr(matcher, "_MOST_COMPARED", 5)
    tracks = [
        tokenize(cues_of(line))
        for line in ("flags and banners", "a flag", "flags flag banners band a b c d", "two flags")
    ]
    terms = [*map(parse_term, ["flag*", "*anne*", "~banner"])]
    shared = Matcher(terms)
    for tokens in (*tracks, *reversed(tracks)):
        alone = Matcher(terms).find(tokens)
        assert alone
        found = shared.find(tokens)
        assert {term: [*found[term]] for term in found} == {term: [*alone[term]] for term in alone}


SPOKEN = ["red", "flag", "flags", "Zörgiebel", "Zoergiebel", "of", "the", "Rathaus", "it's", "Żółw"]
SOUGHT = ["red", "flag", "flag*", "Zörgiebel", "of", "the", "*haus*", "its", "Żółw"]


def fits(word, pattern):
    kind, stem = kind_of(pattern), pattern.strip("*")
    return {
        "exact": word == stem,
        "start": word.startswith(stem),
        "end": word.endswith(stem),
        "inside": stem in word,
    }[kind]


@given(
    st.lists(st.lists(st.sampled_from(SPOKEN), max_size=6), min_size=1, max_size=5),
    st.lists(st.lists(st.sampled_from(SOUGHT), min_size=2, max_size=4), min_size=1, max_size=8),
)
def test_phrases_are_found_where_each_word_fits_the_one_spoken(lines, phrases):
    terms = [parse_term(" ".join(words)) for words in phrases]
    tokens = tokenize(cues_of(*map(" ".join, lines)))
    words = [fold_word(word) for line in lines for word in line]
    spans = Matcher(terms).find(tokens)
    for term in terms:
        (phrase,) = term.phrases
        assert [*spans.get(term.text, ())] == [
            (first, first + len(phrase) - 1)
            for first in range(len(words) - len(phrase) + 1)
            if all(
                any(fits(word, pattern) for pattern in patterns)
                for word, patterns in zip(words[first:], phrase, strict=False)
            )
        ]


@given(
    st.lists(
        st.tuples(st.lists(st.sampled_from("abc"), max_size=3), st.sampled_from([3000, 3001])),
        min_size=1,
        max_size=6,
    ),
    st.lists(st.sampled_from("abc"), min_size=2, max_size=5),
)
def test_phrase_is_found_where_no_silence_of_more_than_three_seconds_lies_in_it(said, phrase):
    cues, spoken, at_ms = [], [], 0
    for at, (words, gap_ms) in enumerate(said):
        text = " ".join(words)
        cues.append(
            Cue(number=at, start_ms=at_ms, end_ms=at_ms + 10, text=text, spoken=text, raw=text)
        )
        spoken += [(word, at) for word in words]
        at_ms += 10 + gap_ms
    term = " ".join(phrase)
    assert [*Matcher([parse_term(term)]).find(tokenize(cues)).get(term, ())] == [
        (first, first + len(phrase) - 1)
        for first in range(len(spoken) - len(phrase) + 1)
        if [word for word, _ in spoken[first : first + len(phrase)]] == phrase
        and all(
            said[at][1] <= 3000
            for at in range(spoken[first][1], spoken[first + len(phrase) - 1][1])
        )
    ]


def test_track_of_very_many_words_is_matched_like_a_short_one(monkeypatch):
    monkeypatch.setattr(matcher, "_MANY_WORDS", 3)
    terms = ["red flag", "flag*", "the red flag*", "gold"]
    lines = ["the red", "flag gold flags", "red flag"]
    spans = Matcher(map(parse_term, terms)).find(tokenize(cues_of(*lines)))
    assert {term: [*found] for term, found in spans.items()} == {
        "red flag": [(1, 2), (5, 6)],
        "flag*": [(2, 2), (4, 4), (6, 6)],
        "the red flag*": [(0, 2)],
        "gold": [(3, 3)],
    }
    assert all(isinstance(firsts, array) for found in spans.values() for firsts, _ in found.runs)


def test_threads_that_share_a_matcher_find_what_one_finds():
    sample = Path(__file__).parents[3] / "subtitles" / "babylon-berlin" / "S01E04.en.srt"
    tokens = tokenize(read_track(sample).by_time, "en")
    terms = [parse_term(word) for word in sorted({*tokens.words}) if len(word) > 6]

    def places(searched):
        return {term: [*spans] for term, spans in searched.find(tokens).items()}

    expected = places(Matcher(terms))
    together = Barrier(4)
    switched_s = sys.getswitchinterval()

    def find(shared):
        together.wait()
        return places(shared)

    try:
        sys.setswitchinterval(1e-5)
        with ThreadPoolExecutor(4) as pool:
            for _ in range(10):
                shared = Matcher(terms)
                assert all(found == expected for found in pool.map(find, [shared] * 4))
    finally:
        sys.setswitchinterval(switched_s)
