"""What was not done, and what to do next, on the page that says so: in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safepassage.apps.console.sayings.language import reads_english

PROBLEMS: dict[str, Promise] = {
    "No verdict was given.": _("No verdict was given."),
    "Choose same, different, unsure or keep apart.": _("Choose same, different, unsure or keep apart."),
    "Choose one household, not one household, unsure or keep apart.": _(
        "Choose one household, not one household, unsure or keep apart."
    ),
    "Tick the pairs that are of one household, or say that none is.": _(
        "Tick the pairs that are of one household, or say that none is."
    ),
    "This question is not about pairs.": _("This question is not about pairs."),
    "Say with whom they travel.": _("Say with whom they travel."),
    "By their ages on record these two can't be that to each other.": _(
        "By their ages on record these two can't be that to each other."
    ),
    "Look which of the two is which, and at the years of birth; if it is so all the same, say so.": _(
        "Look which of the two is which, and at the years of birth; if it is so all the same, say so."
    ),
    "No two lists tell of them in two families.": _("No two lists tell of them in two families."),
    "No pair was ticked.": _("No pair was ticked."),
    "Tick the pairs that are one person, or say different.": _(
        "Tick the pairs that are one person, or say different."
    ),
    "That person does not stand in that party.": _("That person does not stand in that party."),
    "Load the question again.": _("Load the question again."),
    "Load the page again.": _("Load the page again."),
    "Your roles do not allow that.": _("Your roles do not allow that."),
    "Ask who gave the answer.": _("Ask who gave the answer."),
    "No list is waiting to be taken in.": _("No list is waiting to be taken in."),
    "Upload one first.": _("Upload one first."),
    "There is nothing to take back.": _("There is nothing to take back."),
    "There is no standing judgement to take back.": _("There is no standing judgement to take back."),
    "That question is no longer in the queue.": _("That question is no longer in the queue."),
    "There is no such question.": _("There is no such question."),
    "Go back to the queue.": _("Go back to the queue."),
    "This question waits for its second person already.": _("This question waits for its second person already."),
    "Nothing waits under that number.": _("Nothing waits under that number."),
    "This was decided already.": _("This was decided already."),
    "This override was decided already.": _("This override was decided already."),
    "Nobody has that id in this operation.": _("Nobody has that id in this operation."),
    "Look for them by name in the console.": _("Look for them by name in the console."),
    "No party has that id.": _("No party has that id."),
    "No source has that id.": _("No source has that id."),
    "No batch has that id.": _("No batch has that id."),
    "That name stands for other headers.": _("That name stands for other headers."),
    "Choose another name.": _("Choose another name."),
    "That upload is no longer here.": _("That upload is no longer here."),
    "Upload the list again.": _("Upload the list again."),
    "The matcher has joined nothing by itself yet.": _("The matcher has joined nothing by itself yet."),
    "Run the matcher first.": _("Run the matcher first."),
    "Agree, or refuse.": _("Agree, or refuse."),
    "No plan is published.": _("No plan is published."),
    "No plan has that id.": _("No plan has that id."),
    "No policy is in force.": _("No policy is in force."),
    "Into which tier?": _("Into which tier?"),
    "Enter the number of a tier, 1 is first.": _("Enter the number of a tier, 1 is first."),
    "An override needs its reason.": _("An override needs its reason."),
    "Say why the rule does not fit this party.": _("Say why the rule does not fit this party."),
    "Whoever asks can't also agree.": _("Whoever asks can't also agree."),
    "Another account has to look at it.": _("Another account has to look at it."),
    "No pass has that id.": _("No pass has that id."),
    "That file was collected before, or its hour is over.": _("That file was collected before, or its hour is over."),
    "Ask for it again.": _("Ask for it again."),
    "Who is under 18 answers for nobody.": _("Who is under 18 answers for nobody."),
    "Choose an adult of the party, or correct the birth date.": _(
        "Choose an adult of the party, or correct the birth date."
    ),
    "Who is 18 or older needs nobody to answer for them.": _("Who is 18 or older needs nobody to answer for them."),
    "Choose a minor, or correct the birth date.": _("Choose a minor, or correct the birth date."),
    "The store is locked.": _("The store is locked."),
    "Run `safepassage unlock`.": _("Run `safepassage unlock`."),
    "The store's file is damaged: the database can't read all of it.": _(
        "The store's file is damaged: the database can't read all of it."
    ),
    "Save what is left (`safepassage backup make`), then restore the last good backup into a new folder.": _(
        "Save what is left (`safepassage backup make`), then restore the last good backup into a new folder."
    ),
}


def said_problem(sentence: str) -> str:
    """A sentence of an error, or its advice; one that is not in the table stays as it is."""
    return str(PROBLEMS[sentence]) if not reads_english() and sentence in PROBLEMS else sentence
