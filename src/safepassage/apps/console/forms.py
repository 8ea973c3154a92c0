"""Forms of the console: what a page asks, and in which words it says that an answer will not do."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safepassage.apps.accounts.selectors import operation_now
from safepassage.apps.console.words import word
from safepassage.apps.gate.places import NEED_POINT, places_of_role
from safepassage.apps.gate.selectors import device_roles
from safepassage.apps.intake.selectors import sharing_choices, sources_named, trust_choices, trust_unless_told
from safepassage.apps.movement.selectors import points_known
from safepassage.core.intake import MEANINGS, Field

FAR = timedelta(days=3660)


class SourceForm(forms.Form):
    """Who sent people: a source that is known, or a new one with its terms."""

    source = forms.ChoiceField(label=_("Source"), required=False)
    name = forms.CharField(label=_("Name of the new source"), max_length=160, required=False)
    owner = forms.CharField(label=_("Who answers for the list"), max_length=160, required=False)
    trust = forms.TypedChoiceField(
        label=_("Trust"),
        coerce=int,
        required=False,
        help_text=_("How far its statements are believed before anyone checks them; unknown, unless you say more."),
    )
    basis = forms.CharField(label=_("Legal basis"), max_length=80, required=False, initial="vital interests")
    purposes = forms.CharField(
        label=_("Purposes"), required=False, initial="evacuation", help_text=_("Comma-separated.")
    )
    sharing = forms.ChoiceField(label=_("Onward sharing"), required=False)
    retention_days = forms.IntegerField(label=_("Retention in days"), min_value=1, max_value=3650, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        known = sources_named()
        self.choices("source", [("", _("a new source")), *known])
        self.choices("trust", trust_choices())
        self.fields["trust"].initial = trust_unless_told()
        self.choices("sharing", sharing_choices())
        self.fields["retention_days"].initial = operation_now().retention_days

    def choices(self, name: str, choices: list[Any]) -> None:
        """Sets what a select offers."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """A new source needs its name and its basis."""
        found = super().clean() or {}
        if not found.get("source"):
            if not found.get("name"):
                self.add_error("name", _("Name the source, or choose one that is known."))
            if not found.get("basis"):
                self.add_error("basis", _("Say on which legal basis the data came."))
        return found


class UploadForm(SourceForm):
    """A list, and who sent it."""

    file = forms.FileField(
        label=_("List"),
        help_text=_("XLSX, XLS, ODS, CSV, TSV, JSON, PFIF or a pasted chat; nothing is taken in before you agree."),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["required"] = True


_said_field = partial(forms.CharField, max_length=120, required=False)


class MemberForm(forms.Form):
    """One member of a family that stands at the desk; what is not known is left blank."""

    name = _said_field(label=_("Name"))
    father = _said_field(label=_("Father"))
    relation = forms.ChoiceField(label=_("Relation to the head"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), required=False)
    birth = _said_field(label=_("Born"))
    marital = forms.ChoiceField(label=_("Marital state"), required=False)
    passport = _said_field(label=_("Passport"))
    tazkira = _said_field(label=_("Tazkira"))
    phone = _said_field(label=_("Phone"))
    place = _said_field(label=_("Place"))
    claim = forms.ChoiceField(label=_("Category"), required=False)
    need = forms.ChoiceField(label=_("Specific need"), required=False)
    remark = forms.CharField(
        label=_("Remarks"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("e.g. wife is pregnant; also his mother")}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        meanings = {
            "relation": Field.RELATION,
            "sex": Field.SEX,
            "marital": Field.MARITAL,
            "claim": Field.CLAIM,
            "need": Field.NEED,
        }
        for name, field in self.fields.items():
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "—"), *((code, word(name, code)) for code in MEANINGS[meanings[name]])]
            else:
                field.widget.attrs |= {"dir": "auto", "autocomplete": "off"}

    @property
    def is_stated(self) -> bool:
        """Whether anything is said of somebody: a wife whose name isn't told is one whom a relation alone tells."""
        return any(text.strip() for text in self.cleaned_data.values())

    @property
    def is_told_apart(self) -> bool:
        """Whether something is said by which they could be found; a family of relations alone is nobody."""
        found = self.cleaned_data
        return any(
            found.get(name, "").strip() for name in ("name", "father", "birth", "passport", "tazkira", "phone")
        )


MEMBERS = 10
"""Members that the page holds on which a family is written in; a larger one is a list."""
FamilyForm = forms.formset_factory(MemberForm, extra=MEMBERS, max_num=MEMBERS, absolute_max=MEMBERS)


class PlanForm(forms.Form):
    """How long a better plan may be looked for."""

    seconds = forms.TypedChoiceField(
        label=_("Look for a better plan"),
        coerce=float,
        choices=[("2", _("2 seconds")), ("10", _("10 seconds")), ("60", _("a minute"))],
        initial="10",
    )


_care_field = partial(forms.IntegerField, min_value=0, max_value=500, initial=0, required=False)
"""So many places of a kind on the bus; left blank, it has none."""


class BusForm(forms.Form):
    """One bus, so many seats, at this time: a plan without a network file."""

    seats = forms.IntegerField(
        label=_("Seats"), min_value=1, max_value=500, initial=50, help_text=_("Infants on laps count too.")
    )
    departs = forms.DateTimeField(
        label=_("Departs"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    minutes = forms.IntegerField(label=_("Minutes of drive"), min_value=1, max_value=2880, initial=60)
    start = forms.CharField(label=_("People gather at"), max_length=80, initial=_("Rally point"))
    to = forms.CharField(label=_("It drives to"), max_length=80, initial=_("Access point"))
    plate = forms.CharField(label=_("Plate"), max_length=20, required=False)
    wheelchairs = _care_field(label=_("Places for wheelchairs"))
    stretchers = _care_field(label=_("Places for stretchers"))
    patients = _care_field(label=_("Places for people in medical care"))

    def clean_departs(self) -> datetime:
        """A bus that has left already, or leaves in years to come, is a slip of the pen."""
        departs: datetime = self.cleaned_data["departs"]
        if not timedelta(0) < departs - timezone.now() < FAR:
            raise forms.ValidationError(_("Look at the date: that hour has passed, or is years away."))
        return departs

    def clean(self) -> dict[str, Any]:
        """A bus goes from one place to another."""
        found = super().clean() or {}
        start, end = (" ".join(found.get(name, "").split()).casefold() for name in ("start", "to"))
        if start and start == end:
            self.add_error("to", _("It can't drive to where people gather: name another place."))
        return found


class InvitationForm(forms.Form):
    """What a new device is for, and where it stands."""

    role = forms.ChoiceField(label=_("For"))
    point = forms.CharField(
        label=_("Where it stands"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"list": "points"}),
        help_text=_("The id of a point; empty for a device that moves between points."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        if isinstance(role, forms.ChoiceField):
            role.choices = [(code, word("device-role", code)) for code in device_roles()]
        self.points = points_known()

    def clean(self) -> dict[str, Any]:
        """Whoever works at one point is told which; a point of nowhere or of another kind gives it nothing."""
        found = super().clean() or {}
        point, role = found.get("point", ""), found.get("role", "")
        if role == "access-point" and not point:
            self.add_error("point", _("Say at which access point it stands."))
        elif role in NEED_POINT and not point:
            self.add_error("point", _("Say at which point it works: without one it is told of nobody."))
        places = places_of_role(role)
        if point and places is not None and point not in places:
            if point in {one for one, _name in self.points}:
                told = {"points": ", ".join(places) or "–"}
                self.add_error("point", _("That point is of another kind. It can work at: %(points)s") % told)
            else:
                self.add_error("point", _("The network has no such point. Choose one from the list."))
        return found
