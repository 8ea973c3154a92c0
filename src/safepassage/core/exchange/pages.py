"""The situation report as one self-contained HTML page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from safepassage.core.exchange.figures import Figures, derive_figures
from safepassage.core.exchange.values import SituationReport

_STYLE = """
:root{color-scheme:light dark;--line:#8884;--bar:#2563a8;--weak:#666}
@media (prefers-color-scheme:dark){:root{--bar:#7ab3ef;--weak:#aaa}}
body{font:15px/1.4 system-ui,sans-serif;max-width:62rem;margin:1.5rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin:0}h2{font-size:1rem;margin:1.2rem 0 .3rem}p.as-of{color:var(--weak);margin:.2rem 0 1rem}
.big{display:flex;flex-wrap:wrap;gap:1.5rem;margin:0}.big div{min-width:6rem}.big dt{color:var(--weak)}
.big dd{margin:0;font-size:1.6rem;font-variant-numeric:tabular-nums}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:.2rem .4rem;border-bottom:1px solid var(--line);text-align:end}
th:first-child,td:first-child{text-align:start}
thead th{font-weight:600;vertical-align:bottom}tfoot td{font-weight:600}
.wide-bar{width:45%;text-align:start}
.bar{background:var(--bar);height:.7rem;display:inline-block;min-width:1px}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:0 2rem}
@media print{body{font-size:10px;margin:0;max-width:none}@page{size:A4 landscape;margin:12mm}}
"""


def write_report_page(report: SituationReport) -> str:
    """HTML with its style inside, no script and nothing fetched; light and dark, prints on one page."""
    figures = derive_figures(report)
    moment = f"{report.as_of:%Y-%m-%d %H:%M %Z}"
    title = escape(f"Situation report: {report.operation}")
    notes = "".join(f"<li>{escape(note)}</li>" for note in report.notes)
    more = "; ".join(f"{number} further {what}" for what, number in figures.more)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{_STYLE}</style></head><body>'
        f'<h1>{title}</h1><p class="as-of">As of {moment}. Figures only; everyone known counts once.</p>'
        f"{_headline(figures)}{_categories(figures)}"
        f'<div class="two">{_stages(figures)}'
        f"{_table('Next departures', ('Leg', 'Seats', 'Booked'), figures.departures)}"
        f"{_table('Refused at a point', ('Reason', 'Times'), figures.refused)}"
        f"{_table('Waiting for somebody', ('What', 'How many'), figures.alarms)}"
        f"{_table('Head counts that differ', ('Place', 'Counted', 'Derived', 'Owner'), figures.discrepancies)}"
        f"{_table('Left behind', ('Next step', 'People'), figures.left_behind)}</div>"
        f"{f'<h2>Notes</h2><ul>{notes}</ul>' if notes else ''}"
        f"{f'<p>Not on this page: {escape(more)}.</p>' if more else ''}</body></html>\n"
    )


def _headline(figures: Figures) -> str:
    shown = [("People known", figures.people), ("Of them seen", figures.seen)]
    shown += [pair for pair in zip(figures.groups, figures.totals, strict=True) if pair[0] in _HEADLINES]
    cells = "".join(f"<div><dt>{escape(name)}</dt><dd>{number:,}</dd></div>" for name, number in shown)
    return f'<dl class="big">{cells}</dl>'


_HEADLINES = {"Inside", "Out", "Lost", "Left behind"}


def _categories(figures: Figures) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in ("Category", *figures.groups, "All", "Seen"))
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{_cells((*groups, people, seen))}</tr>'
        for name, groups, people, seen in figures.categories
    )
    foot = f"<tr><td>All</td>{_cells((*figures.totals, figures.people, figures.seen))}</tr>"
    return (
        f'<h2>People by category</h2><div class="wide"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody><tfoot>{foot}</tfoot></table></div>"
    )


def _stages(figures: Figures) -> str:
    most = max((people for _, people in figures.stages), default=1)
    rows = "".join(
        f'<tr><th scope="row">{escape(stage)}</th><td>{people:,}</td>'
        f'<td class="wide-bar"><span class="bar" style="width:{people / most:.0%}"></span></td></tr>'
        for stage, people in figures.stages
    )
    return f"<section><h2>People by stage</h2><table><tbody>{rows}</tbody></table></section>"


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    if not rows:
        return f"<section><h2>{escape(title)}</h2><p>None.</p></section>"
    columns = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = "".join(f'<tr><th scope="row">{escape(str(row[0]))}</th>{_cells(row[1:])}</tr>' for row in rows)
    return (
        f"<section><h2>{escape(title)}</h2><table><thead><tr>{columns}</tr></thead>"
        f"<tbody>{body}</tbody></table></section>"
    )


def _cells(values: Iterable[object]) -> str:
    return "".join(
        f"<td>{format(value, ',') if isinstance(value, int) else escape(str(value))}</td>" for value in values
    )
