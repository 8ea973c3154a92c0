"""The words of identity: judgements, evidence, links, reviews, alarms and what a resolution holds.

Everything here is derived from listings and judgements and can be rebuilt, except `Judgement`, which a
person made and which outlives every re-run.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from safepassage.core.identity.habits import Habits
from safepassage.core.ids import ListGroupId, ListingId


class JudgementVerdict(StrEnum):
    """What a person can say of two listings."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    """Looked at and left open; the pair goes to the end of the queue, nothing else."""
    KEEP_APART = "keep-apart"
    """Confidential: these two must never travel together nor learn of each other; implies different people."""
    HOUSEHOLD = "household"
    """Two people of one household who travel together: joins their parties, never their persons."""
    OTHER_HOUSEHOLD = "other-household"
    """Two people of two households: they are not asked about again."""


TWO_PEOPLE = (
    JudgementVerdict.DIFFERENT,
    JudgementVerdict.KEEP_APART,
    JudgementVerdict.HOUSEHOLD,
    JudgementVerdict.OTHER_HOUSEHOLD,
)
"""Whoever says one of these of two listings says that they are two people."""
OF_PERSONS = (JudgementVerdict.SAME, JudgementVerdict.DIFFERENT)
OF_HOUSEHOLDS = (JudgementVerdict.HOUSEHOLD, JudgementVerdict.OTHER_HOUSEHOLD)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person says of a pair of listings; withdrawn, never deleted.

    `by` names the account, `at` and `withdrawn_at` are aware UTC. The order of `left` and `right` is of no
    meaning.
    """

    left: ListingId
    right: ListingId
    verdict: JudgementVerdict
    by: str
    at: datetime
    why: str = ""
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""

    @property
    def is_active(self) -> bool:
        """Whether it still holds."""
        return self.withdrawn_at is None


class EvidenceField(StrEnum):
    """What is compared, each with its own weight."""

    PRIOR = "prior"
    """How likely any such candidate pair is to be one person before anything is compared."""
    NAME = "name"
    SURNAME = "surname"
    """The further words of a name."""
    FATHER = "father"
    BIRTH = "birth"
    PASSPORT = "passport"
    TAZKIRA = "tazkira"
    DOCUMENT = "document"
    PHONE = "phone"
    SEX = "sex"
    PLACE = "place"
    RELATION = "relation"
    LIST = "list"
    """Whether both stand in one list, or in one group of one list (a strong doubt)."""
    FAMILY = "family"
    """Both belong to groups that share a member already."""
    JUDGEMENT = "judgement"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for or against a link: what was seen and how much it weighs.

    `weight` is in bits (log2 of an odds ratio): +1 doubles the odds that both are one person, -1 halves
    them. The weights of a link add up to the log2 odds of its probability. `words` is a sentence without
    names or numbers, fit for a log.
    """

    field: EvidenceField
    level: str
    weight: float
    words: str


class LinkGround(StrEnum):
    """Why a link stands."""

    MATCHER = "matcher"
    JUDGEMENT = "judgement"


@dataclass(frozen=True, slots=True)
class Link:
    """Two listings weighed against each other; `left` < `right` as text.

    `probability` is that both are one person; `household` that they are two of one household, the rest that
    they are unrelated. `is_certain` links may be acted on without a person's eye, by the stated cost ratio.
    """

    left: ListingId
    right: ListingId
    probability: float
    household: float = 0.0
    is_certain: bool = False
    ground: LinkGround = LinkGround.MATCHER
    evidence: tuple[Evidence, ...] = ()


class ReviewKind(StrEnum):
    """What a person is asked."""

    SAME_PERSON = "same-person"
    """Are these listings one person?"""
    LISTED_TWICE = "listed-twice"
    """Does one group of one list hold this person twice?"""
    TWO_PARTIES = "two-parties"
    """One person stands in two parties: with whom do they travel?"""
    SAME_HOUSEHOLD = "same-household"
    """Do these two groups belong together, though nobody stands in both?"""
    CONTRADICTION = "contradiction"
    """Judgements or facts contradict each other."""

    @property
    def verdicts(self) -> tuple[JudgementVerdict, ...]:
        """What a person can answer of its pairs."""
        one = OF_HOUSEHOLDS if self is ReviewKind.SAME_HOUSEHOLD else OF_PERSONS
        return (*one, JudgementVerdict.UNSURE, JudgementVerdict.KEEP_APART)


@dataclass(frozen=True, slots=True)
class Review:
    """One question to a person: all open pairs of the groups that hold one family, so that it is decided at once.

    `harm` orders the queue: how many pairs the answer is expected to join (uncertainty and size at once: a large
    family in many lists has many) x how soon they travel.
    `id` depends on the listings alone, so that a queue can be compared between runs.
    """

    id: str
    kind: ReviewKind
    listings: tuple[ListingId, ...]
    links: tuple[Link, ...]
    harm: float
    question: str
    groups: tuple[ListGroupId, ...] = ()


class AlarmCode(StrEnum):
    """Contradictions inside what is held to be one person, or between judgements."""

    TWO_SEXES = "two-sexes"
    TWO_VALID_PASSPORTS = "two-valid-passports"
    BIRTHS_FAR_APART = "births-far-apart"
    JUDGEMENTS_CONTRADICT = "judgements-contradict"
    KEPT_APART_LINKED = "kept-apart-linked"
    JUDGED_LISTING_MISSING = "judged-listing-missing"


@dataclass(frozen=True, slots=True)
class Alarm:
    """A contradiction that a person has to look at; nothing is changed by it."""

    code: AlarmCode
    listings: tuple[ListingId, ...]
    message: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class IdentitySettings:
    """The one configuration: costs and caps, not tuned per data set.

    A link is certain when (1 - p) * `wrong_merge_cost` <= p * `missed_merge_cost`, that is p >= 100/101 by
    default: joining two people who are two is held to be 100 times as bad as overlooking that two listings
    are one. Two listings are clustered, provisionally, from `cluster_from` on, and asked about between
    `review_from` and certainty.
    """

    wrong_merge_cost: float = 100.0
    missed_merge_cost: float = 1.0
    cluster_from: float = 0.2
    review_from: float = 0.03
    """Pairs below are in no question: few of them are one person. Above, they cost a glance beside their family."""
    twice_from: float = 0.9
    """Two rows of one group, or of one implied household, are clustered from here on only, and asked about below: a
    list seldom names a person twice, and siblings of one name are mostly two."""
    siblings_from: float = 0.7
    """Who may as well be two of one household (a tenth of the doubt or more) are clustered from here on only: of two
    siblings held to be one, a child would be overlooked."""
    doubt_below: float = 0.1
    """Certain links make no chain over a pair that is less likely than this."""
    review_cap: int = 2000
    household_cap: int = 500
    """Questions whether families are one household, the largest first; more come once these are answered."""
    block_cap: int = 40
    """Blocks with more listings are refined by a second key."""
    family_rounds: int = 2
    explain_all: bool = True
    """Whether every link carries its evidence; a run that only needs clusters saves memory without."""

    @property
    def certain_from(self) -> float:
        """The probability from which a link needs no person's eye."""
        return self.wrong_merge_cost / (self.wrong_merge_cost + self.missed_merge_cost)


class EvidenceKind(StrEnum):
    """What a pair can be told by, the strongest first."""

    DOCUMENT = "document"
    """Both state a passport, or both a tazkira."""
    DATE = "date"
    """Both state a birth."""
    NAME_ONLY = "name-only"


@dataclass(frozen=True, slots=True)
class Stratum:
    """How often pairs of one kind of evidence turned out to be one person, by people's judgements.

    `knots` maps the probability by the program's own figure to the one found, ascending, straight lines between;
    learnt from `judged` pairs of which people held `same` to be one person.
    """

    kind: EvidenceKind
    judged: int
    same: int
    knots: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """What an operation's own judgements say of stated probabilities; kinds of which too little was judged lack."""

    strata: tuple[Stratum, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a run learnt from the operation's own data; freeze it to weigh later listings alike.

    `levels` maps "field:level" to (log2 m, log2 h, log2 u); `priors` are of the three hypotheses.
    """

    version: str
    priors: tuple[float, float, float]
    levels: tuple[tuple[str, tuple[float, float, float]], ...] = ()
    habits: Habits | None = None
    """How common names and years were when they were learnt; counted anew if not given."""
    rules: str = ""
    """By which rules of reading and comparing they were learnt; other rules need other weights."""
    calibration: Calibration | None = None
    """By the operation's own judgements, if there were enough when this version was learnt."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the matcher makes of all listings under the active judgements.

    `certain_clusters` holds every listing exactly once, joined by certain links and judgements only: the persons of
    the store. `clusters` is the likeliest partition, which is what will come out once its questions are answered;
    it joins nobody. In both each cluster is sorted, and clusters by their first listing. `links` are all pairs at
    or above `review_from`, certain ones first; those between two persons are the questions.
    """

    clusters: tuple[tuple[ListingId, ...], ...]
    certain_clusters: tuple[tuple[ListingId, ...], ...]
    links: tuple[Link, ...]
    reviews: tuple[Review, ...]
    alarms: tuple[Alarm, ...]
    parameters: Parameters
    candidate_pairs: int = 0
    reviews_beyond_cap: int = 0
    households: tuple[Link, ...] = ()
    """Pairs that are hardly one person and likely two of one household (`household_links`); evidence is what they
    share. Whether to ask is seen once there are parties."""
