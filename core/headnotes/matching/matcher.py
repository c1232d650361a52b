"""Where terms stand in a track: one pass over its words for all terms of all topics.

Each distinct word of the track is compared once with all patterns, through indexes whose cost
does not grow with the number of patterns; only the places that fit are looked at again. So time
grows with the number of words, and no pattern, whoever wrote it, can make it grow otherwise.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property, lru_cache, partial
from itertools import chain, compress, pairwise, repeat
from operator import methodcaller
from typing import NamedTuple

from headnotes.languages import (
    RAREST_ZIPF,
    forget_with_languages,
    language_data,
    stop_words,
    zipf_of,
)
from headnotes.matching.folding import (
    fold_lookalikes,
    fold_word,
    is_one_edit_apart,
    split_all,
)
from headnotes.matching.terms import SHORTEST, Phrase, Term, WordPattern, kind_of, parse_term
from headnotes.model import Cue, Language
from headnotes.values import Factory, field, frozen

PHRASE_GAP_MS = 3_000
"""A phrase may run on into the next cue when that follows this closely."""

# A tolerant name is looked up by its first and by its last letters: one error spares one end.
_END_LETTERS = SHORTEST["tolerant"] // 2

# Below this too many words look like another one behind a small word.
_LEAST_BEHIND = 3

# Of so many letters it is asked at once which words have them, of more word by word.
_FEW_PARTS = 100

# One error changes the length by one letter at most, two letters that look like one by two.
_LENGTHS_APART = 2


@frozen(kw_only=True)
class Tokens:
    """All tokens of a track in the order of time: its words as spoken.

    Attributes:
        cues: by time; positions of cues count in this order, from 0.
        spoken: each token as spoken.
        cue_of: for each token the position of its cue.
        folded: the folded forms of the different words as spoken, in order of appearance.
        language: of the dialogue; `None` where unknown.
    """

    cues: tuple[Cue, ...]
    spoken: Sequence[str] = field(repr=False)
    cue_of: Sequence[int] = field(repr=False)
    folded: Mapping[str, str] = field(repr=False)
    language: Language | None = None


class TokenSpan(NamedTuple):
    """First and last token of a match, as positions in `Tokens`, both inside."""

    first: int
    last: int


class Run(NamedTuple):
    """Matches of one length: where they begin, ascending, and how many tokens each has.

    Numbers, not objects, and shared by all terms of one pattern, so that a track in which
    everything matches stays small.
    """

    firsts: Sequence[int]
    length: int


class Spans:
    """Every place of one term, as runs; going through it gives token spans in reading order.

    Terms of one pattern share one of these.
    """

    __slots__ = ("runs",)

    def __init__(self, runs: Sequence[Run]) -> None:
        self.runs = runs

    def __iter__(self) -> Iterator[TokenSpan]:
        return iter(
            sorted(
                {
                    TokenSpan(first, first + length - 1)
                    for firsts, length in self.runs
                    for first in firsts
                }
            )
        )


class Tables(NamedTuple):
    """A set of terms made ready for matching, as plain data.

    Attributes:
        texts: of the terms.
        entries: under each pattern the positions of the terms that it is, and of the phrases that
            are looked for where it is spoken. Most are never spoken, so each is one text, which
            `_read_entry` takes apart when it is asked for.
        stems: the patterns with signs in them, those inside phrases too.
    """

    texts: Sequence[str]
    entries: Mapping[WordPattern, str]
    stems: Sequence[WordPattern]


class _Sought(NamedTuple):
    """A phrase to look for where one of its words is spoken.

    Attributes:
        terms: that it is an alternative of.
        at: place in the phrase of the word that is spoken.
        words: the phrase.
        exact: the same, where each word has one pattern without signs; else empty.
    """

    terms: list[str]
    at: int
    words: Phrase
    exact: list[str]


class _Entry(NamedTuple):
    """What begins with one pattern that is spoken.

    Attributes:
        singles: the terms that it is.
        phrases: to look for around it.
        by_next: of those that are exact and go on, positions by the word that follows.
        by_last: of those that are exact and end with it, positions by the word before.
        others: positions of all that are not exact.
    """

    singles: list[str]
    phrases: list[_Sought]
    by_next: dict[str, list[int]]
    by_last: dict[str, list[int]]
    others: list[int]


_Places = dict[WordPattern, Sequence[int]]

# Stems with their patterns, listed under the letters that a word must share with them.
_Stems = dict[str, list[tuple[str, WordPattern]]]


@frozen(kw_only=True)
class _StemIndex:
    """Patterns with signs by what a word must have to be worth comparing; names with their look."""

    starts: _Stems = Factory(lambda: defaultdict(list))
    ends: _Stems = Factory(lambda: defaultdict(list))
    insides: _Stems = Factory(lambda: defaultdict(list))
    name_starts: _Stems = Factory(lambda: defaultdict(list))
    name_tails: _Stems = Factory(lambda: defaultdict(list))
    looks: _Stems = Factory(lambda: defaultdict(list))


def tokenize(cues: Iterable[Cue], language: Language | None = None) -> Tokens:
    """Split the spoken text of cues into tokens; cues must come in the order of time.

    Args:
        cues: of one track.
        language: of the dialogue, by whose rules its words are folded.
    """
    ordered = tuple(cues)
    spoken: list[str] = []
    cue_of: list[int] = []
    for position, words in enumerate(split_all([cue.spoken for cue in ordered])):
        spoken += words
        cue_of += repeat(position, len(words))
    folded = {
        # of plain words nothing is folded but their case
        word: word.lower() if word.isascii() and word.isalnum() else fold_word(word, language)
        for word in dict.fromkeys(spoken)
    }
    return Tokens(cues=ordered, spoken=spoken, cue_of=cue_of, folded=folded, language=language)


def make_tables(terms: Iterable[Term]) -> Tables:
    """Make terms ready: each phrase is listed under its rarest word, the others are looked at then.

    What is spoken seldom is known from ordinary language, whichever the dialogue's; a name or a
    start of words counts by its length.
    """
    texts = {term.text: term.phrases for term in terms}
    singles: dict[WordPattern, list[int]] = defaultdict(list)
    phrases: dict[Phrase, list[int]] = defaultdict(list)
    for position, alternatives in enumerate(texts.values()):
        for phrase in dict.fromkeys(alternatives):
            if len(phrase) > 1:
                phrases[phrase].append(position)
                continue
            for pattern in dict.fromkeys(phrase[0]):
                singles[pattern].append(position)
    lines: dict[WordPattern, list[str]] = defaultdict(list)
    for phrase, positions in phrases.items():
        commonness = [*map(_commonness, phrase)]
        at = commonness.index(min(commonness))
        for pattern in phrase[at]:
            lines[pattern].append(_write_phrase(positions, at, phrase))
    patterns = chain(singles, chain.from_iterable(chain.from_iterable(phrases)))
    return Tables(
        texts=[*texts],
        entries={
            pattern: "\n".join((_write_numbers(singles.get(pattern, ())), *lines.get(pattern, ())))
            for pattern in dict.fromkeys(chain(singles, lines))
        },
        stems=[*dict.fromkeys(filter(_has_signs, patterns))],
    )


def _has_signs(pattern: WordPattern) -> bool:
    return not pattern.isalnum() and kind_of(pattern) != "exact"


# The same words stand in many phrases.
@forget_with_languages
@lru_cache(maxsize=1 << 15)
def _commonness(word: tuple[WordPattern, ...]) -> tuple[float, int]:
    """Return how often a word of a phrase is spoken, roughly; of equals the shorter more often."""
    pattern = word[0]
    common = zipf_of(pattern, None) if pattern.isalnum() else RAREST_ZIPF
    return common, -len(pattern)


def _write_numbers(numbers: Iterable[int]) -> str:
    return " ".join(map(str, numbers))


def _write_phrase(terms: Iterable[int], at: int, phrase: Phrase) -> str:
    """Write a phrase as one line: what must stand beside its word, its terms, place and words.

    Between them are tabs, between spellings vertical bars: a folded word holds neither.
    """
    written = [*map("|".join, phrase)]
    return "\t".join((_write_neighbour(at, written), _write_numbers(terms), str(at), *written))


def _write_neighbour(at: int, written: Sequence[str]) -> str:
    """Return the word that must follow that at a place, or go before it, with its mark."""
    if not all(map(str.isalnum, written)):
        return _ANY
    return f"{_NEXT}{written[at + 1]}" if at + 1 < len(written) else f"{_LAST}{written[at - 1]}"


_NEXT, _LAST, _ANY = ">", "<", "*"
"""What stands before the word that must follow, or go before; and where it may be one of many."""

_FEW = 50_000
"""Letters that it takes less time to go through than to take an entry apart."""


def _list_neighbours(positions: Iterable[int], words: Sequence[str]) -> tuple[str, ...]:
    """Return how the lines of an entry begin of which the phrase may stand somewhere.

    Args:
        positions: where its word is spoken.
        words: all that are spoken, and an empty one.
    """
    near = {f"{_ANY}\t"}
    for at in positions:
        near |= {f"{_NEXT}{words[at + 1]}\t", f"{_LAST}{words[at - 1]}\t"}
    return tuple(near)


def _read_entry(text: str, texts: Sequence[str], neighbours: tuple[str, ...] = ("",)) -> _Entry:
    """Take an entry apart: positions of terms on the first line, a phrase on each further one.

    Args:
        text: of the entry.
        texts: of all terms.
        neighbours: how lines begin that are read; by default all.

    Raises:
        ValueError: it is none.
    """
    singles, *lines = text.split("\n")
    entry = _Entry(_read_terms(singles, texts), [], defaultdict(list), defaultdict(list), [])
    if not all(map(_MARKED, lines)):
        raise ValueError(text)
    near = [line for line in lines if line.startswith(neighbours)]
    for position, line in enumerate(near):
        neighbour, terms, written_at, *written = line.split("\t")
        (at,) = _read_numbers(written_at, len(written))
        if neighbour != _write_neighbour(at, written):
            raise ValueError(line)
        words = tuple(tuple(word.split("|")) for word in written)
        exact = [] if neighbour == _ANY else written
        entry.phrases.append(_Sought(_read_terms(terms, texts), at, words, exact))
        if not exact:
            entry.others.append(position)
        elif neighbour[0] == _NEXT:
            entry.by_next[neighbour[1:]].append(position)
        else:
            entry.by_last[neighbour[1:]].append(position)
    return entry


_MARKED = methodcaller("startswith", (_NEXT, _LAST, _ANY))


def _read_terms(text: str, texts: Sequence[str]) -> list[str]:
    return [*map(texts.__getitem__, _read_numbers(text, len(texts)))]


def _loosen(entry: _Entry) -> _Entry:
    """Return an entry for a language in which words stand behind others that are one with them.

    No neighbour is known by itself there, so each phrase is looked at everywhere.
    """
    phrases = [sought._replace(exact=[]) for sought in entry.phrases]
    return _Entry(entry.singles, phrases, {}, {}, [*range(len(phrases))])


def _read_numbers(text: str, end: int) -> list[int]:
    """Return positions below an end.

    Raises:
        ValueError: there are others.
    """
    numbers = [*map(int, text.split())]
    if numbers and not 0 <= min(numbers) <= max(numbers) < end:
        raise ValueError(text)
    return numbers


class Matcher:
    """A set of terms, prepared once and used on any number of tracks."""

    def __init__(self, terms: Iterable[Term] = (), tables: Tables | None = None) -> None:
        """Take terms, or what was made of them before; they are prepared when first looked for."""
        self._terms = [*terms]
        if tables is not None:
            self.tables = tables
        self._read: dict[WordPattern, _Entry] = {}

    @cached_property
    def tables(self) -> Tables:
        """The terms, prepared."""
        return make_tables(self._terms)

    @cached_property
    def _index(self) -> _StemIndex:
        return _build_index(self.tables.stems)

    def find(self, tokens: Tokens) -> dict[str, Spans]:
        """Find every place of every term.

        Returns:
            Token spans by term text; terms that are not spoken are left out.
            Spans of different terms may overlap. A phrase may cross into the next cue, but not a
            silence of more than 3 seconds. Alone, a stop word of the dialogue's language is none
            of a term: `war` is for English dialogue, in German it is said everywhere.
        """
        words = [*map(tokens.folded.__getitem__, tokens.spoken)]
        vocabulary = {*tokens.folded.values()}
        fitting = _compare(vocabulary, self._index)
        language = tokens.language
        silent = stop_words(language) if language else frozenset[str]()
        attached = language_data(language).words.attached if language else ()
        _add_attached(vocabulary, attached, fitting)
        places = self._find_places(words, vocabulary, fitting)
        words.append("")  # the neighbour of the first word and of the last
        found: dict[str, Spans] = {}
        for pattern, positions in places.items():
            entry = self._read.get(pattern)
            if entry is None:
                entry = self._read_entry(pattern, positions, words, is_loose=bool(attached))
            if entry.singles and pattern not in silent:
                _add_run(found, entry.singles, Run(positions, 1))
            if entry.phrases:
                entry = _loosen(entry) if attached else entry
                for sought, firsts in _find_phrases(entry, positions, words, fitting, tokens):
                    _add_run(found, sought.terms, Run(firsts, len(sought.words)))
        return found

    def _read_entry(
        self,
        pattern: WordPattern,
        positions: Sequence[int],
        words: Sequence[str],
        *,
        is_loose: bool,
    ) -> _Entry:
        """Return what begins with a pattern; of its phrases those that may stand there.

        Args:
            pattern: that is spoken.
            positions: where.
            words: all that are spoken, and an empty one.
            is_loose: whether other words may stand between.
        """
        try:
            written = self.tables.entries[pattern]
            if not is_loose and len(written) * len(positions) <= _FEW:
                near = _list_neighbours(positions, words)
                return _read_entry(written, self.tables.texts, near)
            entry = _read_entry(written, self.tables.texts)
        except ValueError:  # of tables that something else has written
            self.tables = make_tables(map(parse_term, self.tables.texts))
            self._read.clear()
            entry = _read_entry(self.tables.entries.get(pattern, ""), self.tables.texts)
        self._read[pattern] = entry
        return entry

    def _find_places(
        self, words: Sequence[str], vocabulary: Set[str], fitting: _Fitting
    ) -> _Places:
        """Return where each pattern fits that a term begins to be looked for by."""
        entries = self.tables.entries
        spoken = entries.keys() & vocabulary
        # set by set, so that no word of the track is looked at that begins nothing
        stems = {word: sorted(patterns & entries.keys()) for word, patterns in fitting.items()}
        sought = spoken.union(word for word, patterns in stems.items() if patterns)
        at_word: dict[str, array[int]] = defaultdict(partial(array, "I"))
        for position, word in compress(enumerate(words), map(sought.__contains__, words)):
            at_word[word].append(position)
        places: _Places = {word: at for word, at in at_word.items() if word in spoken}
        by_stem: dict[WordPattern, list[int]] = defaultdict(list)
        for word in at_word.keys() & stems.keys():
            for pattern in stems[word]:
                by_stem[pattern] += at_word[word]
        for pattern in sorted(by_stem):  # behind a small word stands one that is spoken alone, too
            places[pattern] = array("I", sorted((*places.get(pattern, ()), *by_stem[pattern])))
        return places


_Fitting = Mapping[str, "set[WordPattern]"]
"""The patterns with signs that fit each word of a track, and the words behind its small ones; words
that fit none are left out."""


def _add_run(found: dict[str, Spans], terms: Iterable[str], run: Run) -> None:
    """Add a run to all terms that it is of."""
    alone = Spans((run,))
    for term in terms:
        known = found.setdefault(term, alone)
        if known is not alone:
            found[term] = Spans((*known.runs, run))


def _find_phrases(
    entry: _Entry,
    positions: Sequence[int],
    words: Sequence[str],
    fitting: _Fitting,
    tokens: Tokens,
) -> Sequence[tuple[_Sought, Sequence[int]]]:
    """Find where the phrases of a word begin, from the places of that word."""
    near = [(number, at) for number in entry.others for at in positions]
    if get_next := entry.by_next:
        near += [(number, at) for at in positions for number in get_next.get(words[at + 1], ())]
    if get_last := entry.by_last:
        near += [(number, at) for at in positions for number in get_last.get(words[at - 1], ())]
    if not near:
        return ()
    starts: dict[int, list[int]] = defaultdict(list)
    for number, position in near:
        _, at, phrase, exact = entry.phrases[number]
        start = position - at
        # a slice that would begin before the first word is empty
        spoken = words[start : start + len(phrase)]
        if (spoken == exact) if exact else _fits(phrase, spoken, fitting):
            starts[number].append(start)
    return [
        (phrase, array("I", firsts))
        for number, found in starts.items()
        for phrase in (entry.phrases[number],)
        if (firsts := _keep_unbroken(found, len(phrase.words) - 1, tokens))
    ]


def _keep_unbroken(starts: Iterable[int], length: int, tokens: Tokens) -> list[int]:
    """Return the starts of those phrases in which no long silence lies."""
    cue_of = tokens.cue_of
    return [
        start
        for start in starts
        if cue_of[start] == cue_of[start + length] or _is_in_a_row(tokens, start, start + length)
    ]


def _fits(phrase: Phrase, words: Sequence[str], fitting: _Fitting) -> bool:
    """Whether words in a row fit those of a phrase, one by one."""
    return len(words) == len(phrase) and all(
        word in patterns or not fitting.get(word, _NONE).isdisjoint(patterns)
        for word, patterns in zip(words, phrase, strict=True)
    )


_NONE: frozenset[WordPattern] = frozenset()


def _is_in_a_row(tokens: Tokens, first: int, last: int) -> bool:
    """Whether no long silence lies between two words of a phrase."""
    first_cue, last_cue = tokens.cue_of[first], tokens.cue_of[last]
    if first_cue == last_cue:
        return True
    cues = tokens.cues[first_cue : last_cue + 1]
    return all(after.start_ms - before.end_ms <= PHRASE_GAP_MS for before, after in pairwise(cues))


def _build_index(patterns: Iterable[WordPattern]) -> _StemIndex:
    index = _StemIndex()
    for pattern in patterns:
        kind, stem = kind_of(pattern), pattern.strip("*~")
        entry = (stem, pattern)
        if kind == "start":
            index.starts[stem[: SHORTEST["start"]]].append(entry)
        elif kind == "end":
            index.ends[stem[-SHORTEST["end"] :]].append(entry)
        elif kind == "inside":
            index.insides[stem[: SHORTEST["inside"]]].append(entry)
        else:
            index.name_starts[stem[:_END_LETTERS]].append(entry)
            index.name_tails[stem[-_END_LETTERS:]].append(entry)
            index.looks[fold_lookalikes(stem)].append(entry)
    return index


def _compare(vocabulary: Set[str], index: _StemIndex) -> dict[str, set[WordPattern]]:
    """Return, for each folded word that fits any pattern with signs, those patterns."""
    found: dict[str, set[WordPattern]] = defaultdict(set)
    size = SHORTEST["start"]
    for word in [word for word in vocabulary if word[:size] in index.starts]:
        for stem, pattern in index.starts[word[:size]]:
            if word.startswith(stem):
                found[word].add(pattern)
    if not (index.ends or index.insides or index.name_starts):
        return found
    joined = "\n".join(("", *vocabulary, ""))
    size = SHORTEST["end"]
    for word in _find_words([f"{end}\n" for end in index.ends], joined, vocabulary):
        for stem, pattern in index.ends.get(word[-size:], ()):
            if word.endswith(stem):
                found[word].add(pattern)
    _compare_insides(_find_words(index.insides, joined, vocabulary), index.insides, found)
    ends = (f"\n{start}" for start in index.name_starts), (f"{end}\n" for end in index.name_tails)
    _compare_names(_find_words([*chain(*ends)], joined, vocabulary), index, found)
    return found


def _find_words(parts: Collection[str], joined: str, vocabulary: Set[str]) -> Set[str]:
    """Return at least the words that have one of some parts; of many parts, all words.

    Args:
        parts: letters, with the line end before or after them where they begin or end a word.
        joined: the words, a line each, between two line ends.
        vocabulary: the words.
    """
    if len(parts) > _FEW_PARTS:
        return vocabulary
    found: set[str] = set()
    for part in parts:
        at = joined.find(part)
        while at >= 0:
            start = joined.rfind("\n", 0, at + 1) + 1
            end = joined.index("\n", start)
            found.add(joined[start:end])
            at = joined.find(part, end)
    return found


def _add_attached(
    vocabulary: Set[str], attached: Sequence[str], found: dict[str, set[WordPattern]]
) -> None:
    """Add whole words that stand behind small ones that their language writes as one with them."""
    for small in attached:
        for word in vocabulary:
            rest = word.removeprefix(small)
            if len(word) > len(rest) >= _LEAST_BEHIND:
                found[word].add(rest)


def _compare_insides(
    vocabulary: Set[str], insides: _Stems, found: dict[str, set[WordPattern]]
) -> None:
    if not insides:
        return
    size = SHORTEST["inside"]
    candidates = [
        (word, at)
        for word in vocabulary
        for at in range(len(word) - size + 1)
        if word[at : at + size] in insides
    ]
    for word, at in candidates:
        for stem, pattern in insides[word[at : at + size]]:
            if word.startswith(stem, at):
                found[word].add(pattern)


def _compare_names(
    vocabulary: Set[str], index: _StemIndex, found: dict[str, set[WordPattern]]
) -> None:
    if not index.name_starts:
        return
    starts, tails = index.name_starts, index.name_tails
    likely = [
        word
        for word in vocabulary
        if word[:_END_LETTERS] in starts or word[-_END_LETTERS:] in tails
    ]
    looks = fold_lookalikes("\n".join(likely)).split("\n")
    for word, look in zip(likely, looks, strict=False):  # of no word there is an empty look
        start, end = word[:_END_LETTERS], word[-_END_LETTERS:]
        size = len(word)
        for name, pattern in (*starts.get(start, ()), *tails.get(end, ())):
            # one error changes the length by one letter at most
            if -1 <= size - len(name) <= 1 and is_one_edit_apart(word, name):
                found[word].add(pattern)
        for name, pattern in index.looks.get(look, ()):
            # two letters may look like one
            is_near = name.startswith(start) or name.endswith(end)
            if is_near and abs(size - len(name)) <= _LENGTHS_APART:
                found[word].add(pattern)
