"""Names in two scripts: folding, tokens, one phonetic skeleton, a similarity with reasons."""

from safepassage.core.names.compare import similarity
from safepassage.core.names.marks import marked_skeleton
from safepassage.core.names.romanise import transliterate
from safepassage.core.names.tokens import fold, skeleton, tokens, without_placeholders
from safepassage.core.names.values import NameReason, NameSimilarity, NameToken, TokenKind

__all__ = [
    "NameReason",
    "NameSimilarity",
    "NameToken",
    "TokenKind",
    "fold",
    "marked_skeleton",
    "similarity",
    "skeleton",
    "tokens",
    "transliterate",
    "without_placeholders",
]
