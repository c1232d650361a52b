"""Cases: a few lines of dialogue that must, or must not, find a note or a depiction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from headnotes.anchoring import (
    PRIORS,
    Candidate,
    IndexedTrack,
    explain_candidate,
    find_sufficient,
    index_track,
    nearest_candidate,
)
from headnotes.issues import Issue, Level
from headnotes.languages import (
    FALLBACK,
    assumed_languages,
    base_language,
    describe_reasons,
    has_frequencies,
    load_messages,
    rarest_zipf,
    stop_words,
    zipf_of,
)
from headnotes.matching import Matcher, fold_word, parse_term, split_words
from headnotes.model import Anchor, Cue, Depiction, Language, Note
from headnotes.topics import Found

LINE_MS = 2_500
"""How long each line of a case is spoken; the next one follows at once."""

_STEM = 4
"""So many letters of a word make a miss a near one: inflected forms share them."""

_SHORTEST_STEM = 3
_NO_CASES: dict[bool, tuple[str, Level]] = {
    False: ("no-cases", "error"),
    True: ("untested-depiction", "warning"),
}
"""Code and level of an anchor that no case tests, by whether only the strict check asks."""

STRICT_CASES = 3
"""How many cases of each kind, in each of its languages, the strict check asks of a note."""


def finds(
    placed: Note | Depiction, lines: Sequence[str], *, is_film: bool = False
) -> tuple[bool, str]:
    """Whether something is found by its own anchors in lines spoken in a row.

    The lines are a small track of its own work, in an episode where it is expected, or of its film
    (`is_film`), where all is expected that names no episode. They count as of the language that
    they are in, as a track does. Where the texts speak all the languages that unknown dialogue is
    taken for, lines in one of these count as unknown, so that a case says the same beside words of
    all. No term that the anchor wants may be wanting: what makes up for one is a whole scene
    around it.

    Returns:
        Whether it is found, and what came closest, in words.
    """
    texts = placed.texts if isinstance(placed, Note) else placed.shown
    language = language_of(lines, texts)
    assumed = assumed_languages()
    is_open = language in assumed and {*map(base_language, texts)}.issuperset(assumed)
    track = _index(placed.anchors, lines, None if is_open else language)
    prior = PRIORS["expected" if placed.episodes or is_film else "unknown"]
    candidate = nearest_candidate(placed.anchors, track, prior)
    sufficient = find_sufficient(placed.anchors, track, prior)
    return any(found.has_all_terms for found in sufficient), _explain(candidate, track)


def check_cases(
    placed: Note | Depiction,
    languages: Sequence[str],
    *,
    is_strict: bool = False,
    is_film: bool = False,
) -> Iterator[Found]:
    """Find cases that turn out otherwise than they should, and kinds of case that are missing.

    Args:
        placed: it has an anchor.
        languages: in which the strict check asks for cases.
        is_strict: whether only the strict check asks for any case at all.
        is_film: whether its work is a film.
    """
    for kind, cases in (("hits", placed.cases.hits), ("misses", placed.cases.misses)):
        counting = [*dict.fromkeys(map(_said, cases))]
        if kind == "misses":
            counting = [said for said in counting if _is_near(said, placed.anchors, languages)]
        yield from _count_cases(kind, cases, counting, languages, is_strict=is_strict)
        for position, lines in enumerate(cases):
            if issue := _check_case(kind, lines, placed, is_film=is_film):
                yield ("cases", kind, position), issue


def _count_cases(
    kind: str,
    cases: Sequence[Sequence[str]],
    counting: Sequence[Sequence[str]],
    languages: Sequence[str],
    *,
    is_strict: bool,
) -> Iterator[Found]:
    """Find kinds of case that are missing; one said twice is one, a miss far off is none."""
    if not counting:
        code, level = _NO_CASES[is_strict]
        message, hint = f"lists no {kind}", f"write at least one case in {kind}"
        if cases:
            message = "lists no near miss: no line in misses has a word of the anchor"
            hint = "write what could be taken for the moment, and is not"
        yield ("cases",), Issue(code=code, level=level, message=message, hint=hint)
        return
    idle = len(cases) - len(counting)
    hint = f"write {STRICT_CASES} or more"
    if idle:
        hint += f"; {idle} of {len(cases)} are repeated"
        hint += ", or have no word of the anchor" if kind == "misses" else ""
    counts = Counter(language_among(said, languages) for said in counting if languages)
    for language in languages:
        if counts[language] < STRICT_CASES:
            message = f"lists {counts[language]} {kind} in {language!r}"
            issue = Issue(code="few-cases", level="warning", message=message, hint=hint)
            yield ("cases", kind), issue


def _said(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a case, by which two are the same."""
    return tuple(fold_word(word) for line in lines for word in split_words(line))


def _is_near(said: Sequence[str], anchors: Sequence[Anchor], languages: Sequence[str]) -> bool:
    """Whether a word begins as one that anchors look for does, or has such a beginning inside."""
    looked_for = (
        word.strip("*~")
        for anchor in anchors
        for term in (*anchor.all, *anchor.any, *anchor.none)
        for phrase in parse_term(term).phrases
        for choice in phrase
        for word in choice
    )
    common = frozenset[str]().union(*map(stop_words, languages or assumed_languages()))
    stems = {word[:_STEM] for word in looked_for if word not in common}
    inside = [stem for stem in stems if len(stem) == _STEM]
    begins = tuple(stem for stem in stems if len(stem) >= _SHORTEST_STEM)
    return any(
        word in stems or word.startswith(begins) or any(stem in word for stem in inside)
        for word in said
    )


def _check_case(
    kind: str, lines: Sequence[str], placed: Note | Depiction, *, is_film: bool
) -> Issue | None:
    is_found, closest = finds(placed, lines, is_film=is_film)
    if is_found == (kind == "hits"):
        return None
    shown = " / ".join(lines)
    if kind == "hits":
        hint = f"closest: {closest}" if closest else "none of the anchor's words is in it"
        message = f"line does not hit: {shown!r}"
        return Issue(code="case-does-not-hit", message=message, hint=hint)
    message = f"line hits, but must not: {shown!r}"
    hint = f"{closest}; ask for more terms, or forbid some in none"
    return Issue(code="case-hits", message=message, hint=hint)


def language_of(lines: Sequence[str], languages: Iterable[str] = ()) -> str:
    """Return the language that lines are in, by whose table knows their words best.

    Args:
        lines: of a case.
        languages: that they may be in besides those that unknown dialogue is taken for.
    """
    return language_among(lines, {*assumed_languages(), *filter(has_frequencies, languages)})


def language_among(lines: Sequence[str], languages: Collection[str]) -> str:
    """Return the one of some languages whose table knows the words of lines best.

    A language without a table of frequencies is returned only where none has one.
    """
    words = [word for line in lines for word in split_words(line)]
    known = sorted(filter(has_frequencies, languages)) or list(languages)
    return max(known, key=lambda tag: sum(_commonness(word, tag) for word in words))


def _commonness(word: str, language: str) -> float:
    return zipf_of(fold_word(word, language), language) - rarest_zipf(language)


def speak(lines: Iterable[str | float]) -> tuple[Cue, ...]:
    """Make cues of lines spoken in a row; a number is a silence of so many seconds."""
    cues: list[Cue] = []
    at_ms = 0
    for line in lines:
        if not isinstance(line, str):
            at_ms += round(line * 1000)
            continue
        end_ms = at_ms + LINE_MS
        number = len(cues) + 1
        cues.append(
            Cue(number=number, start_ms=at_ms, end_ms=end_ms, text=line, spoken=line, raw=line)
        )
        at_ms = end_ms
    return tuple(cues)


def _index(
    anchors: Sequence[Anchor], lines: Sequence[str], language: Language | None
) -> IndexedTrack:
    terms = dict.fromkeys(
        term for anchor in anchors for term in (*anchor.all, *anchor.any, *anchor.none)
    )
    return index_track(speak(lines), Matcher(map(parse_term, terms)), language)


def _explain(candidate: Candidate | None, track: IndexedTrack) -> str:
    if candidate is None:
        return ""
    reasons = explain_candidate(candidate, track)
    closest = describe_reasons(reasons, load_messages(FALLBACK))
    is_weak = reasons[-1].code == "too-weak" and candidate.forbidden_by is None
    return f"{closest}: common words say little, ask for rarer ones" if is_weak else closest
