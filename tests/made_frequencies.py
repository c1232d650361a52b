"""Make the table of common words of a language from wordfreq's lists.

    pip install wordfreq && python tests/made_frequencies.py TAG

writes `common_words.TAG.txt` beside the language's data file: folded words of two letters or more
that are ASCII once folded, the commonest first, with ten times their Zipf value, down to 3.5, which
is what a word counts that is not listed. Words that fold to one form count together. The data are
wordfreq's, under CC BY-SA 4.0.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from pathlib import Path

from wordfreq import get_frequency_dict

from headnotes.languages.frequencies import RAREST_ZIPF
from headnotes.matching import fold_word

FOLDER = Path(__file__).parents[1] / "core" / "headnotes" / "languages"


def make_table(tag: str) -> str:
    """Return the rows of a language's table."""
    together: dict[str, float] = defaultdict(float)
    for word, frequency in get_frequency_dict(tag, wordlist="best").items():
        folded = fold_word(word)
        if folded.isascii() and folded.isalpha() and len(folded) > 1:
            together[folded] += frequency
    zipfs = {word: math.log10(share * 1e9) for word, share in together.items()}
    common = [word for word, zipf in zipfs.items() if zipf >= RAREST_ZIPF]
    rows = sorted((-round(zipfs[word] * 10), word) for word in common)
    return "".join(f"{word} {-value}\n" for value, word in rows)


if __name__ == "__main__":
    (tag,) = sys.argv[1:]
    (FOLDER / f"common_words.{tag}.txt").write_text(make_table(tag), encoding="ascii")
