"""Text without a mark is read in the code page in which its letters make sense."""

from __future__ import annotations

import pytest

from core.intake.made import FAMILY, HEADER, table, take
from safepassage.core.intake import WarningCode
from safepassage.core.intake.encoding import decode

FRENCH = "Nom;Prénom;Né(e) le\r\nÉprouvé;Hélène;1980\r\nInventé;Noël;1990\r\nFrançois;Zoé;1970\r\n"
GERMAN = "Name;Straße\r\nMüller;Größe\r\nJäger;Köln\r\nÖzlem;Weiß\r\n"
SPANISH = "Nombre;Año\r\nMuñoz;niño\r\nPeña;España\r\nGarcía;León\r\n"
TURKISH = "Adı;Soyadı\r\nŞükrü;Yıldız\r\nGülşen;Çağlar\r\nİbrahim;Doğan\r\n"
DARI = "نام;نام پدر;ولايت\r\nاحمد;کريم;کابل\r\nفاطمه;غلام;هرات\r\nپلوشه;گلالي;ژاله\r\n"
ARABIC = "الاسم;اسم الأب;المدينة\r\nأحمد;محمود;بغداد\r\nفاطمة;حسن;البصرة\r\n"
MIXED = "Name;نام\r\nAhmad;احمد\r\nZahra;زهرا\r\n"
UKRAINIAN = "Прізвище;Ім’я\r\nШевченко;Тарас\r\nКоваленко;Марія\r\n"
RUSSIAN = "Фамилия;Имя\r\nИванов;Пётр\r\nСмирнова;Ольга\r\n"
POLISH = "Imię;Nazwisko\r\nŁukasz;Wiśniewski\r\nŻaneta;Dąbrowska\r\n"
SIGNS = "Name;Note\r\nKarim;“wife” – can’t walk\r\nOmid;children’s ages…\r\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((text, page) for text in (FRENCH, GERMAN, SPANISH, SIGNS) for page in ("cp1252", "mac_roman")),
        *((text, "iso8859_1") for text in (FRENCH, GERMAN, SPANISH)),
        (FRENCH, "cp850"),
        (TURKISH, "cp1254"),
        (DARI, "cp1256"),
        (ARABIC, "cp1256"),
        (MIXED, "cp1256"),
        (ARABIC, "iso8859_6"),
        (ARABIC, "cp720"),
        (UKRAINIAN, "cp1251"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "cp866"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        *((text, page) for text in (FRENCH, DARI, ARABIC, MIXED, RUSSIAN) for page in ("utf-16-le", "utf-16-be")),
    ],
)
def test_letters_come_out_as_they_were_written(text: str, encoding: str) -> None:
    read = decode(text.encode(encoding))
    assert read.text == text
    assert read.is_guess


def test_western_letters_are_never_reported_as_an_arabic_page() -> None:
    for text in (FRENCH, GERMAN, SPANISH, SIGNS, "Name\r\nKöln\r\n", "Name\r\nJosé\r\n", "a\r\n‘b’\r\n"):
        assert decode(text.encode("cp1252")).encoding == "cp1252"


def test_the_encoding_that_was_guessed_is_said() -> None:
    batch = take(table(HEADER, *FAMILY, ("9", "René Éprouvé", "Head", "M", "1980", "", ""), encoding="cp1252"))
    (told,) = [one for one in batch.warnings if one.code is WarningCode.ENCODING_GUESSED]
    assert "cp1252" in told.message
    assert batch.listings[-1].name == "René Éprouvé"
