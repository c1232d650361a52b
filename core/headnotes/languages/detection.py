"""The language of dialogue or of a text: scripts, and the small words of a language.

Coarse on purpose: it decides which notes to show and whether a file name lies, and gives no
answer where it is not sure. The names of languages in file names are the business of `names`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from headnotes.languages.data import LanguageData, all_languages, language_data
from headnotes.model import Cue, Language

_SAMPLE_CUES = 100
_SHARE_MIN = 0.08  # of the words of running dialogue that are small words, seen 0.2 to 0.4
_LEAD_MIN = 2
_WORDS_MIN = 12


def guess_language(cues: Sequence[Cue]) -> Language | None:
    """Guess the language of dialogue.

    Returns:
        A tag where the text leaves little doubt, else `None`.
    """
    return guess_text_language(_sample_text(cues))


def guess_text_language(text: str) -> Language | None:
    """Guess the language of a text, as of dialogue."""
    text = text.lower()
    if not text.isascii() and (sharing := _find_script(text)):
        return sharing[0].tag if len(sharing) == 1 else _compare_letters(text, sharing)
    return _compare_small_words(re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", text.replace("’", "'")))


def is_kin(language: Language, other: Language) -> bool:
    """Whether two tags are the same language, or languages too close for a guess."""
    return language == other or other in language_data(language).kin


def _sample_text(cues: Sequence[Cue]) -> str:
    """Take cues from all over the track, for openings are often in another language."""
    step = max(1, len(cues) // _SAMPLE_CUES)
    return "\n".join(cue.spoken[:200] for cue in cues[::step][: 2 * _SAMPLE_CUES])


def _find_script(text: str) -> list[LanguageData]:
    """Return the languages that share the script of a text; empty for Latin."""
    letters = 0
    # little of Latin text is beyond ASCII
    beyond = "".join(re.findall(r"[^\x00-\x7f]+", text))
    signs = {*beyond}
    scripts = {data.characters: data.characters_share for data in all_languages()}
    # The lowest share first: Japanese has the characters of Chinese, too.
    for script in sorted(scripts, key=lambda script: (scripts[script], script)):
        within = text if script[:1].isascii() else beyond
        if not script or (within is beyond and not _may_have(signs, script)):
            continue
        count = len(re.findall(f"[{script}]", within))
        letters = letters or (count and len(re.findall(r"[^\W\d_]", text)))
        if count > scripts[script] * letters:
            return [data for data in all_languages() if data.characters == script]
    return []


def _may_have(signs: set[str], script: str) -> bool:
    """Whether it is worth to count: the pattern of a large script takes a while to compile."""
    first, between, last = script[0], script[1:-1], script[-1]
    return between != "-" or any(first <= sign <= last for sign in signs)


def _compare_letters(text: str, sharing: Sequence[LanguageData]) -> Language | None:
    """Return the language whose own letters lead clearly, of several that share a script."""
    counts = sorted((sum(map(text.count, data.letters)), data.tag) for data in sharing)
    (second, _), (most, tag) = counts[-2:]
    return tag if most > 2 * second else None


def _compare_small_words(words: list[str]) -> Language | None:
    """Return the language that has the most small words in a text, if it leads clearly."""
    if len(words) < _WORDS_MIN:
        return None
    counts = Counter(words)
    spoken = set(counts)
    found = {data.tag: data.small_words & spoken for data in all_languages() if data.small_words}
    ranked = sorted(found, key=lambda tag: -_count(counts, found[tag]))
    best, second = found[ranked[0]], found[ranked[1]]
    is_much = _count(counts, best) >= _SHARE_MIN * len(words) and len(best) > 3
    # Of two that share words (Danish, Norwegian) those count that only one has.
    leads = _count(counts, best - second) >= _LEAD_MIN * _count(counts, second - best)
    return ranked[0] if is_much and leads else None


def _count(counts: Counter[str], words: Iterable[str]) -> int:
    return sum(map(counts.__getitem__, words))
