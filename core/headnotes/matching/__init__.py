"""Tokens of the dialogue, terms, and the token spans that terms match.

Pure functions over text; nothing here knows topics, notes or moments.
"""

from headnotes.matching.folding import (
    find_words,
    fold_spellings,
    fold_word,
    is_unspaced,
    split_words,
)
from headnotes.matching.keeping import prepare_matcher
from headnotes.matching.matcher import Matcher, Run, Spans, Tokens, TokenSpan, tokenize
from headnotes.matching.terms import Term, parse_term, without_punctuation

__all__ = [
    "Matcher",
    "Run",
    "Spans",
    "Term",
    "TokenSpan",
    "Tokens",
    "find_words",
    "fold_spellings",
    "fold_word",
    "is_unspaced",
    "parse_term",
    "prepare_matcher",
    "split_words",
    "tokenize",
    "without_punctuation",
]
