"""Points, ways and plans."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOVEMENT: dict[str, dict[str, str | Promise]] = {
    "point-kind": {
        "rally-point": _("rally points"),
        "counterpart-checkpoint": _("checkpoint authority"),
        "access-point": _("access points"),
        "control-centre": _("evacuation control centre"),
        "embarkation-point": _("embarkation"),
        "debarkation-point": _("debarkation"),
        "staging-base": _("staging bases"),
        "safe-haven": _("safe havens"),
    },
    "mode": {
        "bus": _("bus"),
        "car": _("car"),
        "foot": _("on foot"),
        "flight": _("flight"),
        "helicopter": _("helicopter"),
        "boat": _("boat"),
        "rail": _("rail"),
    },
    "plan-status": {"draft": _("draft"), "published": _("published"), "superseded": _("superseded")},
    "block": {
        "no-tier": _("no tier"),
        "held": _("held: somebody has to sign off or confirm first"),
        "no-start": _("no leg leaves a point where they can begin"),
        "no-way": _("legs leave, but none leads on"),
        "too-early": _("they can't be there in time"),
        "clearance": _("a leg requires a clearance they do not hold"),
        "destination": _("the way ends where they do not go"),
        "closed": _("a point is closed then"),
        "curfew": _("curfew"),
        "frozen": _("the leg no longer takes anyone"),
        "seats": _("no seats left"),
        "care": _("no place for a wheelchair, stretcher or patient"),
        "throughput": _("the access point lets no more through"),
        "holding": _("no room to wait"),
        "beds": _("no beds at the staging base"),
        "counterpart": _("the checkpoint authority lets no more pass"),
        "reserve": _("seats are kept for a group"),
    },
}
