"""The roles of an operation (closed list) and what each may do.

A permission is a plain word, `noun.verb`; a view or service asks for one, never for a role. The table below is
the whole of the authorisation: a test walks every URL for every role.
"""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    """What an account is for; one account may hold several."""

    INTAKE_CLERK = "intake-clerk"
    ADJUDICATOR = "adjudicator"
    PLANNER = "planner"
    GATE_OFFICER = "gate-officer"
    SUPERVISOR = "supervisor"
    CHILD_PROTECTION = "child-protection-officer"
    DATA_PROTECTION = "data-protection-officer"
    LIAISON = "liaison"
    REPORTER = "reporter"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    Role.INTAKE_CLERK: _("Intake clerk"),
    Role.ADJUDICATOR: _("Adjudicator"),
    Role.PLANNER: _("Planner"),
    Role.GATE_OFFICER: _("Gate officer"),
    Role.SUPERVISOR: _("Supervisor"),
    Role.CHILD_PROTECTION: _("Child-protection officer"),
    Role.DATA_PROTECTION: _("Data-protection officer"),
    Role.LIAISON: _("Liaison"),
    Role.REPORTER: _("Reporter"),
    Role.ADMINISTRATOR: _("Administrator"),
}

PERMISSIONS: dict[str, frozenset[Role]] = {
    "board.see": frozenset(Role),
    "counts.see": frozenset(Role),
    "source.see": frozenset({Role.INTAKE_CLERK, Role.ADJUDICATOR, Role.SUPERVISOR, Role.DATA_PROTECTION}),
    "source.intake": frozenset({Role.INTAKE_CLERK, Role.SUPERVISOR}),
    "source.withdraw": frozenset({Role.SUPERVISOR}),
    "review.see": frozenset({Role.ADJUDICATOR, Role.SUPERVISOR, Role.CHILD_PROTECTION}),
    "review.judge": frozenset({Role.ADJUDICATOR, Role.SUPERVISOR}),
    "matcher.see": frozenset({Role.ADJUDICATOR, Role.SUPERVISOR}),
    "matcher.adopt": frozenset({Role.SUPERVISOR}),
    "person.see": frozenset(
        {
            Role.INTAKE_CLERK,
            Role.ADJUDICATOR,
            Role.PLANNER,
            Role.SUPERVISOR,
            Role.CHILD_PROTECTION,
            Role.DATA_PROTECTION,
        }
    ),
    "fact.check": frozenset({Role.ADJUDICATOR, Role.SUPERVISOR}),
    "person.erase": frozenset({Role.DATA_PROTECTION}),
    "apart.see": frozenset({Role.SUPERVISOR, Role.CHILD_PROTECTION}),
    "party.confirm": frozenset({Role.ADJUDICATOR, Role.SUPERVISOR, Role.CHILD_PROTECTION}),
    "child.sign-off": frozenset({Role.CHILD_PROTECTION}),
    "policy.see": frozenset(set(Role) - {Role.INTAKE_CLERK}),
    "policy.publish": frozenset({Role.SUPERVISOR}),
    "override.request": frozenset({Role.PLANNER, Role.SUPERVISOR}),
    "override.approve": frozenset({Role.SUPERVISOR}),
    "plan.see": frozenset({Role.PLANNER, Role.GATE_OFFICER, Role.SUPERVISOR, Role.LIAISON, Role.CHILD_PROTECTION}),
    "plan.make": frozenset({Role.PLANNER, Role.SUPERVISOR}),
    "manifest.see": frozenset({Role.PLANNER, Role.GATE_OFFICER, Role.SUPERVISOR, Role.CHILD_PROTECTION}),
    "pass.issue": frozenset({Role.PLANNER, Role.SUPERVISOR}),
    "pass.revoke": frozenset({Role.PLANNER, Role.SUPERVISOR}),
    "call.make": frozenset({Role.PLANNER, Role.INTAKE_CLERK, Role.SUPERVISOR}),
    "gate.log": frozenset({Role.GATE_OFFICER, Role.SUPERVISOR, Role.CHILD_PROTECTION}),
    "gate.check": frozenset({Role.GATE_OFFICER, Role.SUPERVISOR}),
    "device.manage": frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR}),
    "counterpart.see": frozenset({Role.PLANNER, Role.LIAISON, Role.SUPERVISOR}),
    "report.export": frozenset({Role.REPORTER, Role.SUPERVISOR}),
    "phase.close": frozenset({Role.SUPERVISOR}),
    "person.export": frozenset({Role.DATA_PROTECTION, Role.SUPERVISOR}),
    "text.approve": frozenset({Role.LIAISON, Role.SUPERVISOR}),
    "crowd.release": frozenset({Role.SUPERVISOR}),
    "account.manage": frozenset({Role.ADMINISTRATOR}),
    "account.vouch": frozenset({Role.SUPERVISOR, Role.DATA_PROTECTION}),
    "access-log.see": frozenset({Role.DATA_PROTECTION}),
    "store.burn": frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR}),
}

SIGNING = frozenset({"policy.publish", "override.approve", "review.judge", "person.export", "account.vouch"})
"""What one of two people does: whoever may do one of these can be the second of an act (`accounts.two_people`)."""


SEEING = "apart.see"
"""To know who is kept apart in confidence: given to an account only by, or beside, somebody who has it."""


def permissions_of(roles: frozenset[Role]) -> frozenset[str]:
    """Everything that someone with these roles may do."""
    return frozenset(word for word, holders in PERMISSIONS.items() if holders & roles)
