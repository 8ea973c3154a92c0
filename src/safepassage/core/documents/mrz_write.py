"""Writes a machine-readable zone, every check digit computed anew."""

from __future__ import annotations

from safepassage.core.dates import PartialDate, Precision
from safepassage.core.documents.mrz import CONTINUED, LAYOUTS, Layout, Mrz, Span, check_digit
from safepassage.core.documents.mrz_names import to_mrz_letters
from safepassage.core.errors import Problems
from safepassage.core.people import Sex

_SEXES = {Sex.FEMALE: "F", Sex.MALE: "M"}
_LONGEST_NUMBER = {"td1": 22, "td2": 14}
"""Nine characters and the optional data's, less the check digit and a filler."""


def write_mrz(mrz: Mrz) -> tuple[str, ...]:
    """The lines of a zone; `lines`, `checks` and `repairs` of the value are not looked at.

    Names in other letters are transliterated by Doc 9303-3, section 6; a name too long for its field is cut.

    Raises:
        ProblemsError: if a field does not fit its format.
    """
    layout = LAYOUTS[mrz.format]
    texts = _texts(mrz, layout)
    _refuse_misfits(texts, layout, mrz)
    grid = [["<"] * layout.width for _ in range(layout.lines)]
    for name, span in layout.fields.items():
        _put(grid, span, texts[name])
    for name, at in layout.checked:
        field = layout.fields[name].of(_lines(grid))
        is_continued = name == "number" and mrz.format in CONTINUED and len(mrz.number) > 9
        is_empty = name == "optional" and not field.strip("<")
        _put(grid, at, "<" if is_continued or is_empty else check_digit(field))
    if layout.composite_check:
        whole = "".join(span.of(_lines(grid)) for span in layout.composite)
        _put(grid, layout.composite_check, check_digit(whole))
    return _lines(grid)


def _texts(mrz: Mrz, layout: Layout) -> dict[str, str]:
    number, optional = mrz.number, list(mrz.optional)
    texts = {
        "document-code": mrz.document_code,
        "issuer": mrz.issuer,
        "nationality": mrz.nationality,
        "birth": _date(mrz.birth),
        "expires": _date(mrz.expires),
        "sex": _SEXES.get(mrz.sex, "<"),
        "name": _name(mrz, layout.fields["name"].end - layout.fields["name"].start),
    }
    if mrz.format in CONTINUED and len(number) > 9:
        texts["number"] = number[:9]
        optional.insert(0, f"{number[9:]}{check_digit(number)}<{''.join(optional[:1])}")
        optional[1:2] = []
    else:
        texts["number"] = number
    texts["optional"] = optional[0] if optional else ""
    if "optional-2" in layout.fields:
        texts["optional-2"] = optional[1] if len(optional) > 1 else ""
    return texts


def _refuse_misfits(texts: dict[str, str], layout: Layout, mrz: Mrz) -> None:
    problems = Problems()
    for name, text in texts.items():
        span = layout.fields[name]
        if len(text) > span.end - span.start:
            problems.add("too-long", f"The field {name} has {span.end - span.start} characters at most.", where=name)
        if any(not (char == "<" or (char.isascii() and (char.isdigit() or char.isupper()))) for char in text):
            problems.add("bad-character", f"The field {name} takes A-Z, 0-9 and < only.", where=name)
    if len(mrz.number) > _LONGEST_NUMBER.get(mrz.format, 9):
        problems.add("too-long", "The number has too many characters for this format.", where="number")
    if len(mrz.optional) > (2 if "optional-2" in layout.fields else 1):
        problems.add("too-many", "This format has no room for so many optional fields.", where="optional")
    problems.raise_if_any("the machine-readable zone")


def _date(stated: PartialDate | None) -> str:
    if stated is None or stated.precision is Precision.AGE:
        return "<<<<<<"
    first = stated.readings[0][0]
    if stated.precision is Precision.YEAR:
        return f"{first:%y}<<<<"
    return f"{first:%y%m}<<" if stated.precision is Precision.MONTH else f"{first:%y%m%d}"


def _name(mrz: Mrz, width: int) -> str:
    surname, given = (to_mrz_letters(text) for text in (mrz.surname, mrz.given))
    whole = f"{surname}<<{given}" if given else surname
    return whole[:width]


def _put(grid: list[list[str]], span: Span, text: str) -> None:
    for offset, char in enumerate(text.ljust(span.end - span.start, "<")):
        grid[span.line][span.start + offset] = char


def _lines(grid: list[list[str]]) -> tuple[str, ...]:
    return tuple("".join(row) for row in grid)
