"""What a policy gives, and whom it moves."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

POLICY: dict[str, dict[str, str | Promise]] = {
    "outcome": {
        "tier": _("in a tier"),
        "unresolved": _("unresolved"),
        "not-eligible": _("not eligible"),
        "waiting": _("not applied to yet"),
        "to-be-asked": _("to be asked"),
        "short-of-seats": _("a member without a seat"),
    },
    "outcome-why": {
        "unresolved": _("A fact is missing: one more could bring them into a tier."),
        "not-eligible": _("No rule of the policy holds for anybody in them."),
        "waiting": _("They became known, or were put together anew, after the policy was applied. Apply it again."),
    },
    "unknown-cause": {
        "erased": _("their data was erased"),
        "list-withdrawn": _("their list was withdrawn, and they stand on no other"),
        "off-list": _("met at a point, and on no list that was taken in"),
        "unconfirmed": _("proposed as a member of a party and confirmed by nobody: no policy places them"),
        "not-applied": _("no policy has been applied since they became known"),
        "seat-kept": _("of a party in a tier; a fact is missing of them, and they keep a seat meanwhile"),
        "nothing-stated": _("no list states a category or a document of theirs"),
        "fact-missing": _("a fact is missing that would decide"),
    },
    "unknown-mend": {
        "list-withdrawn": _("Take in the list that corrects it, or put it back"),
        "off-list": _("Take the walk-in slips in as a list"),
        "unconfirmed": _("Ask the party, and confirm them on its page"),
        "not-applied": _("Apply the policy to everyone"),
        "seat-kept": _("Ask, and write the answer on the party's page"),
        "nothing-stated": _("Say a category of everyone on a list, or take in a fuller one"),
        "fact-missing": _("Look which fact is missing: it stands on the party's page"),
    },
    "answered": {
        "member": _("confirmed as a member"),
        "adult": _("who answers for them"),
        "relation": _("what they are to another"),
        "marriage": _("whether they are married"),
    },
    "shift": {
        "in": _("comes in"),
        "out": _("falls out"),
        "up": _("moves up"),
        "down": _("moves down"),
        "becomes-unresolved": _("becomes unresolved"),
        "becomes-not-eligible": _("becomes not eligible"),
        "splits": _("somebody may no longer come"),
        "gathers": _("somebody more may come"),
        "same": _("the same"),
    },
}
