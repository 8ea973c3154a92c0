"""What is printed as PDF: the situation report, pass sheets, manifests, walk-in slips. Typst sets the pages.

The layouts are in `layouts/`; values reach them as JSON, so that no text of a list is ever read as markup.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

import segno

from safepassage.core.exchange.figures import derive_figures
from safepassage.core.exchange.sheets import manifest_cells, manifest_title
from safepassage.core.exchange.values import Manifest, ManifestRow, PaperPack, PassSheet, SituationReport, Spoken

ARABIC_FONTS = ("Vazirmatn", "Noto Naskh Arabic", "Noto Sans Arabic", "DejaVu Sans")
"""Families with the letters of Dari and Pashto; the first ships with the built assets."""
FAMILIES = (ARABIC_FONTS[0], "Noto Sans", *ARABIC_FONTS[1:], "Libertinus Serif")
"""In order of preference: each letter comes from the first that has it."""
RIGHT_TO_LEFT = ("fa", "ps", "ar", "ur")
BANDS = ("2-11", "12-17", "18-59", "60+", "?")
"""As printed on a slip, after the band of those under 2."""
EVIDENCE = ("passport", "visa", "residence", "case", "letter", "none")
_MANIFEST_HEAD = (
    "col_number", "col_name", "col_name_arabic", "col_sex", "col_born", "col_nationality", "col_document",
    "col_needs", "col_party", "col_on_board",
)  # fmt: skip
"""The words over the columns of a printed manifest, in the order of `MANIFEST_COLUMNS` without the person's id."""
_MANIFEST_PLAIN = (1, 4, 5, 6, 8)
"""Columns that run from left to right in every language: Latin name, birth, nationality, document, party."""
LEFT_TO_RIGHT, FIRST_STRONG, END_OF_ISOLATE = "\u2066", "\u2068", "\u2069"
_MASK = 3
"""Sealed text looks random, so that no mask suits it better than another; trying all eight costs five times more."""
_STILL = datetime(2000, 1, 1, tzinfo=UTC)


def print_report(report: SituationReport, *, fonts: Sequence[Path] = ()) -> bytes:
    """The situation report as a one-page A4 PDF.

    Args:
        report: The figures.
        fonts: Folders with further fonts. If one has Arabic script, the system's own are not looked at, so that
            every machine sets the same page.
    """
    figures = derive_figures(report)
    most = max((people for _, people in figures.stages), default=1)
    headline = [("People known", figures.people), ("Of them seen", figures.seen)]
    headline += list(zip(figures.groups, figures.totals, strict=True))
    data: dict[str, Any] = {
        "title": f"Situation report: {report.operation}",
        "as_of": f"As of {report.as_of:%Y-%m-%d %H:%M %Z}. Everyone known counts once.",
        "headline": [(name, f"{number:,}") for name, number in headline if number or name in {"Lost", "Left behind"}],
        "groups": figures.groups,
        "categories": [_told((name, *groups, people, seen)) for name, groups, people, seen in figures.categories],
        "totals": _told(("All", *figures.totals, figures.people, figures.seen)),
        "stages": [(stage, f"{people:,}", round(100 * people / most)) for stage, people in figures.stages],
        "tables": [
            _table("Next departures", ("Leg", "Seats", "Booked"), figures.departures),
            _table("Refused at a point", ("Reason", "Times"), figures.refused),
            _table("Waiting for somebody", ("What", "How many"), figures.alarms),
            _table("Head counts that differ", ("Place", "Counted", "Derived", "Owner"), figures.discrepancies),
            _table("Left behind", ("Next step", "People"), figures.left_behind),
        ],
        "notes": [note[:160] for note in report.notes[:3]],
        "more": "; ".join(f"{number} further {what}" for what, number in figures.more),
    }
    return _set("report", data, fonts, at=report.as_of)


def print_passes(passes: Iterable[PassSheet], *, title: str, fonts: Sequence[Path] = ()) -> bytes:
    """One PDF batch of pass sheets, two to a page, with lines to cut and to tear along."""
    sheets = [
        {
            "qr": _draw(one.text),
            "label": one.label,
            "code": one.code,
            "watched_code": one.watched_code,
            "place": one.place,
            "when": one.when,
            "heads": one.heads,
            "directions": _spoken(one.directions),
            "carry": _spoken(one.carry),
            "learn": _spoken(one.learn),
            "about_codes": _spoken(one.about_codes),
        }
        for one in passes
    ]
    return _set("passes", {"title": title, "passes": sheets}, fonts)


def print_manifest(manifest: Manifest, *, fonts: Sequence[Path] = ()) -> bytes:
    """A manifest as PDF, family by family, for whoever counts heads with a pen.

    Title and page x of y stand on every page, who may see it at the foot of each.
    """
    families: list[list[ManifestRow]] = []
    for row in manifest.rows:
        if families and families[-1][0].party == row.party:
            families[-1].append(row)
        else:
            families.append([row])
    words = paper_words(manifest.language)
    told = {"leg": isolated(manifest.leg), "version": manifest.version, "people": len(manifest.rows)}
    is_english = manifest.language[:2] == "en"
    ends = {"vehicle": manifest.vehicle, "start": manifest.start, "end": manifest.end, "departs": manifest.departs}
    if not is_english:
        ends = {name: isolated(text) for name, text in ends.items()}
    data = {
        **_in_language(manifest.language),
        "title": manifest_title(manifest) if is_english else words["manifest"].format(**told),
        "line": words["leg_line"].format(**ends, heads=len(manifest.rows)),
        "about": manifest.about,
        "audience": manifest.audience,
        "marks": f"{words['birth_marks']} {words['name_marks']}",
        "head": [words[name] for name in _MANIFEST_HEAD],
        "families": [[_manifest_cells(row, is_english=is_english) for row in family] for family in families],
    }
    return _set("manifest", data, fonts)


def _manifest_cells(row: ManifestRow, *, is_english: bool) -> list[str]:
    """The cells of a row; what is in Latin letters or figures runs from left to right in every language."""
    cells = [str(row.number), *manifest_cells(row)]
    if is_english:
        return cells
    return [
        f"{LEFT_TO_RIGHT}{cell}{END_OF_ISOLATE}" if at in _MANIFEST_PLAIN and cell else cell
        for at, cell in enumerate(cells)
    ]


def print_slips(
    *, operation: str, first: int, how_many: int, language: str = "en", fonts: Sequence[Path] = ()
) -> bytes:
    """Blank walk-in slips as PDF, numbered from `first`: heads by age band and sex, evidence seen, a stub to keep.

    The numbers are those of `walk-ins` events (`w-0001`), so that a slip is keyed in later under its own id.
    """
    numbers = [f"w-{number:04d}" for number in range(first, first + how_many)]
    return _set("slips", _slips(operation, numbers, language), fonts)


def isolated(text: str) -> str:
    """A text that keeps its own direction inside a sentence of another script (UAX #9, first strong isolate)."""
    is_figure = not any(sign.isalpha() for sign in text)
    return f"{LEFT_TO_RIGHT if is_figure else FIRST_STRONG}{text}{END_OF_ISOLATE}"


def paper_words(language: str) -> dict[str, str]:
    """The words of forms in a language (`en`, `fa-af`, `ps`), in English where there are none.

    Dari and Pashto were translated by a machine, as docs/translations.md says; nobody has approved them yet.
    """
    told = resources.files("safepassage.core.exchange").joinpath("layouts", "words.json").read_text(encoding="utf-8")
    words: dict[str, dict[str, str]] = json.loads(told)
    return words.get(language[:2], words["en"])


def _in_language(language: str) -> dict[str, Any]:
    """What a layout needs to set a form in a language: its words, and which way it runs."""
    return {"words": paper_words(language), "lang": language[:2], "rtl": language[:2] in RIGHT_TO_LEFT}


def _slips(operation: str, numbers: Sequence[str], language: str) -> dict[str, Any]:
    words = paper_words(language)
    return {
        **_in_language(language),
        "title": f"Walk-in slips {operation}",
        "operation": operation,
        "numbers": numbers,
        "codes": {number: _draw(number) for number in numbers},
        "bands": (words["under_2"], *BANDS),
        "evidence": [words[name] for name in EVIDENCE],
    }


def print_pack(pack: PaperPack, *, fonts: Sequence[Path] = ()) -> bytes:
    """A whole paper pack as one PDF: cover, passes of the point, boarding lists, tallies, walk-in slips.

    Everything that is keyed in later stands under its number: the code of a pass, leg and version of a list, `t-…`
    and `w-…` with the number of the pack. No name is on it.
    """
    words = paper_words(pack.language)
    data: dict[str, Any] = {
        **_in_language(pack.language),
        "title": f"{words['pack']} {pack.number} {pack.operation}",
        "number": pack.number,
        "place": pack.place,
        "about": pack.about,
        "audience": pack.audience,
        "contents": [
            (words["passes_title"], f"{len(pack.passes)}", words["beside"]),
            (words["boarding_lists"], f"{len(pack.legs)}", ", ".join(one.number for one in pack.legs)),
            (words["quarter_hours"], f"{len(pack.tallies)}", _span(pack.tallies, words["to"])),
            (words["slips"], f"{len(pack.slips)}", _span(pack.slips, words["to"])),
        ],
        "passes": [asdict(one) for one in pack.passes],
        "legs": [asdict(one) for one in pack.legs],
        "tallies": pack.tallies,
    }
    if pack.slips:
        data["slips"] = _slips(pack.operation, pack.slips, pack.language)
    return _set("pack", data, fonts, then="slips" if pack.slips else "")


def _span(numbers: Sequence[str], to: str) -> str:
    return f"{numbers[0]} {to} {numbers[-1]}" if numbers else ""


def draw_pass(text: str, *, scale: int = 8) -> bytes:
    """The QR of a pass as PNG; `scale` is the width of a module in pixels."""
    buffer = io.BytesIO()
    segno.make_qr(text, error="m", mask=_MASK).save(buffer, kind="png", scale=scale, border=4)
    return buffer.getvalue()


def _draw(text: str) -> str:
    buffer = io.BytesIO()
    segno.make_qr(text, error="m", mask=_MASK).save(buffer, kind="svg", border=4, xmldecl=False, svgns=True)
    return buffer.getvalue().decode()


def _spoken(sayings: Iterable[Spoken]) -> list[dict[str, Any]]:
    return [
        {
            "lang": one.language[:2],
            "rtl": one.language[:2] in RIGHT_TO_LEFT,
            "lines": [line for line in one.text.splitlines() if line.strip()],
        }
        for one in sayings
    ]


def _told(row: Iterable[str | int]) -> list[str]:
    return [f"{value:,}" if isinstance(value, int) else value for value in row]


def _table(title: str, head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> dict[str, Any]:
    return {"title": title, "head": head, "rows": [_told(row) for row in rows]}


def _set(
    layout: str, data: Mapping[str, Any], fonts: Sequence[Path], *, at: datetime = _STILL, then: str = ""
) -> bytes:
    """The PDF of a layout. The same values make the same bytes: the file's time is that of what it says.

    `then`: a second layout that follows in the same file, with the values under its own name.
    """
    import typst

    source = _layout(layout)
    folders, families = _families(fonts)
    if then:
        source += f"\n#let data = (fonts: data.fonts, ..data.{then})\n{_body(then)}"
    compiler: Any = typst.Compiler(source.encode(), font_paths=folders, ignore_system_fonts=bool(folders))  # type: ignore[misc]
    pdf = compiler.compile(
        format="pdf",
        sys_inputs={"data": json.dumps({**data, "fonts": families}, ensure_ascii=False)},
        timestamp=at.astimezone(UTC).replace(microsecond=0),
    )
    if not isinstance(pdf, bytes):  # a layout is one document
        raise TypeError("typst gave no single document")
    return pdf


def _layout(name: str) -> str:
    return resources.files("safepassage.core.exchange").joinpath("layouts", f"{name}.typ").read_text(encoding="utf-8")


def _body(name: str) -> str:
    """A layout without the lines by which it would be a document of its own."""
    lines = _layout(name).splitlines()
    return "\n".join(line for line in lines if not line.startswith(("#let data", "#set document")))


def _families(fonts: Sequence[Path]) -> tuple[list[str], list[str]]:
    """The folders that hold a font with Arabic script, and families to set with; no such folder: the system's."""
    import typst

    folders = [str(folder) for folder in fonts]
    found = set(typst.Fonts(include_system_fonts=False, font_paths=folders).families())
    if not found & set(ARABIC_FONTS):
        folders, found = [], set(typst.Fonts(include_system_fonts=True).families())
    return folders, [family for family in FAMILIES if family in found]
