"""Paper packs: what one point needs to work a shift with no phone, in one print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from safepassage.apps.accounts.selectors import account_may, operation_now
from safepassage.apps.gate.printed import MOST_SLIPS, MOST_TALLIES, WHAT, pack_note, packs_exported
from safepassage.apps.movement.manifests import manifest_persons, manifest_read, manifests_of, network_of_manifest
from safepassage.apps.movement.selectors import points_known
from safepassage.apps.outreach.manifest_words import ManifestWords
from safepassage.apps.outreach.sheets import export_note, paper_language_check
from safepassage.apps.passes.fonts import font_folders
from safepassage.apps.passes.orders import passes_unfit
from safepassage.apps.passes.selectors import passes_living, passes_of
from safepassage.core.errors import ForbiddenError, NotFoundError
from safepassage.core.exchange import PackLeg, PackLine, PackPass, PaperPack, paper_words, print_pack
from safepassage.core.ids import PersonId

AHEAD = timedelta(hours=24)
"""A pack lists the passes whose window begins within this time."""


@transaction.atomic
def pack_print(
    *, point: str, legs: Sequence[str], slips: int, tallies: int, account: str, now: datetime, language: str = "en"
) -> tuple[int, bytes]:
    """One pack as PDF, and its number: each print has its own, so that no slip is printed twice. It is an export.

    Args:
        point: Whose passes are listed; empty: none are.
        legs: Whose closed manifests become boarding lists, the newest version of each.
        slips: How many walk-in slips.
        tallies: How many quarter hours.
        account: Who prints it.
        now: When; of passes those of the next day are listed.
        language: Of whoever works with it: `en`, `fa-af`, `ps`.

    Raises:
        ForbiddenError: the account may not, or more is asked for than a pack holds.
        NotFoundError: no manifest of a leg is closed.
    """
    if not account_may(account, "manifest.see"):
        raise ForbiddenError("This account may not print packs.", where="manifest.see")
    paper_language_check(language)
    if not 0 <= slips <= MOST_SLIPS or not 0 <= tallies <= MOST_TALLIES:
        raise ForbiddenError(
            f"A pack holds {MOST_SLIPS} slips and {MOST_TALLIES} quarter hours at most.", advice="Print two packs."
        )
    number = 1 + packs_exported()
    operation, words = operation_now(), paper_words(language)
    living = (
        passes_living(now).filter(access_point=point, window_start__lt=now + AHEAD)
        if point
        else passes_living().none()
    )
    listed = list(living.exclude(id__in=passes_unfit()).order_by("window_start", "short_code"))
    lists = [_leg(leg, words) for leg in dict.fromkeys(legs)]
    named = dict(points_known()).get(point, "") or point
    when = f"{now.astimezone(operation.zone):%Y-%m-%d %H:%M %Z}"
    pack = PaperPack(
        number=number,
        operation=operation.code,
        place=named,
        about=f"{operation.name}. {words['printed'].format(when=when)}",
        audience=ManifestWords(language).audience("manifest.see", "officers_here"),
        passes=tuple(
            PackPass(
                record.short_code,
                f"{record.window_start.astimezone(operation.zone):%d %b %H:%M} – "
                f"{record.window_end.astimezone(operation.zone):%H:%M}",
                record.heads,
            )
            for record in listed
        ),
        legs=tuple(one for one, _ in lists),
        tallies=tuple(f"t-{number}-{place:03d}" for place in range(1, tallies + 1)),
        slips=tuple(f"w-{number}-{place:03d}" for place in range(1, slips + 1)),
        language=language,
    )
    content = print_pack(pack, fonts=font_folders())
    people = [PersonId(person) for record in listed for person in record.persons]
    people += [person for _, aboard in lists for person in aboard]
    pack_note(number=number, point=point, slips=slips, tallies=tallies, now=now)
    export_note(what=WHAT, content=content, persons=people, recipient="gate-team", account=account, now=now)
    return number, content


def legs_closed() -> list[str]:
    """Legs of which a manifest is closed."""
    return list(manifests_of().order_by("leg").values_list("leg", flat=True).distinct())


def _leg(leg: str, words: Mapping[str, str]) -> tuple[PackLeg, list[PersonId]]:
    newest = manifests_of(leg).first()
    if newest is None:
        raise NotFoundError("No manifest of that leg is closed.", where=leg, advice="Close it first.")
    manifest, persons = manifest_read(leg, newest.version), manifest_persons(leg, newest.version)
    network, zone = network_of_manifest(leg, newest.version), operation_now().zone
    found = next(one for one in network.legs if one.id == leg)
    places = {point.id: point.name or point.id for point in network.points}
    codes = {party: record.short_code for party, record in passes_of(persons).items()}
    rows = tuple(PackLine(one.number, one.party, codes.get(one.party, ""), one.heads) for one in manifest.lines)
    vehicle = found.vehicle or found.mode.value
    departs = f"{found.departs.astimezone(zone):%Y-%m-%d %H:%M %Z}"
    ends = {"start": places[found.origin], "end": places[found.destination]}
    line = words["leg_line"].format(vehicle=vehicle, **ends, departs=departs, heads=manifest.heads)
    return PackLeg(f"{leg}:v{newest.version}", line, rows), [one for aboard in persons.values() for one in aboard]
