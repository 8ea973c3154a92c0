"""Passes: issued, sealed, bound to their party, checked with no network. Contract: spec/pass-v1.md."""

from safepassage.core.passes.binding import bind_document, binding_tag, mrz_birth
from safepassage.core.passes.codes import read_recognition_code, read_short_code, recognise, short_code
from safepassage.core.passes.counterpart import (
    Convoy,
    ConvoyVehicle,
    CounterpartRow,
    CounterpartSheet,
    counterpart_sheet,
    read_counterpart_sheet,
)
from safepassage.core.passes.decision import decide
from safepassage.core.passes.issue import issue_pass
from safepassage.core.passes.keys import PointDayKey, SigningKey, derive_point_day_key
from safepassage.core.passes.revocation import Revocation, RevocationList, read_revocations, sign_revocations
from safepassage.core.passes.values import (
    Binding,
    BindingFact,
    Delay,
    ExpectedMember,
    GateAction,
    GateDecision,
    GateReason,
    IssuedPass,
    PassContent,
    PassMember,
    PassOrder,
    PolicyVersion,
    Recognition,
    Use,
    Verdict,
    VerdictCode,
    VerdictLevel,
)
from safepassage.core.passes.verifier import VerifierState
from safepassage.core.passes.verify import verify_pass

__all__ = [
    "Binding",
    "BindingFact",
    "Convoy",
    "ConvoyVehicle",
    "CounterpartRow",
    "CounterpartSheet",
    "Delay",
    "ExpectedMember",
    "GateAction",
    "GateDecision",
    "GateReason",
    "IssuedPass",
    "PassContent",
    "PassMember",
    "PassOrder",
    "PointDayKey",
    "PolicyVersion",
    "Recognition",
    "Revocation",
    "RevocationList",
    "SigningKey",
    "Use",
    "Verdict",
    "VerdictCode",
    "VerdictLevel",
    "VerifierState",
    "bind_document",
    "binding_tag",
    "counterpart_sheet",
    "decide",
    "derive_point_day_key",
    "issue_pass",
    "mrz_birth",
    "read_counterpart_sheet",
    "read_recognition_code",
    "read_revocations",
    "read_short_code",
    "recognise",
    "short_code",
    "sign_revocations",
    "verify_pass",
]
