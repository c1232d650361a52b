"""Where terms stand in a track: one pass over its words for all terms of all topics.

What has no signs is found by look-ups alone: of each word, and of each two words that follow each
other. Each distinct word is compared once with all patterns that have signs, through indexes whose
cost does not grow with the number of patterns; only the places that fit are looked at again. So
time grows with the number of words, and no pattern, whoever wrote it, can make it grow otherwise.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    MutableSequence,
    Sequence,
    Set,
)
from functools import cached_property, lru_cache
from itertools import (
    chain,
    filterfalse,
    islice,
    pairwise,
    product,
)
from threading import Lock

from headnotes.languages import (
    RAREST_ZIPF,
    forget_with_languages,
    language_data,
    stop_words,
    zipf_of,
)
from headnotes.matching.folding import (
    fold_lookalikes,
    is_one_edit_apart,
    split_all,
    split_folded,
)
from headnotes.matching.terms import SHORTEST, Phrase, Term, WordPattern, kind_of, parse_term
from headnotes.model import Cue, Language
from headnotes.values import Factory, NamedTuple, frozen

PHRASE_GAP_MS = 3_000
"""A phrase may run on into the next cue when that follows this closely."""

# A tolerant name is looked up by its first and by its last letters: one error spares one end.
_END_LETTERS = SHORTEST["tolerant"] // 2

# Below this too many words look like another one behind a small word.
_LEAST_BEHIND = 3

_MANY_WORDS = 100_000
"""Of a track of more words, positions are held in less space."""

_MOST_COMPARED = 1 << 16
"""Words of which it is kept which patterns fit them."""

_TIMES = 3
"""A word of a track is looked at in so much less time than a pair of a table."""

_IN_COMMON = 4
"""By so many first letters patterns are in groups; words of one episode have a seventh of these."""

_IN_GROUP = "\x1f"
"""Stands between the entries of a group, and in none."""

_BESIDE = "\v"
"""Stands between phrases that are listed by the same word beside."""

# Of so many letters it is asked at once which words have them, of more word by word.
_FEW_PARTS = 100

# One error changes the length by one letter at most, two letters that look like one by two.
_LENGTHS_APART = 2


@frozen(kw_only=True, slots=False)
class Tokens:
    """All tokens of a track in the order of time; its words are split when first asked for.

    Attributes:
        cues: by time; positions of cues count in this order, from 0.
        language: of the dialogue, by whose rules words are folded; `None` where unknown.
    """

    cues: tuple[Cue, ...]
    language: Language | None = None

    @cached_property
    def spoken(self) -> Sequence[str]:
        """Each token as spoken."""
        words, _ = split_all([cue.spoken for cue in self.cues])
        return words

    @cached_property
    def _laid_out(self) -> tuple[list[str], list[int]]:
        """The tokens as folded, and how many each cue has."""
        return split_folded([cue.spoken for cue in self.cues], self.language)

    @property
    def words(self) -> Sequence[str]:
        """Each token as folded."""
        return self._laid_out[0]

    @cached_property
    def cue_of(self) -> Sequence[int]:
        """For each token the position of its cue."""
        found: list[int] = []
        for position, size in enumerate(self._laid_out[1]):
            found += [position] * size
        return found

    @cached_property
    def vocabulary(self) -> set[str]:
        """The different words as folded."""
        return {*self.words}

    @cached_property
    def breaks(self) -> bytes:
        """For each token 1 where a long silence follows before the next one, else 0."""
        found = bytearray(len(self.words))
        after = end_ms = 0
        for cue, size in zip(self.cues, self._laid_out[1], strict=True):
            if after and cue.start_ms - end_ms > PHRASE_GAP_MS:
                found[after - 1] = 1
            after += size
            end_ms = cue.end_ms
        return bytes(found)


class TokenSpan(NamedTuple):
    """First and last token of a match, as positions in `Tokens`, both inside."""

    first: int
    last: int


Run = tuple[Sequence[int], int]
"""Matches of one length: where they begin, ascending, and how many tokens each has.

Numbers, not objects, and shared by all terms of one pattern, so that a track in which everything
matches stays small.
"""


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

    Most of it is never spoken, so it is held in groups, each one text, that are taken apart when a
    track has a word for them; see `_write_groups`. Of patterns and pairs there are entries, which
    are taken apart when they are spoken themselves; see `_read_entry`.

    Attributes:
        texts: of the terms.
        entries: under the first letters of patterns, under each pattern the terms that it is, and
            the phrases that are looked for where it is spoken.
        pairs: under the first of two words, under both the phrases in which they follow each other.
        stems: the patterns with signs in them, those inside phrases too.
    """

    texts: Sequence[str]
    entries: Mapping[str, str]
    pairs: Mapping[str, str]
    stems: Sequence[WordPattern]


_Sought = tuple[list[str], int, list[str], bool]
"""A phrase to look for where some of its words are spoken.

The terms that it is an alternative of; the place in it of the first word that is spoken; the phrase
as written, spellings between bars; whether each of its words has one pattern without signs.
"""

_Entry = tuple[list[str], dict[str, str]]
"""What begins with one pattern that is spoken, or with two words.

The terms that have nothing else; phrases to look for around it, as written, under a word that
stands right before or after it in them, or around one pattern under no letters.
"""

_Places = dict[str, MutableSequence[int]]
"""Positions of tokens, ascending, under a word or under what is written of some."""


class _Near(NamedTuple):
    """What is spoken of the pairs of words by which phrases are listed.

    Attributes:
        pairs: where they stand, by what is written under them.
        phrases: where words stand with them that longer phrases have beside them, by those phrases.
    """

    pairs: _Places
    phrases: _Places


_Pair = tuple[str, str]
"""Two words that follow each other."""

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
    """Return the spoken text of cues as tokens; cues must come in the order of time.

    Args:
        cues: of one track.
        language: of the dialogue, by whose rules its words are folded.
    """
    return Tokens(cues=tuple(cues), language=language)


def make_tables(terms: Iterable[Term]) -> Tables:
    """Make terms ready: each phrase is listed by its rarest words, the others are looked at then.

    What is spoken seldom is known from ordinary language, whichever the dialogue's; a name or a
    start of words counts by its length.
    """
    texts = {term.text: term.phrases for term in terms}
    singles: dict[WordPattern, list[int]] = defaultdict(list)
    twos: dict[_Pair, list[int]] = defaultdict(list)
    phrases: dict[Phrase, list[int]] = defaultdict(list)
    for position, alternatives in enumerate(texts.values()):
        for phrase in dict.fromkeys(alternatives):
            if len(phrase) > 1:
                phrases[phrase].append(position)
                continue
            for pattern in dict.fromkeys(phrase[0]):
                singles[pattern].append(position)
    lines: dict[WordPattern, list[tuple[str, str]]] = defaultdict(list)
    further: dict[_Pair, list[tuple[str, str]]] = defaultdict(list)
    for phrase, positions in phrases.items():
        at, is_pair = _choose_words(phrase)
        pairs = [*product(phrase[at], phrase[at + 1])] if is_pair else []
        line = _write_phrase(positions, at, phrase)
        for pair in pairs:
            if len(phrase) == len(pair):
                twos[pair] += positions
            else:
                further[pair].append((_choose_beside(phrase, at), line))
        for pattern in () if is_pair else phrase[at]:
            lines[pattern].append(("", line))
    under_one = (
        (
            pattern[:_IN_COMMON],
            pattern,
            _write_entry(singles.get(pattern, ()), lines.get(pattern, ())),
        )
        for pattern in dict.fromkeys((*singles, *lines))
    )
    under_two = (
        (*pair, _write_entry(twos.get(pair, ()), further.get(pair, ())))
        for pair in dict.fromkeys((*twos, *further))
    )
    patterns = chain(singles, chain.from_iterable(chain.from_iterable(phrases)))
    return Tables(
        texts=[*texts],
        entries=_write_groups(under_one),
        pairs=_write_groups(under_two),
        stems=[*dict.fromkeys(filter(_has_signs, patterns))],
    )


def _write_groups(entries: Iterable[tuple[str, ...]]) -> Mapping[str, str]:
    """Write entries in groups, before each what it stands under; before all comes the group."""
    groups: dict[str, list[str]] = defaultdict(list)
    for group, *parts in entries:
        groups[group] += parts
    return {group: _IN_GROUP.join(parts) for group, parts in groups.items()}


def _write_entry(whole: Iterable[int], phrases: Iterable[tuple[str, str]]) -> str:
    """Write the terms that are just a pattern or two words, and further phrases with them.

    Args:
        whole: positions of the terms.
        phrases: a word that stands beside in each, and the phrase as written.
    """
    beside: dict[str, list[str]] = defaultdict(list)
    for word, line in phrases:
        beside[word].append(line)
    lists = ((word, _BESIDE.join(lines)) for word, lines in beside.items())
    return "\n".join((_write_numbers(dict.fromkeys(whole)), *chain.from_iterable(lists)))


def _choose_words(phrase: Phrase) -> tuple[int, bool]:
    """Return the place of the word by which a phrase is listed, and whether with the next one.

    Two words in a row are rarer than one; what has signs in it is listed alone, and what has more
    words, but none beside those two that is written in one way.
    """
    commonness = [*map(_commonness, phrase)]
    plain = [not any(map(_has_signs, word)) for word in phrase]
    pairs = [
        at
        for at, both in enumerate(pairwise(plain))
        if all(both) and (len(phrase) == len(both) or _choose_beside(phrase, at))
    ]
    if pairs:
        return min(pairs, key=lambda at: sorted(commonness[at : at + 2])), True
    return commonness.index(min(commonness)), False


def _choose_beside(phrase: Phrase, at: int) -> str:
    """Return a word right after or before two of a phrase that is written in one way, or none."""
    beside = (*phrase[at + 2 : at + 3], *phrase[max(0, at - 1) : at])
    return next((word[0] for word in beside if len(word) == 1 and not _has_signs(word[0])), "")


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
    """Write a phrase as one line: its terms, the place of the word it is listed by, its words.

    Between them are tabs, between spellings vertical bars: a folded word holds neither.
    """
    return "\t".join((_write_numbers(terms), str(at), *map("|".join, phrase)))


def _read_entry(written: str, texts: Sequence[str]) -> _Entry:
    """Take an entry apart: positions of terms, then a word beside and phrases, in turn.

    Args:
        written: the entry, a line each.
        texts: of all terms.

    Raises:
        ValueError, IndexError: it is none.
    """
    whole, *parts = written.split("\n")
    beside = dict(zip(parts[::2], parts[1::2], strict=True)) if parts else {}
    return (_read_terms(whole, texts) if whole else []), beside


def _read_phrase(line: str, under: Sequence[WordPattern], texts: Sequence[str]) -> _Sought:
    """Take apart what `_write_phrase` wrote.

    Args:
        line: of one phrase.
        under: what it is listed under.
        texts: of all terms.

    Raises:
        ValueError, IndexError: it is something else.
    """
    terms, written_at, *words = line.split("\t")
    at = int(written_at)
    listed = words[at : at + len(under)] if at >= 0 else []
    for word, spellings in zip(under, listed, strict=True):  # a word may have several
        if word not in spellings.split("|"):
            raise ValueError(line)
    return _read_terms(terms, texts), at, words, "".join(words).isalnum()


def _read_terms(text: str, texts: Sequence[str]) -> list[str]:
    """Return the terms at some positions.

    Raises:
        ValueError, IndexError: there are none, or no positions.
    """
    if "-" in text:  # would count from the end
        raise ValueError(text)
    return [*map(texts.__getitem__, map(int, text.split()))]


class _Known(NamedTuple):
    """What is known from earlier tracks; those of one series share most of their words.

    Attributes:
        compared: words that were compared with all patterns.
        fitting: those of them that fit any, with the patterns.
    """

    compared: set[str]
    fitting: dict[str, set[WordPattern]]


class Matcher:
    """A set of terms, prepared once and used on any number of tracks, by threads in turn."""

    def __init__(self, terms: Iterable[Term] = (), tables: Tables | None = None) -> None:
        """Take terms, or what was made of them before; they are prepared when first looked for."""
        self._terms = [*terms]
        if tables is not None:
            self.tables = tables
        self._known = _Known(set(), {})
        # what it learns from a track is written where the next thread reads
        self._turn = Lock()

    @cached_property
    def tables(self) -> Tables:
        """The terms, prepared."""
        return make_tables(self._terms)

    @cached_property
    def _opened(self) -> _Opened:
        return _Opened(self.tables)

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
        with self._turn:
            try:
                return self._find(tokens)
            except (ValueError, IndexError):  # in tables that something else has written
                self._renew()
                return self._find(tokens)

    def _renew(self) -> None:
        """Prepare the terms again, and forget all that came of the tables before."""
        self.tables = make_tables(map(parse_term, self.tables.texts))
        self._opened = _Opened(self.tables)
        self._index = _build_index(self.tables.stems)
        self._known = _Known(set(), {})

    def _find(self, tokens: Tokens) -> dict[str, Spans]:
        """Find every place of every term.

        Raises:
            ValueError, IndexError: the tables are none.
        """
        opened, language = self._opened, tokens.language
        fitting = self._compare(tokens.vocabulary)
        silent = stop_words(language) if language else frozenset[str]()
        attached = language_data(language).words.attached if language else ()
        if attached:
            fitting = _add_attached(tokens.vocabulary, attached, fitting)
        spoken = _Spoken(tokens, fitting, is_loose=bool(attached))
        opened.open(tokens.vocabulary.union(*fitting.values()))
        found: dict[str, Spans] = {}
        opened.add_patterns(found, spoken, silent)
        opened.add_pairs(found, spoken)
        return found

    def _compare(self, vocabulary: set[str]) -> _Fitting:
        """Return, for each folded word that fits any pattern with signs, those patterns."""
        if len(vocabulary) > _MOST_COMPARED:
            return _compare(vocabulary, self._index)
        compared, fitting = self._known
        new = vocabulary - compared
        if len(new) + len(compared) > _MOST_COMPARED:
            compared, fitting = self._known = _Known(set(), {})
            new = vocabulary
        if new:
            fitting.update(_compare(new, self._index))
            compared |= new
        return {word: fitting[word] for word in fitting.keys() & vocabulary}


class _Entries(dict[str, _Entry]):
    """Entries by what is written of them, taken apart when they are asked for."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__()
        self._texts = texts

    def __missing__(self, written: str) -> _Entry:
        """Take one apart.

        Raises:
            ValueError, IndexError: it is none.
        """
        entry = self[written] = _read_entry(written, self._texts)
        return entry


class _Opened:
    """What of tables was taken apart so far."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._asked: set[WordPattern] = set()
        self._letters: set[str] = set()
        self._firsts: set[str] = set()
        self._pairs: dict[_Pair, str] = {}
        self._entries: dict[WordPattern, str] = {}
        self._read = _Entries(tables.texts)
        self._phrases: dict[str, list[_Sought]] = {}

    def open(self, spoken: Set[WordPattern]) -> None:
        """Take the groups apart in which something may be that a track speaks.

        Args:
            spoken: the words of the track, and all patterns that they fit.

        Raises:
            ValueError: the tables are none.
        """
        new = spoken - self._asked
        if not new:  # as where tracks are of one series, in the end
            return
        if len(self._asked) > _MOST_COMPARED:
            self._asked.clear()
        entries, pairs = self._tables.entries, self._tables.pairs
        letters = entries.keys() & {pattern[:_IN_COMMON] for pattern in new}
        groups = map(entries.__getitem__, letters - self._letters)
        parts = joined.split(_IN_GROUP) if (joined := _IN_GROUP.join(groups)) else []
        self._entries.update(zip(parts[::2], parts[1::2], strict=True))
        self._letters |= letters
        firsts = (pairs.keys() & new) - self._firsts
        for first in firsts:
            turns = iter(pairs[first].split(_IN_GROUP))
            for second, written in zip(turns, turns, strict=True):
                self._pairs[first, second] = written
        self._firsts |= firsts
        self._asked |= new

    def add_patterns(self, found: dict[str, Spans], spoken: _Spoken, silent: Set[str]) -> None:
        """Add the terms of one pattern, and the phrases that are listed by one.

        Args:
            found: what to add to.
            spoken: the words of a track.
            silent: words that are none of a term alone.

        Raises:
            ValueError, IndexError: the tables are none.
        """
        entries, read = self._entries, self._read
        for pattern, positions in spoken.find_places(entries).items():
            whole, beside = read[entries[pattern]]
            if whole and pattern not in silent:
                _add_run(found, whole, positions, 1)
            for written in beside.values():
                phrases = self._phrases.get(written) or self._read_phrases(written, [pattern])
                _add_phrases(found, phrases, positions, spoken)

    def add_pairs(self, found: dict[str, Spans], spoken: _Spoken) -> None:
        """Add the phrases that are listed by two words.

        Raises:
            ValueError, IndexError: the tables are none.
        """
        near = spoken.find_pairs(self._pairs, self._read)
        for written, positions in near.pairs.items():
            _add_run(found, self._read[written][0], positions, 2)
        for written, positions in near.phrases.items():
            phrases = self._phrases.get(written)
            if phrases is None:
                phrases = self._read_phrases(written, spoken.words_at(positions[0]))
            _add_phrases(found, phrases, positions, spoken)

    def _read_phrases(self, written: str, under: Sequence[WordPattern]) -> list[_Sought]:
        """Take phrases apart that are listed together.

        Args:
            written: the phrases.
            under: what they are listed under.

        Raises:
            ValueError, IndexError: they are none.
        """
        texts = self._tables.texts
        phrases = [_read_phrase(line, under, texts) for line in written.split(_BESIDE)]
        self._phrases[written] = phrases
        return phrases


def _make_array() -> array[int]:
    return array("I")


class _Spoken:
    """The words of one track, with the patterns that fit them."""

    def __init__(self, tokens: Tokens, fitting: _Fitting, *, is_loose: bool) -> None:
        """Take the words.

        Args:
            tokens: of the track.
            fitting: the patterns that fit each word.
            is_loose: whether words stand behind others that are written as one with them.
        """
        self._tokens = tokens
        self._words = tokens.words
        self._breaks = tokens.breaks
        self._fitting = fitting
        self._is_loose = is_loose
        # of many words positions are held in a tenth of the space, which takes more time
        self._is_long = len(self._words) > _MANY_WORDS
        self._make_list: Callable[[], MutableSequence[int]] = _make_array if self._is_long else list

    def _make_places(self) -> tuple[_Places, _Places]:
        return defaultdict(self._make_list), defaultdict(self._make_list)

    def find_places(
        self, entries: Mapping[WordPattern, str]
    ) -> dict[WordPattern, MutableSequence[int]]:
        """Return where each pattern fits that terms begin to be looked for by."""
        # set by set, so that no word of the track is looked at that begins nothing
        stems = {
            word: begun
            for word, patterns in self._fitting.items()
            if (begun := sorted(patterns & entries.keys()))
        }
        sought = (entries.keys() & self._tokens.vocabulary).union(stems)
        if not sought:
            return {}
        at_word: dict[str, MutableSequence[int]] = defaultdict(self._make_list)
        for position, word in enumerate(self._words):
            if word in sought:
                at_word[word].append(position)
        if not stems:
            return at_word
        by_stem: dict[WordPattern, MutableSequence[int]] = defaultdict(self._make_list)
        for word in at_word.keys() & stems.keys():
            for pattern in stems[word]:
                by_stem[pattern] += at_word[word]
        places = {word: at for word, at in at_word.items() if word in entries}
        for pattern in sorted(by_stem):  # behind a small word stands one that is spoken alone, too
            positions = places[pattern] = self._make_list()
            positions.extend(sorted((*at_word.get(pattern, ()), *by_stem[pattern])))
        return places

    def find_pairs(self, pairs: Mapping[_Pair, str], entries: Mapping[str, _Entry]) -> _Near:
        """Return where two words follow each other, and a word beside them that phrases have.

        Args:
            pairs: what is written under them.
            entries: what that is.
        """
        if self._is_loose:
            return self._find_loose_pairs(pairs, entries)
        words, breaks = self._words, self._breaks
        if not (pairs := self._choose_pairs(pairs)):
            return _Near({}, {})
        at_pair, at_phrases = near = _Near(*self._make_places())
        ahead = 2 - len(words)  # behind the last word comes the first, and no phrase fits there
        in_a_row = zip(words, islice(words, 1, None), strict=False)
        for at, written in enumerate(map(pairs.get, in_a_row)):
            if written is None or breaks[at]:
                continue
            whole, beside = entries[written]
            if whole:
                at_pair[written].append(at)
            if beside:
                before, after = words[at - 1], words[at + ahead]
                if after in beside:
                    at_phrases[beside[after]].append(at)
                if before in beside and before != after:
                    at_phrases[beside[before]].append(at)
        return near

    def _choose_pairs(self, pairs: Mapping[_Pair, str]) -> Mapping[_Pair, str]:
        """Return at least those of some pairs that may be spoken."""
        if len(pairs) * _TIMES >= len(self._words):  # it takes more time to ask which may be
            return pairs
        return {pair: pairs[pair] for pair in filter(self._tokens.vocabulary.issuperset, pairs)}

    def _find_loose_pairs(self, pairs: Mapping[_Pair, str], entries: Mapping[str, _Entry]) -> _Near:
        at_pair, at_phrases = near = _Near(*self._make_places())
        forms = {
            word: [word, *sorted(filterfalse(_has_signs, self._fitting.get(word, ())))]
            for word in self._tokens.vocabulary
        }
        for at, (first, second) in enumerate(pairwise(self._words)):
            if self._breaks[at]:
                continue
            spoken = filter(pairs.__contains__, product(forms[first], forms[second]))
            found = dict.fromkeys(map(pairs.__getitem__, spoken))
            for written in found:
                if entries[written][0]:
                    at_pair[written].append(at)
            lists = chain.from_iterable(entries[written][1].values() for written in found)
            for phrases in dict.fromkeys(lists):
                at_phrases[phrases].append(at)
        return near

    def words_at(self, at: int) -> Sequence[str]:
        """Return the two words at a place; none where others may be meant."""
        return () if self._is_loose else self._words[at : at + 2]

    def find_phrase(self, phrase: _Sought, positions: Sequence[int]) -> Sequence[int]:
        """Return where a phrase begins that is spoken around some places."""
        words, breaks = self._words, self._breaks
        _, before, sought, is_exact = phrase
        size = len(sought)
        patterns = None if is_exact and not self._is_loose else [*map(_split_spellings, sought)]
        firsts = self._make_list()
        for at in positions:
            first = at - before
            spoken = words[first : first + size]  # empty if it would begin before the first word
            fits = _fits(patterns, spoken, self._fitting) if patterns else spoken == sought
            if fits and 1 not in breaks[first : first + size - 1]:
                firsts.append(first)
        return firsts


_Fitting = Mapping[str, "set[WordPattern]"]
"""The patterns with signs that fit each word of a track, and the words behind its small ones; words
that fit none are left out."""


def _add_phrases(
    found: dict[str, Spans],
    phrases: Iterable[_Sought],
    positions: Sequence[int],
    spoken: _Spoken,
) -> None:
    """Add phrases that are spoken around the places of the words they are listed by."""
    for phrase in phrases:
        if firsts := spoken.find_phrase(phrase, positions):
            terms, _, words, _ = phrase
            _add_run(found, terms, firsts, len(words))


def _add_run(
    found: dict[str, Spans], terms: Iterable[str], firsts: Sequence[int], length: int
) -> None:
    """Add a run to all terms that it is of; those that had the same runs have one object again."""
    alone = _BARE(Spans)
    alone.runs = ((firsts, length),)
    joined: dict[Spans, Spans] | None = None
    for term in terms:
        known = found.setdefault(term, alone)
        if known is not alone:
            joined = {} if joined is None else joined
            if known not in joined:
                joined[known] = Spans((*known.runs, *alone.runs))
            found[term] = joined[known]


_BARE = object.__new__
"""Makes what is made for each hit in half the time that its class itself takes."""


def _split_spellings(word: str) -> Sequence[WordPattern]:
    return word.split("|")


def _fits(phrase: Sequence[Sequence[WordPattern]], words: Sequence[str], fitting: _Fitting) -> bool:
    """Whether words in a row fit those of a phrase, one by one."""
    return len(words) == len(phrase) and all(
        word in patterns or not fitting.get(word, _NONE).isdisjoint(patterns)
        for word, patterns in zip(words, phrase, strict=True)
    )


_NONE: frozenset[WordPattern] = frozenset()


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


def _compare(vocabulary: Collection[str], index: _StemIndex) -> dict[str, set[WordPattern]]:
    """Return, for each folded word that fits any pattern with signs, those patterns."""
    found: dict[str, set[WordPattern]] = defaultdict(set)
    size = SHORTEST["start"]
    likely = [word for word in vocabulary if word[:size] in index.starts] if index.starts else ()
    for word in likely:
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


def _find_words(
    parts: Collection[str], joined: str, vocabulary: Collection[str]
) -> Collection[str]:
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
    vocabulary: Iterable[str], attached: Sequence[str], fitting: _Fitting
) -> _Fitting:
    """Add whole words that stand behind small ones that their language writes as one with them."""
    found: dict[str, set[WordPattern]] = defaultdict(set)
    found.update((word, {*patterns}) for word, patterns in fitting.items())
    for small in attached:
        for word in vocabulary:
            rest = word.removeprefix(small)
            if len(word) > len(rest) >= _LEAST_BEHIND:
                found[word].add(rest)
    return found


def _compare_insides(
    vocabulary: Iterable[str], insides: _Stems, found: dict[str, set[WordPattern]]
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
    vocabulary: Iterable[str], index: _StemIndex, found: dict[str, set[WordPattern]]
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
