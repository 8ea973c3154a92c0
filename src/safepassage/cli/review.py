"""`review`: the questions about who is whom, their answers, and the second person's word where two are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from safepassage.cli.options import DESK, Account, AsJson, Home, now_utc
from safepassage.cli.speak import out, say, speaks
from safepassage.cli.store import open_store
from safepassage.cli.two_people import OwnPassword, proven
from safepassage.core.errors import ForbiddenError, NotFoundError

if TYPE_CHECKING:
    from safepassage.apps.registry.second_person import PairVerdict
    from safepassage.core.identity import Review


_WITH_WHOM = "Answer it in the console, under Reviews: say with whom they travel, or that they are two people."


def register(app: typer.Typer) -> None:
    """Adds the verb."""
    app.command("review")(review)


@speaks
def review(
    question: Annotated[str, typer.Argument(help="A question's id; without it the queue is listed.")] = "",
    verdict: Annotated[
        str,
        typer.Option(
            help="same | different | unsure | keep-apart; of households: household | other-household | unsure | …"
        ),
    ] = "",
    pair: Annotated[
        list[str] | None,
        typer.Option(
            "--pair", help="With same or household, of several pairs: one that is so, LEFT:RIGHT. Repeat it."
        ),
    ] = None,
    why: Annotated[str, typer.Option(help="Your reason, in a few words without names.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take your judgement back.")] = False,
    agree: Annotated[int, typer.Option(help="As the second person: agree to the request of this number.")] = 0,
    refuse: Annotated[int, typer.Option(help="As the second person: refuse the request of this number.")] = 0,
    limit: Annotated[int, typer.Option(help="How many questions to list.")] = 20,
    own_password: OwnPassword = "",
    home: Home = None,
    account: Account = DESK,
    as_json: AsJson = False,
) -> None:
    """Lists the review queue, most harmful first, shows one question, or answers it with --verdict.

    A question is shown by its evidence, without names; the console shows both listings side by side. Where it holds
    several pairs, [bold]--verdict same[/] names those that are one person by --pair; the others are then different.
    Whether two parties are one household that travels together is answered by [bold]--verdict household[/], with
    --pair in the same way, or [bold]other-household[/].

    Where somebody is booked, holds a pass or is on the way, an answer or its --undo waits for a second account; so
    does lifting a keep-apart of somebody else. Both accounts then type their passwords.
    """
    open_store(home)
    from safepassage.apps.registry.questions import review_by_id
    from safepassage.apps.registry.seen import is_unseen

    if agree or refuse:
        _second(agree or refuse, account, own_password, is_agreed=bool(agree), as_json=as_json)
        return
    if not question:
        _show_queue(account, limit, as_json=as_json)
        return
    found = review_by_id(question)
    if is_unseen(found.listings, account=account):
        raise NotFoundError("That question is no longer in the queue.", advice="Go back to the queue.")
    if not verdict and not undo:
        _show_question(found, as_json=as_json)
        return
    said = [] if undo else _verdicts_said(found, verdict, pair or [])
    _answer(found, said, account, own_password, why=why, as_json=as_json)


def _verdicts_said(found: Review, verdict: str, named: list[str]) -> list[PairVerdict]:
    """What is said of each pair of a question."""
    from safepassage.apps.registry.surely_one import households_of_ticks, verdicts_of_ticks
    from safepassage.core.identity import JudgementVerdict, ReviewKind

    pairs = {f"{link.left}:{link.right}": (link.left, link.right) for link in found.links}
    if not pairs:
        raise ForbiddenError("This question is not about pairs.", advice=_WITH_WHOM)
    if verdict not in found.kind.verdicts:
        first, second, third, last = found.kind.verdicts
        raise ForbiddenError("That is not a verdict.", advice=f"Use --verdict {first}, {second}, {third} or {last}.")
    if verdict not in {JudgementVerdict.SAME, JudgementVerdict.HOUSEHOLD} or len(pairs) == 1:
        return [(*one, verdict) for one in pairs.values()]
    of_households = found.kind is ReviewKind.SAME_HOUSEHOLD
    if not named or not set(named) <= set(pairs):
        asked, others = ("of one household", "of two") if of_households else ("one person", "different people")
        raise ForbiddenError(
            "That pair is not in the question." if named else f"Which of these pairs are {asked}?",
            advice=f"Name each that is by --pair; the others are then {others}: {', '.join(pairs)}.",
        )
    by_ticks = households_of_ticks if of_households else verdicts_of_ticks
    return by_ticks(list(pairs.values()), [pairs[one] for one in named])


def _answer(
    found: Review,
    said: list[PairVerdict],
    account: str,
    password: str,
    *,
    why: str,
    as_json: bool,
) -> None:
    """Answers, or takes the answer back where nothing is said."""
    from safepassage.apps.registry.apart import WITHDRAW
    from safepassage.apps.registry.second_person import judgement_withdraw, judgements_give, needs_second

    pairs = [(link.left, link.right) for link in found.links]
    if needs_second(said or [(left, right, WITHDRAW) for left, right in pairs], account=account):
        proven(account, password)
    if said:
        done = judgements_give(verdicts=said, account=account, why=why, now=now_utc(), review=found.id)
    else:
        done = judgement_withdraw(pairs=pairs, account=account, now=now_utc())
    text = f"{done.count} judgements noted. Next: [bold]safepassage resolve[/]"
    if done.request:
        text = (
            "This waits: a second account has to agree. Next: "
            f"[bold]safepassage review --agree {done.request} --as NAME[/]"
        )
    say({"judgements": done.count, "request": done.request}, as_json=as_json, text=text)


def _second(number: int, account: str, password: str, *, is_agreed: bool, as_json: bool) -> None:
    from safepassage.apps.registry.second_person import is_waiting, judgement_second

    who = proven(account, password).username
    changed = judgement_second(request=number, account=who, is_agreed=is_agreed, now=now_utc())
    said = f"{changed} judgements noted. Next: [bold]safepassage resolve[/]"
    if not is_agreed:
        said = "Refused: nothing changes."
        if is_waiting(number):
            said = "Refused. Both sides stay hidden until one more person refuses, or whoever asked takes it back."
    say({"judgements": changed}, as_json=as_json, text=said)


def _show_queue(account: str, limit: int, *, as_json: bool) -> None:
    from safepassage.apps.registry.second_person import asked_open_to
    from safepassage.apps.registry.seen import reviews_seen

    queue = [
        {
            "id": record.id,
            "kind": record.kind,
            "harm": round(record.harm, 3),
            "question": record.content["question"],
        }
        for record in reviews_seen(account)[:limit]
    ]
    asked = asked_open_to(account)
    waiting = [
        {
            "request": one.request.pk,
            "asked_by": one.request.asked_by,
            "question": one.request.review,
            "verdicts": list(one.verdicts),
            "persons": list(one.persons),
            "is_needed": one.is_needed,
        }
        for one in asked
    ]
    say({"open": reviews_seen(account).count(), "questions": queue, "waiting": waiting}, as_json=as_json)
    if as_json:
        return
    grid = Table("id", "kind", "harm", "question")
    for one in queue:
        grid.add_row(one["id"], one["kind"], f"{one['harm']:.2f}", one["question"])
    out.print(grid)
    for request in asked:
        out.print(
            f"Request {request.request.pk} of {request.request.asked_by} ({', '.join(request.verdicts)}: "
            f"{' '.join(request.persons)}) waits for a second account: "
            f"[bold]safepassage review --agree {request.request.pk} --as NAME[/]"
            if request.is_needed
            else f"Request {request.request.pk} of {request.request.asked_by} needs no second account any more: "
            "nobody in it is booked. Next: [bold]safepassage resolve[/]"
        )


def _show_question(found: Review, *, as_json: bool) -> None:
    """The evidence on each pair of a question, the heaviest first; no name, number or date is in it."""
    from safepassage.core.identity import ReviewKind

    pairs = [
        {
            "left": link.left,
            "right": link.right,
            "probability": round(link.probability, 3),
            "evidence": [one.words for one in link.evidence],
        }
        for link in found.links
    ]
    allowed = found.kind.verdicts if pairs else ()
    told = {"id": found.id, "kind": found.kind.value, "question": found.question, "verdicts": list(allowed)}
    say(told | {"pairs": pairs}, as_json=as_json)
    if as_json:
        return
    is_of_households = found.kind is ReviewKind.SAME_HOUSEHOLD
    out.print(f"[bold]{found.question}[/]")
    for link in found.links:
        says = "what both share" if is_of_households else f"the matcher says {link.probability:.0%}"
        out.print(f"{link.left} and {link.right}: {says}", highlight=False)
        for one in link.evidence:
            out.print(f"  {one.weight:+5.1f}  {one.words}", highlight=False)
    if not allowed:
        out.print(f"No two listings are asked about here. {_WITH_WHOM}")
        return
    out.print(f"Answer: [bold]safepassage review {found.id} --verdict {'|'.join(allowed)} --why WORDS[/]")
