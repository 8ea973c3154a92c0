"""What was measured beside what is to be reached, one line each."""

from __future__ import annotations

from typing import Any


def table_of(figures: dict[str, Any]) -> str:
    """The whole of it for a terminal; what wasn't measured has no line."""
    rows = [("measure", "to reach", "this machine", "slowed")]
    quick, slow = figures["phone"], figures["phone_slowed"]
    for name, told, goal in (
        ("code in view to verdict, p95", "verdict_ms_p95", "< 500 ms slowed"),
        ("first load, to the first text", "first_load_ms", "< 2,000 ms slowed"),
        ("unlock", "unlock_ms", "< 3,000 ms"),
        ("lock: nothing shown, key dropped", "dark_ms", "< 200 ms"),
        ("lock: the page has begun anew", "lock_ms", "< 200 ms"),
        ("wipe: from a network to nothing kept", "wipe_ms", "< 1,000 ms"),
        ("  from the start of its page, loaded first", "wipe_from_start_ms", ""),
    ):
        rows.append((name, goal, f"{quick[told]} ms", f"{slow[told]} ms"))
    rows.append(("installed", "< 20 MB", f"{quick['installed_bytes'] / 1e6:.1f} MB", ""))
    squares = figures["squares"]
    share = f"{squares['read_of_readable']} of {squares['readable']}"
    rows.append(("spoilt squares read, of readable ones", ">= 95 %", f"{share}, {squares['wrong']} wrong", ""))
    if "lookups" in figures:
        rows += _of_lookups(figures["lookups"], figures["lookups_slowed"])
    if "zones" in figures:
        rows += _of_zones(figures["zones"], figures["zones_slowed"])
        rows += [(f"  of them {one}", "", told, "") for one, told in figures["zones"]["right_of_each"].items()]
        photos = figures["photos"]
        share = f"{photos['right']} of {photos['images']}, {photos['valid_but_wrong']} wrong"
        rows.append(("photos of whole documents, any way up", "", share, ""))
    means = f"slowed by {slow['means']}: a worker's loop took {slow['worker_loop_slower']} times as long"
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([*lines, "", means])


def _of_lookups(quick: dict[str, Any], slow: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    found, crowds = quick["among_first_3"], quick["collisions"]
    return [
        ("look-up, p95", "< 200 ms slowed", f"{quick['p95_ms']} ms", f"{slow['p95_ms']} ms"),
        ("among the first 3, another spelling", ">= 95 %", f"{found['all']:.1%} of {found['questions']}", ""),
        ("the same, collisions", "apart", f"{crowds['all']:.1%} of {crowds['questions']}", ""),
        ("the same, every question", "", f"{quick['every_question']['all']:.1%}", ""),
    ]


def _of_zones(quick: dict[str, Any], slow: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    return [
        (
            "documents right within 3 s",
            ">= 97 %",
            *(f"{one['right_within_3_s']} of {one['documents']}" for one in (quick, slow)),
        ),
        (
            "documents right, p95",
            "< 2,500 ms slowed",
            *(f"{one['first_right_ms_p95']} ms" for one in (quick, slow)),
        ),
        ("documents valid but wrong", "none", *(str(one["valid_but_wrong"]) for one in (quick, slow))),
    ]
