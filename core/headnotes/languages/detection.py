"""The language of a track from what is said in it: scripts, and the small words of a language.

Coarse on purpose: it tells which notes to show and whether a file name lies, and says nothing
where it is not sure. The names of languages in file names are `names`' business.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from headnotes.model import Cue, Language

_WORDS: Mapping[Language, frozenset[str]] = {
    tag: frozenset(words.split())
    for tag, words in {
        "en": "the you and to of that is it what are this not do we have your he was don't on with",
        "de": "ich sie das ist nicht und der du die wir es was zu ein mit auf den mir haben aber",
        "fr": "je vous est pas de le que la les tu un c'est une et il nous ce qui dans pour elle",
        "es": "que no la el es de lo en un por una los qué con para está como me se usted pero",
        "it": "non che di la è il un per sono mi una ho hai con cosa ti lo si ma questo come della",
        "pt": "que não de eu um uma você para com está isso os é ele mas por meu foi ela estou",
        "nl": "ik je het een de dat niet is van en wat hij zijn we maar voor dit heb met naar",
        "sv": "jag det är du att inte och en på som vi har för han med den kan vad så mig ska men",
        "da": "jeg det er du ikke at og en har vi på hvad den til som han for kan med af dig nu",
        "no": "jeg det er du ikke å og en har vi på hva den til som han kan med av meg deg noe nå",
        "fi": "on ei se en hän minä mitä että ja olen ole mutta sinä niin kun oli nyt voi tämä",
        "pl": "nie to się na jest że co jak ja za ale mnie do mam tak czy już tylko jestem może",
        "cs": "to je se na co že jsem ne jak ale tak mě si by jsi už ten jsme není když můžu tady",
        "hu": "a az nem hogy és egy van mi csak ez de meg is azt mit nekem igen vagy kell ezt",
        "ro": "nu să ce de este în la și un mai am pe e o cu şi că ai din pentru asta sunt",
        "tr": "bir bu ne ve için değil ben çok var mi o da de sen evet ama beni şey kadar",
        "hr": "je da ne se to u si što sam na ja ti nije šta kako samo za ali ovo bi nisam dobro",
    }.items()
}
_LETTERS = {
    "ы": "ru",
    "э": "ru",
    "ё": "ru",
    "\u0456": "uk",
    "ї": "uk",
    "є": "uk",
    "ў": "be",
    "ђ": "sr",
}
_SCRIPTS = (
    # a tag, its letters, and the share of all letters from which on they tell it
    ("ja", "[\u3040-\u30ff]", 0.1),
    ("ko", "[\uac00-\ud7af]", 0.4),
    ("zh", "[\u4e00-\u9fff]", 0.4),
    ("el", "[\u0370-\u03ff]", 0.4),
    ("he", "[\u0590-\u05ff]", 0.4),
    ("ar", "[\u0600-\u06ff]", 0.4),
    ("th", "[\u0e00-\u0e7f]", 0.4),
    ("ru", "[\u0400-\u04ff]", 0.4),
)
_KIN = ("hr bs sr sl", "cs sk", "da no", "es ca eu", "bg mk", "ru be", "id ms", "ar fa")
"""Languages that the small words and letters above do not tell apart for certain."""

_SAMPLE_CUES = 100
_SHARE_MIN = 0.08  # of the words of running dialogue that are small words, seen 0.2 to 0.4
_LEAD_MIN = 2
_WORDS_MIN = 12


def guess_language(cues: Sequence[Cue]) -> Language | None:
    """Guess the language of dialogue.

    Returns:
        A tag where the text leaves little doubt, else `None`.
    """
    text = _sample_text(cues)
    if not text.isascii():
        letters = len(re.findall(r"[^\W\d_]", text))
        for tag, script, least in _SCRIPTS:
            if len(re.findall(script, text)) > least * letters:
                return _tell_cyrillic(text) if tag == "ru" else tag
    return _tell_latin(re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", text.replace("\u2019", "'")))


def is_kin(one: Language, other: Language) -> bool:
    """Whether two tags are the same language or too close to be told apart by a guess."""
    return one == other or any(one in kin.split() and other in kin.split() for kin in _KIN)


def _sample_text(cues: Sequence[Cue]) -> str:
    """Take cues from all over the track, for openings are often in another language."""
    step = max(1, len(cues) // _SAMPLE_CUES)
    return "\n".join(cue.spoken[:200] for cue in cues[::step][: 2 * _SAMPLE_CUES]).lower()


def _tell_cyrillic(text: str) -> Language | None:
    """Tell the languages in Cyrillic apart by letters that only one of them has."""
    counts = Counter(_LETTERS[letter] for letter in text if letter in _LETTERS)
    counts["bg"] += text.count("ъ") * (counts["ru"] == 0) // 2
    (first, most), *others = [*counts.most_common(2), ("", 0)]
    return first if most > 2 * others[0][1] else None


def _tell_latin(words: list[str]) -> Language | None:
    """Tell the language that has the most small words in a text, if it leads clearly."""
    if len(words) < _WORDS_MIN:
        return None
    counts = Counter(words)
    ranked = sorted(_WORDS, key=lambda tag: -_count(counts, _WORDS[tag]))
    best, second = _WORDS[ranked[0]], _WORDS[ranked[1]]
    is_much = _count(counts, best) >= _SHARE_MIN * len(words) and len(best & set(counts)) > 3
    # of two that share words (Danish, Norwegian) those count that only one has
    leads = _count(counts, best - second) >= _LEAD_MIN * _count(counts, second - best)
    return ranked[0] if is_much and leads else None


def _count(counts: Counter[str], words: frozenset[str]) -> int:
    return sum(counts[word] for word in words)
