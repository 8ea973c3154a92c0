"""What passes are made of: values and closed lists. The wire form is in spec/pass-v1.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from safepassage.core.ids import OperationId, PassId, PointId
from safepassage.core.people import AgeBand, Sex


class VerdictLevel(StrEnum):
    """What the check says of a pass; shown as colour, shape and word."""

    VALID = "valid"
    LOOK_CLOSER = "look-closer"
    """The pass is genuine, or the device can't tell; a person must look."""
    NOT_VALID = "not-valid"
    """This pass opens nothing here and now. It says nothing about the people: look at their documents."""


class VerdictCode(StrEnum):
    """Why; closed, in order of weight: the first that applies is the verdict's code (spec/pass-v1.md)."""

    DEVICE_NOT_ALLOWED = "device-not-allowed"
    UNREADABLE = "unreadable"
    UNKNOWN_KEY = "unknown-key"
    """No key on this device opens it: it is for another point or day, or not ours."""
    BAD_SIGNATURE = "bad-signature"
    WRONG_OPERATION = "wrong-operation"
    REVOKED = "revoked"
    CLOCK_WRONG = "clock-wrong"
    WRONG_POINT = "wrong-point"
    USED_HERE = "used-here"
    USED_ELSEWHERE = "used-elsewhere"
    ALREADY_ADMITTED = "already-admitted"
    """The pass is unused, yet every member was admitted otherwise (by document, by code)."""
    TOO_EARLY = "too-early"
    EXPIRED = "expired"
    POLICY_NOT_HONOURED = "policy-not-honoured"
    NOT_BOUND = "not-bound"
    """The document shown is of nobody on this pass (answer of `bind_document` only)."""
    LATE_CHECKPOINT = "late-checkpoint"
    """The window is over, and a checkpoint held people on this route: held and rebooked, never turned away."""
    LIST_TOO_OLD = "list-too-old"
    PART_ADMITTED = "part-admitted"
    VALID = "valid"


class GateAction(StrEnum):
    """What the officer does with people."""

    ADMIT = "admit"
    REFER = "refer"
    """Held and handed to somebody named: rebooking, focal point, supervisor."""
    TURN_AWAY = "turn-away"


class GateReason(StrEnum):
    """Why the officer decided so; closed."""

    PASS_VALID = "pass-valid"  # noqa: S105
    ELIGIBLE_BY_DOCUMENT = "eligible-by-document"
    RECOGNITION_CODE = "recognition-code"
    WALK_IN = "walk-in"
    LATE_REBOOK = "late-rebook"
    COME_BACK = "come-back"
    OTHER_POINT = "other-point"
    CHILD_WITHOUT_ADULT = "child-without-adult"
    MISSING_MEMBER = "missing-member"
    EXTRA_PERSON = "extra-person"
    WRONG_ADULT = "wrong-adult"
    NOT_BOUND = "not-bound"
    WATCHED = "watched"
    NO_GROUND = "no-ground"
    UNSAFE = "unsafe"
    OVERRIDE = "override"


@dataclass(frozen=True, slots=True)
class BindingFact:
    """One document of a member, as its machine-readable zone prints it: number, and birth date `YYMMDD`.

    Unknown figures of the birth date are `<` (see `mrz_birth`). Lives in memory only: the pass carries a tag of it.
    """

    number: str
    birth: str = "<<<<<<"


@dataclass(frozen=True, slots=True)
class PassMember:
    """One head on a pass: who is expected, without a name. `tags` are six bytes each, one for a document."""

    sex: Sex
    age_band: AgeBand
    tags: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class ExpectedMember:
    """One head when a pass is ordered: as `PassMember`, with the documents that bind it."""

    sex: Sex
    age_band: AgeBand
    documents: tuple[BindingFact, ...] = ()


@dataclass(frozen=True, slots=True)
class PassOrder:
    """What is asked of `issue_pass`: for one party, one access point with the route to it, one window.

    `window_start` and `window_end` are aware UTC, to the minute, at most a week apart. `party` never enters the
    pass. `route` names the way to the access point (a leg, a chain of points), empty if there is none.
    """

    operation: OperationId
    party: str
    point: PointId
    window_start: datetime
    window_end: datetime
    policy_version: str
    members: tuple[ExpectedMember, ...]
    route: str = ""


@dataclass(frozen=True, slots=True)
class PassContent:
    """What is sealed inside a pass. Operation, policy version, point and route are references (see `refer`)."""

    operation: bytes
    id: PassId
    policy: bytes
    issued_at: datetime
    window_start: datetime
    window_end: datetime
    point: bytes
    route: bytes
    members: tuple[PassMember, ...]

    @property
    def heads(self) -> int:
        """How many people are expected."""
        return len(self.members)


@dataclass(frozen=True, slots=True)
class IssuedPass:
    """A pass, and what goes with it.

    `text` is base45, for the QR. `short_code` is printed beside it. `recognition_code` and `watched_code` are told to
    the party and kept by nobody: only their tags are stored (with `CodeTags`).
    """

    id: PassId
    text: str
    short_code: str
    recognition_code: str
    watched_code: str
    recognition_tag: bytes
    watched_tag: bytes
    issuing_key: bytes
    content: PassContent


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check says of a pass.

    `codes` are all that apply, the heaviest first; `code` is the first. `remaining` are the ordinals (from 0) of
    members whose admission is still open. `content` is given once the signature held. `reasons` are sentences for
    the officer; `advice` is the next thing to do, and for every verdict but `valid` it says that the document
    outranks the pass.
    """

    level: VerdictLevel
    codes: tuple[VerdictCode, ...]
    reasons: tuple[str, ...]
    advice: str
    content: PassContent | None = None
    remaining: tuple[int, ...] = ()
    policy_version: str = ""
    """The version under which it was promised, where the device knows it."""

    @property
    def code(self) -> VerdictCode:
        """The heaviest code."""
        return self.codes[0]


@dataclass(frozen=True, slots=True)
class Use:
    """Members of a pass were admitted: where, and when (signed time of the encounter)."""

    pass_id: PassId
    members: tuple[int, ...]
    point: PointId
    at: datetime


@dataclass(frozen=True, slots=True)
class Recognition:
    """A code that a party knows by heart led to its pass. `is_watched`: they say that somebody watches them."""

    pass_id: PassId
    is_watched: bool


@dataclass(frozen=True, slots=True)
class Binding:
    """Whether a document belongs to a pass. `members` are the ordinals it fits (more than one only by chance)."""

    members: tuple[int, ...]
    code: VerdictCode

    @property
    def is_bound(self) -> bool:
        """Whether the document's holder is on the pass."""
        return bool(self.members)


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """A published policy version that the device knows, and whether its promises are honoured now."""

    version: str
    is_honoured: bool = True


@dataclass(frozen=True, slots=True)
class Delay:
    """A checkpoint holds people on `route`: who comes before `until` is late, not expired (at most a day)."""

    route: str
    until: datetime


@dataclass(frozen=True, slots=True)
class GateDecision:
    """What the officer does with people, apart from the verdict on the pass. Build it with `decide`."""

    action: GateAction
    reason: GateReason
    members: tuple[int, ...] = ()
    extra_heads: int = 0
    verdict: VerdictCode | None = None
    is_eligible_by_document: bool = False
