"""Prints and pages: one page, every figure, nothing of a list read as markup."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from importlib import resources
from zoneinfo import ZoneInfo

import pytest

from safepassage.core.exchange import (
    Manifest,
    ManifestRow,
    PackLeg,
    PackLine,
    PackPass,
    PaperPack,
    PassSheet,
    SituationReport,
    Spoken,
    draw_pass,
    paper_words,
    print_manifest,
    print_pack,
    print_passes,
    print_report,
    print_slips,
    write_report_page,
)
from safepassage.core.exchange.figures import GROUPS, MAX_LINES, derive_figures
from safepassage.core.exchange.prints import _MANIFEST_HEAD
from safepassage.core.exchange.sheets import MANIFEST_COLUMNS, MARKS
from safepassage.core.ledger import CountRow, Stage

LAYOUTS = resources.files("safepassage.core.exchange").joinpath("layouts")
AS_OF = datetime(2021, 8, 25, 14, 0, tzinfo=UTC)
EVERYTHING = SituationReport(
    "Kabul 2021",
    AS_OF,
    (
        *(CountRow(f"category-{number}", stage, 1000, 10) for number in range(30) for stage in Stage),
        CountRow("unknown", Stage.KNOWN, 7, 0),
    ),
    departures=(("c17-1", 400, 380),) * 20,
    refused=tuple((f"code-{number}", number) for number in range(20)),
    alarms=tuple((f"alarm-{number}", number) for number in range(20)),
    discrepancies=(("c17-1", 399, 400, "loadmaster"),) * 20,
    left_behind=tuple((f"step-{number}", number) for number in range(20)),
    notes=("A long note that goes on and on. " * 20,) * 9,
)
NOTHING = SituationReport("Kabul 2021", AS_OF, ())
PASS = PassSheet(
    "ABC123" * 45, "0001", "KODU-7391", "Old school", "Tue 24 Aug 08:00", watched_code="MIRA-2210", heads=5
)


def pages(pdf: bytes) -> int:
    """Pages of a PDF made by Typst, whose page objects stand in plain text."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_the_situation_report_is_one_page_on_a_machine_with_no_fonts_of_its_own(monkeypatch):
    monkeypatch.setattr("safepassage.core.exchange.prints.FAMILIES", ("Libertinus Serif",))
    assert pages(print_report(EVERYTHING)) == 1


def test_every_stage_stands_in_exactly_one_group():
    assert sorted(stage for _, members in GROUPS for stage in members) == sorted(Stage)


@pytest.mark.parametrize("report", [EVERYTHING, NOTHING], ids=["everything", "nothing"])
def test_the_situation_report_is_one_page_however_much_there_is(report):
    pdf = print_report(report)
    assert pdf.startswith(b"%PDF-")
    assert pages(pdf) == 1


def test_a_report_tells_the_moment_on_the_clock_of_its_operation():
    kabul = replace(NOTHING, as_of=AS_OF.astimezone(ZoneInfo("Asia/Kabul")))
    assert pages(print_report(kabul)) == 1
    assert "As of 2021-08-25 18:30 +0430" in write_report_page(kabul)


def test_a_report_of_this_very_microsecond_prints():
    assert pages(print_report(replace(NOTHING, as_of=AS_OF.replace(microsecond=123456)))) == 1


def test_figures_add_up_to_the_people_known_and_what_is_cut_is_told():
    figures = derive_figures(EVERYTHING)
    assert figures.people == sum(row.people for row in EVERYTHING.counts)
    assert sum(figures.totals) == figures.people
    assert sum(people for _, _, people, _ in figures.categories) == figures.people
    assert figures.categories[-1][0] == "unknown"
    assert len(figures.refused) == MAX_LINES
    assert dict(figures.more)["reasons of refusal"] == 20 - MAX_LINES
    assert figures.refused[0] == ("code-19", 19)


def test_the_page_is_self_contained_and_shows_unknown():
    page = write_report_page(EVERYTHING)
    assert "unknown" in page
    assert "<script" not in page
    assert "http" not in page
    assert f"{derive_figures(EVERYTHING).people:,}" in page


def test_no_text_of_the_report_is_read_as_markup():
    report = SituationReport("<b>x", AS_OF, (), notes=("<script>alert(1)</script>",), alarms=(('"><img>', 1),))
    page = write_report_page(report)
    assert "<script>" not in page
    assert "<img>" not in page
    assert "&lt;b&gt;x" in page
    assert pages(print_report(SituationReport("#panic() $x", AS_OF, (), notes=("#read(1) ] [", "*")))) == 1


def test_passes_are_printed_two_to_a_page():
    assert [pages(print_passes([PASS] * number, title="Batch")) for number in (1, 2, 3)] == [1, 1, 2]


def test_a_pass_in_dari_is_set_from_right_to_left_without_a_warning():
    said = (Spoken("fa-af", "ساعت هشت صبح در دروازه باشید.\nبا هم بیایید."), Spoken("en", "Be at the gate at eight."))
    sheet = PassSheet("ABC", "1", "KODU-1", directions=said, carry=said, learn=said, about_codes=said)
    assert pages(print_passes([sheet], title="Batch")) == 1


def test_a_manifest_takes_any_name_and_numbers_its_pages():
    rows = tuple(ManifestRow(number, "P-1", "F-1", "#panic() $x کریم") for number in range(1, 45))
    assert pages(print_manifest(Manifest("bus-1", 1, "Bus", "North", "Gate", "14:00", rows))) == 2


@pytest.mark.parametrize("language", ["en", "fa-af", "ps"])
def test_a_manifest_of_each_language_has_the_same_pages(language):
    rows = tuple(
        ManifestRow(number, "P-1", f"F-{number // 4}", "Karim", name_arabic="کریم") for number in range(1, 45)
    )
    made = print_manifest(Manifest("bus-1", 1, "Bus", "North", "Gate", "14:00", rows, language=language))
    assert pages(made) == 2
    assert language == "en" or made != print_manifest(Manifest("bus-1", 1, "Bus", "North", "Gate", "14:00", rows))


def test_an_english_manifest_on_paper_says_what_the_workbook_says():
    words = paper_words("en")
    head = [words[name] for name in _MANIFEST_HEAD]
    assert head == [name for name, _ in MANIFEST_COLUMNS if name != "Person"]
    assert f"{words['birth_marks']} {words['name_marks']}" == MARKS


@pytest.mark.parametrize("language", ["fa-af", "ps"])
def test_forms_are_set_in_the_language_of_whoever_fills_them_in(language):
    words, english = paper_words(language), paper_words("en")
    assert words.keys() == english.keys()
    assert all(one.strip() for one in words.values())
    assert not {*words.values()} & {*english.values()}
    for name, text in english.items():
        assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", words[name])), name
    slips = print_slips(operation="Kabul", first=7, how_many=3, language=language)
    assert pages(slips) == 1
    assert slips != print_slips(operation="Kabul", first=7, how_many=3)
    assert paper_words("fr") == english


@pytest.mark.parametrize("language", ["en", "fa-af", "ps"])
def test_a_pack_of_each_language_has_the_same_pages(language):
    pack = PaperPack(
        3, "kabul-test", "North gate", "Printed now", "Officers",
        (PackPass("abcd-efgh-jkmnp", "12 Mar 10:00 - 12:00", 3),),
        (PackLeg("c17-1:v1", "BUS-1", (PackLine(1, "PT-ABC", "abcd-efgh-jkmnp", 3),)),),
        ("t-3-001",), ("w-3-001",), language=language,
    )  # fmt: skip
    assert pages(print_pack(pack)) == 5


def test_no_word_of_a_layout_of_forms_stands_in_the_layout_itself():
    for name in ("slips", "pack", "manifest"):
        text = LAYOUTS.joinpath(f"{name}.typ").read_text(encoding="utf-8")
        shown = re.findall(r"\[([A-Z][a-z]+(?: [a-z]+)*)\]", re.sub(r"//.*", "", text))
        assert shown == [], name


def test_slips_are_numbered_on_from_the_first_three_to_a_page():
    assert pages(print_slips(operation="Kabul", first=7, how_many=3)) == 1
    assert pages(print_slips(operation="Kabul", first=7, how_many=4)) == 2


def test_the_same_values_make_the_same_bytes():
    assert print_passes([PASS], title="Batch") == print_passes([PASS], title="Batch")
    assert print_report(NOTHING) == print_report(NOTHING)


def test_the_qr_on_screen_is_a_png_of_the_scale_asked_for():
    png = draw_pass("ABC123", scale=4)
    assert png.startswith(b"\x89PNG")
    width = int.from_bytes(io.BytesIO(png[16:20]).read(), "big")
    assert width == (21 + 8) * 4
