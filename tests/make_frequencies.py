"""Make the table of common words of a language from wordfreq's lists.

    pip install wordfreq && python tests/make_frequencies.py TAG...

writes `common_words.TAG.txt` beside the language's data file: a line for each tenth of the Zipf
value, the highest first, with the folded words that have it. Words that fold to one form count
together.

A table ends at 3.5, or lower: where no more of running text is left unlisted than `MOST_UNLISTED`
times what the English table leaves. So a word that is not listed says as much in a language with
many forms of each word as in one with few. The German table ends at 3.5, as its topics were written
with it. The data are wordfreq's, under CC BY-SA 4.0.
"""

from __future__ import annotations

import math
import re
import sys
from collections import defaultdict
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from wordfreq import get_frequency_dict

from headnotes.languages import language_data
from headnotes.matching import fold_word, is_unspaced, split_words

FOLDER = Path(__file__).parents[1] / "core" / "headnotes" / "languages"

HIGHEST_END = 35
MOST_UNLISTED = 1.0
END_OF = {"en": HIGHEST_END, "de": HIGHEST_END}


def sum_up(tag: str) -> Mapping[str, float]:
    """Return how large a part of running text each folded word of a language is."""
    together: dict[str, float] = defaultdict(float)
    for word, frequency in get_frequency_dict(tag, wordlist="best").items():
        folded = fold_word(word, tag)
        if "".join(split_words(folded)) == folded and not re.search(r"\d", folded):
            together[folded] += frequency
    return together


def find_end(frequencies: Mapping[str, float]) -> int:
    """Return ten times the Zipf value at which a table may end."""
    most = MOST_UNLISTED * unlisted(sum_up("en"), HIGHEST_END)
    return next(end for end in range(HIGHEST_END, 0, -1) if unlisted(frequencies, end) <= most)


def unlisted(frequencies: Mapping[str, float], end: int) -> float:
    """Return the part of all listed text that is rarer than a value."""
    listed = sum(share for share in frequencies.values() if _tenths(share) >= end)
    return 1 - listed / sum(frequencies.values())


def _tenths(share: float) -> float:
    return 10 * math.log10(share * 1e9)


def make_table(tag: str) -> str:
    """Return the rows of a language's table."""
    frequencies = sum_up(tag)
    end = END_OF.get(tag) or find_end(frequencies)
    is_latin = not language_data(tag).characters
    # Of one letter none is listed, as no term is. In a phrase it counts as rare, and with it the
    # phrase: to count "I" and "a" as common lost one scene in a hundred and spared no wrong place.
    common = {
        word: round(_tenths(share))
        for word, share in frequencies.items()
        if _tenths(share) >= end
        and (len(word) > 1 or is_unspaced(word))
        and (word.isascii() == is_latin or (is_latin and tag not in END_OF))
    }
    rows = sorted((-value, word) for word, value in common.items())
    return "".join(
        f"{-value} {' '.join(word for _, word in group)}\n"
        for value, group in groupby(rows, key=lambda row: row[0])
    )


if __name__ == "__main__":
    for given in sys.argv[1:]:
        path = FOLDER / f"common_words.{given}.txt"
        path.write_text(make_table(given), encoding="utf-8")
        sys.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes\n")
