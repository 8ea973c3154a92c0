"""What a name text says of whom it names."""

from __future__ import annotations

import pytest

from safepassage.core.identity.joined import splits_of, written_of
from safepassage.core.identity.phrases import CHILD, MOTHER, OTHER, WIFE, Said, mended, read_name


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("wife of Karim Testani", WIFE, "Karim Testani"),
        ("W/ JAWEED", WIFE, "JAWEED"),
        ("w/o Karim", WIFE, "Karim"),
        ("MOTHEROF JAWID", MOTHER, "JAWID"),
        ("m/oAbulfazl", MOTHER, "Abulfazl"),
        ("مادر حسن", MOTHER, "حسن"),
        ("baby girl of Husain", CHILD, "Husain"),
        ("BABY", CHILD, ""),
        ("نوزاد", CHILD, ""),
        ("h/o Laila", OTHER, "Laila"),
        ("Sonia Motherwell", 0, "Sonia Motherwell"),
        ("Pesarlay Karim", 0, "Pesarlay Karim"),
    ],
)
def test_a_name_text_names_somebody_or_only_a_relative(text: str, kind: int, name: str) -> None:
    assert (read_name(text).kind, read_name(text).name) == (kind, name)


def test_behind_a_title_of_married_women_may_stand_her_name_or_her_husbands() -> None:
    english, dari = read_name("Mrs. Bilal"), read_name("خانم رامین")
    assert (english.name, english.kind, dari.name) == ("Bilal", 0, "رامین")
    assert english.husbands_from is not None
    assert dari.husbands_from is not None
    assert dari.husbands_from < english.husbands_from
    assert read_name("Bilal") == Said("Bilal")


def test_text_read_in_the_wrong_encoding_is_mended_and_other_text_left_alone() -> None:
    assert mended("زینب کریمی".encode().decode("latin-1")) == "زینب کریمی"
    assert mended("Özlem Ünal") == "Özlem Ünal"
    assert mended("Øystein Bø") == "Øystein Bø"


def test_a_rare_word_that_two_known_ones_make_up_is_divided() -> None:
    words = ["palwasha", "wardak"] * 5 + ["palwashawardak", "wardakian", "palwashaz"]
    assert splits_of(words, written_of(words)) == {"palwashawardak": ("palwasha", "wardak")}


def test_a_frequent_word_is_never_divided() -> None:
    words = ["khuda", "yari", "khudayari"] * 9
    assert splits_of(words, written_of(words)) == {}
