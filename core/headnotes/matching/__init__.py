"""What the dialogue says: folded words, terms, and the places where terms stand.

Pure functions over text; nothing here knows topics, notes or moments.
"""

from headnotes.languages import zipf_of
from headnotes.matching.folding import fold_word
from headnotes.matching.matcher import Hit, Matcher, Words, words_of
from headnotes.matching.terms import Term, parse_term

__all__ = ["Hit", "Matcher", "Term", "Words", "fold_word", "parse_term", "words_of", "zipf_of"]
