"""The form of a change of the network that is tried before it is real."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safepassage.apps.movement.selectors import network_read, network_record_now
from safepassage.apps.movement.what_if import Change, ChangeKind
from safepassage.core.errors import NotFoundError

LEGS_OFFERED = 400
"""Coming legs offered in the list; any other leg's id can be given by a link."""


class WhatIfForm(forms.Form):
    """A leg earlier, later or taken out; or a point closed."""

    kind = forms.ChoiceField(label=_("What changes"))
    leg = forms.ChoiceField(label=_("Leg"), required=False)
    minutes = forms.IntegerField(
        label=_("Minutes later (or, with a minus, earlier)"),
        required=False,
        min_value=-1440,
        max_value=1440,
        initial=30,
        widget=forms.NumberInput(attrs={"step": "5"}),
    )
    point = forms.ChoiceField(label=_("Point"), required=False)
    begins = forms.DateTimeField(
        label=_("Closed from"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    hours = forms.IntegerField(label=_("For hours"), required=False, min_value=1, max_value=240, initial=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        kinds = {
            ChangeKind.MOVE: _("a leg leaves at another time"),
            ChangeKind.CANCEL: _("a leg does not go"),
            ChangeKind.CLOSE: _("a point is closed"),
        }
        self._offer("kind", [(kind.value, said) for kind, said in kinds.items()])
        try:
            network = network_read(network_record_now())
        except NotFoundError:
            return
        now = timezone.now()
        legs = sorted(network.legs, key=lambda leg: (leg.departs <= now, leg.departs, leg.id))
        asked = self.data.get("leg", "") if self.is_bound else ""
        offered = [leg for number, leg in enumerate(legs) if number < LEGS_OFFERED or leg.id == asked]
        self._offer("leg", [(leg.id, f"{timezone.localtime(leg.departs):%d.%m. %H:%M}  {leg.id}") for leg in offered])
        self._offer("point", [(point.id, point.name or point.id) for point in network.points])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Each kind needs what belongs to it."""
        found = super().clean() or {}
        needed = {"move": ("leg", "minutes"), "cancel": ("leg",), "close": ("point", "begins", "hours")}
        for name in needed.get(found.get("kind", ""), ()):
            if found.get(name) in {None, ""} and name not in self.errors:
                self.add_error(name, _("This is needed for such a change."))
        return found

    def change(self) -> Change:
        """The change that a valid form asks for."""
        asked = self.cleaned_data
        begins = asked.get("begins")
        return Change(
            kind=ChangeKind(asked["kind"]),
            leg=asked.get("leg") or "",
            minutes=asked.get("minutes") or 0,
            point=asked.get("point") or "",
            begins=begins.astimezone(UTC) if begins else None,
            hours=asked.get("hours") or 0,
        )
