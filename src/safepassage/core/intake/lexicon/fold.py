"""One form for headers and code words, whatever their script, spelling or casing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ې": "ی", "ۍ": "ی", "ئ": "ی", "ك": "ک", "ګ": "گ", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ء": "", "ـ": "", "\u200c": " ", "\u200d": "", "\u200e": "",
        "\u200f": "", "’": "'", "ʼ": "'", "`": "'", "ß": "ss", "ł": "l", "ø": "o", "ı": "i", "_": " ",
    }
)  # fmt: skip
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LETTER_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_POSSESSIVE = re.compile(r"'s?\b|\bs'")
_NO_WORD = re.compile(r"[^\w]+")


@lru_cache(maxsize=65_536)
def fold_words(text: str) -> tuple[str, ...]:
    """The words of a header or a code, folded: lower case, no marks, letters and digits apart."""
    text = _CAMEL.sub(" ", text[:300].replace("WhatsApp", "Whatsapp"))
    text = unicodedata.normalize("NFKD", text)
    text = "".join(sign for sign in text if not unicodedata.combining(sign) or sign == "\u0654")
    text = unicodedata.normalize("NFKC", text.replace("\u0654", "").translate(_LETTERS)).casefold()
    text = _LETTER_DIGIT.sub(" ", _POSSESSIVE.sub(" ", text))
    return tuple(_plain_digits(word) for word in _NO_WORD.sub(" ", text).split())


def fold_phrase(text: str) -> str:
    """The folded words with single blanks between."""
    return " ".join(fold_words(text))


def _plain_digits(word: str) -> str:
    if not word.isdecimal():
        return word
    return "".join(str(unicodedata.decimal(sign)) for sign in word)
