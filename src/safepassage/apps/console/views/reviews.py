"""The review queue: the most harmful doubt first, one question at a time, a whole family at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.console.numbers import number_said
from safepassage.apps.console.paging import page_of
from safepassage.apps.console.protection import hidden_among, person_seen
from safepassage.apps.console.selectors.contradictions import contradictions_of
from safepassage.apps.console.selectors.families import (
    FamilyCard,
    apart_by_family,
    committed_of,
    family_cards,
    household_cards,
)
from safepassage.apps.console.selectors.questions import QuestionCard, question_card
from safepassage.apps.console.selectors.ticks import LIKELY
from safepassage.apps.console.views.recent import recent_noted
from safepassage.apps.console.views.work import WorkKind, begin
from safepassage.apps.ledger.services import access_note
from safepassage.apps.registry.audits import audits_drawn
from safepassage.apps.registry.confirming import member_confirm, member_confirmation_withdraw
from safepassage.apps.registry.questions import review_after, review_by_id, review_next, reviews_open
from safepassage.apps.registry.second_person import (
    asked_open_to,
    is_waiting,
    judgement_second,
    judgement_withdraw,
    judgements_give,
    lapsed_open_to,
    requests_open_to,
)
from safepassage.apps.registry.seen import answers_unapplied, is_unseen, reviews_seen, reviews_unseen
from safepassage.apps.registry.selectors import likely_twice, run_last
from safepassage.apps.registry.services import review_close
from safepassage.apps.registry.surely_one import households_of_ticks, verdicts_of_ticks
from safepassage.core.errors import ConflictError, ForbiddenError, NotFoundError, Problem, ProblemsError
from safepassage.core.identity import JudgementVerdict, ReviewKind
from safepassage.core.ids import ListingId, PartyId, PersonId

if TYPE_CHECKING:
    from safepassage.apps.accounts.models import Account


@require_safe
@requires("review.see")
def reviews(request: HttpRequest) -> HttpResponse:
    """The queue, ordered by harm; and judgements that wait for a second person."""
    run = run_last()
    account = account_of(request)
    waiting = asked_open_to(account.username)
    contradictions = contradictions_of(account)
    named = [person for kind in contradictions for case in kind.cases if case.names for person in case.persons]
    if named:
        access_note(
            account=account.username, subjects=named, act="see contradictions", purpose="identity", now=timezone.now()
        )
    context = {
        "page": page_of(request, reviews_seen(account.username), size=25),
        "likely_twice": likely_twice(run),
        "beyond_cap": run.reviews_beyond_cap if run else 0,
        "contradictions": contradictions,
        "answers": answers_unapplied(account.username),
        "audit": next(iter(audits_drawn(newest=1)), None),
        "waiting": waiting,
        "lapsed": lapsed_open_to(account.username),
        "waiting_ids": {one.request.review for one in waiting},
        "first": review_next(skip=reviews_unseen(account.username)),
        "recent": recent_noted(account, most=number_said(request.GET.get("answers", "")) or 0),
    }
    return render(request, "console/reviews.html", context)


@require_safe
@requires("review.see")
def review(request: HttpRequest, key: str) -> HttpResponse:
    """One question, side by side."""
    return _question(request, key)


def _question(request: HttpRequest, key: str) -> HttpResponse:
    account = account_of(request)
    card, unseen = _card(key, account), reviews_unseen(account.username)
    families = _families(card, account)
    kin = [one.person.id for family in families for one in family.members if one.person]
    access_note(
        account=account.username,
        subjects=[*card.shown, *dict.fromkeys(kin)],
        act="see review",
        purpose="identity",
        now=timezone.now(),
    )
    context = {
        "card": card,
        "likely": round(100 * LIKELY),
        "families": families,
        "committed": committed_of(card, families),
        "may_be_two": bool(apart_by_family(card.cards, families)),
        "answers": answers_unapplied(account.username),
        "waiting": next((one for one in requests_open_to(account.username) if one.review == key), None),
        "recent": recent_noted(account),
        "following": review_after(key, skip=unseen),
        "left": reviews_open().exclude(pk__in=unseen).count(),
    }
    name = "console/question.html" if request.headers.get("HX-Request") else "console/review.html"
    return render(request, name, context)


def _families(card: QuestionCard, account: Account) -> tuple[FamilyCard, ...]:
    persons = [one.person for one in card.affected]
    if card.review.kind is ReviewKind.SAME_HOUSEHOLD:
        return household_cards(persons, account)
    return family_cards(persons, account) if card.review.kind is ReviewKind.TWO_PARTIES else ()


def _card(key: str, account: Account) -> QuestionCard:
    """A question laid out.

    Raises:
        NotFoundError: there is none, or none of which this account may know: both are told alike.
    """
    asked = review_by_id(key)
    if is_unseen(asked.listings, account=account.username):
        raise NotFoundError("That question is no longer in the queue.", advice="Go back to the queue.")
    return question_card(asked, may_see_apart=account.may("apart.see"))


@require_POST
@requires("review.judge")
def decide(request: HttpRequest, key: str) -> HttpResponseBase:
    """Records a verdict and goes on; where two are needed it waits for the second person."""
    card = _card(key, account_of(request))
    account, now = account_of(request).username, timezone.now()
    verdicts = _verdicts_said(request.POST, card)
    why = request.POST.get("why", "").strip()[:300]
    done = judgements_give(verdicts=verdicts, account=account, why=why, now=now, review=key)
    if done.request:
        messages.info(request, _("This waits: a second account has to agree."))
    return _go_on(request, key)


def _verdicts_said(post: QueryDict, card: QuestionCard) -> list[tuple[ListingId, ListingId, str]]:
    """What was said of each pair; `same` and `household` by the ticks (`surely_one`).

    Raises:
        ProblemsError: no verdict, or `same` or `household` with nothing ticked.
    """
    said, ticked = post.get("verdict", ""), set(post.getlist("pair"))
    of_households = card.review.kind is ReviewKind.SAME_HOUSEHOLD
    if said not in card.review.kind.verdicts:
        advice = "Choose same, different, unsure or keep apart."
        if of_households:
            advice = "Choose one household, not one household, unsure or keep apart."
        raise _unanswered("no-verdict", "No verdict was given.", advice)
    if not card.pairs:
        raise _unanswered("no-pairs", "This question is not about pairs.", "Say with whom they travel.")
    pairs = [(pair.link.left, pair.link.right) for pair in card.pairs]
    if said not in {JudgementVerdict.SAME, JudgementVerdict.HOUSEHOLD}:
        return [(*pair, said) for pair in pairs]
    same = [pair for pair, one in zip(pairs, card.pairs, strict=True) if one.key in ticked]
    if not same:
        advice = "Tick the pairs that are one person, or say different."
        if of_households:
            advice = "Tick the pairs that are of one household, or say that none is."
        raise _unanswered("nothing-ticked", "No pair was ticked.", advice)
    if of_households:
        return households_of_ticks(pairs, same)
    return verdicts_of_ticks(pairs, same)


def _unanswered(code: str, message: str, advice: str) -> ProblemsError:
    """An answer that says nothing: whoever gave it may well answer, and is told what is lacking."""
    return ProblemsError([Problem(code, message, advice=advice)], what="the answer")


def _go_on(request: HttpRequest, key: str) -> HttpResponseBase:
    following = review_next(skip=[key, *reviews_unseen(account_of(request).username)])
    if not following:
        done = redirect("console:reviews")
        if request.headers.get("HX-Request"):
            done = HttpResponse(status=204)  # type: ignore[assignment]
            done["HX-Redirect"] = reverse("console:reviews")
        return done
    if not request.headers.get("HX-Request"):
        return redirect("console:review", key=following)
    response = _question(request, following)
    response["HX-Push-Url"] = reverse("console:review", args=[following])
    return response


@require_POST
@requires("party.confirm")
def choose_party(request: HttpRequest, key: str) -> HttpResponseBase:
    """Says with which of two parties a person travels."""
    card = _card(key, account_of(request))
    person = person_seen(request.POST.get("person", ""), account_of(request))
    now = timezone.now()
    parties = {party for one in card.affected if one.person == person.id for party in one.parties}
    party = PartyId(request.POST.get("party", ""))
    if party not in parties - hidden_among(parties, account_of(request)):
        raise ForbiddenError("That person does not stand in that party.", advice="Load the question again.")
    member_confirm(party=party, person=person.id, account=account_of(request).username, now=now)
    review_close(review=key, now=now)
    return _go_on(request, key)


@require_POST
@requires("review.judge")
def two_people(request: HttpRequest, key: str) -> HttpResponseBase:
    """Says of somebody who stands in two families that they are two people: what one says is not of the other."""
    account, now = account_of(request), timezone.now()
    card = _card(key, account)
    pairs = apart_by_family(card.cards, _families(card, account))
    if not pairs:
        raise _unanswered(
            "no-pairs",
            "No two lists tell of them in two families.",
            "Say with whom they travel, or look at their lists.",
        )
    verdicts = [(*pair, JudgementVerdict.DIFFERENT.value) for pair in pairs]
    why = request.POST.get("why", "").strip()[:300]
    done = judgements_give(verdicts=verdicts, account=account.username, why=why, now=now, review=key)
    if done.request:
        messages.info(request, _("This waits: a second account has to agree."))
    return _go_on(request, key)


@require_POST
@requires("review.see")
def undo(request: HttpRequest) -> HttpResponse:
    """Takes judgements, or a choice of family, back; their question opens again, and is what is shown next.

    Where two people are needed it waits for the second one.
    """
    pairs = [_pair(text) for text in request.POST.getlist("pair")]
    account, now = account_of(request), timezone.now()
    if not account.may("review.judge" if pairs else "party.confirm"):
        raise ForbiddenError("Your roles do not allow that.", advice="Ask who gave the answer.")
    if not pairs:
        party, person = PartyId(request.POST.get("party", "")), PersonId(request.POST.get("person", ""))
        if hidden_among([party], account):
            raise ConflictError("There is nothing to take back.", advice="Load the page again.")
        opened = member_confirmation_withdraw(party=party, person=person, account=account.username, now=now)
        messages.success(request, _("The choice of family is taken back."))
        return _back_to(account, next(iter(opened), ""))
    if is_unseen((one for pair in pairs for one in pair), account=account.username):
        raise ConflictError("There is no standing judgement to take back.", advice="Load the page again.")
    done = judgement_withdraw(pairs=pairs, account=account.username, now=now)
    if done.request:
        messages.info(request, _("This waits: a second account has to agree."))
    else:
        said = ngettext("%(count)d judgement is taken back.", "%(count)d judgements are taken back.", done.count)
        messages.success(request, said % {"count": done.count})
    return redirect("console:audit") if request.POST.get("from") == "audit" else _back_to(account, *done.reopened)


def _back_to(account: Account, key: str = "", *_others: str) -> HttpResponse:
    """The question that is open again; the queue if none is."""
    if key and reviews_seen(account.username).filter(pk=key).exists():
        return redirect("console:review", key=key)
    return redirect("console:reviews")


@require_POST
@requires("review.judge")
def answers_apply(request: HttpRequest) -> HttpResponse:
    """Runs the matcher, so that the answers given take effect: who is whom, and who travels with whom."""
    return begin(request, WorkKind.RESOLVE, {"from": "reviews"})


def _pair(text: str) -> tuple[ListingId, ListingId]:
    left, _colon, right = text.partition(":")
    return ListingId(left), ListingId(right)


@require_POST
@requires("review.judge")
def second(request: HttpRequest, number: int) -> HttpResponse:
    """The second person agrees with a judgement on booked people, or refuses it."""
    answer = request.POST.get("answer", "")
    if answer not in {"agree", "refuse"}:
        raise ForbiddenError("Agree, or refuse.", code="no-answer", advice="Go back to the queue.")
    is_agreed = answer == "agree"
    account = account_of(request).username
    judgement_second(request=number, account=account, is_agreed=is_agreed, now=timezone.now())
    if is_agreed:
        said = _("Agreed: the judgement counts.")
    elif is_waiting(number):
        said = _("Refused. Both sides stay hidden until one more person refuses, or whoever asked takes it back.")
    else:
        said = _("Refused: nothing changes.")
    messages.success(request, said)
    return redirect("console:reviews")
