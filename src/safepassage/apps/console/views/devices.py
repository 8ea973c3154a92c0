"""Devices: invited by a code shown once, withdrawn by one click."""

from __future__ import annotations

import base64
import io

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from safepassage.apps.accounts.access import account_of, requires
from safepassage.apps.console.figures.double_use import SILENT
from safepassage.apps.console.forms import InvitationForm
from safepassage.apps.console.paging import page_of
from safepassage.apps.gate.selectors import devices_known, join_address, phone_door
from safepassage.apps.gate.services import INVITATION_HOLDS, device_invite, device_revoke
from safepassage.core.errors import NotFoundError

REASONS = ("lost", "stolen", "retired")


@require_safe
@requires("device.manage")
def devices(request: HttpRequest) -> HttpResponse:
    """All devices, when each was last in contact, and the form for a new one."""
    return _page(request, InvitationForm())


@never_cache
@require_POST
@requires("device.manage")
def device_new(request: HttpRequest) -> HttpResponse:
    """Makes an invitation and shows it: this once, as a square and as digits."""
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    now = timezone.now()
    asked = form.cleaned_data
    code = device_invite(role=asked["role"], point=asked["point"], account=account_of(request).username, now=now)
    address = join_address(code)
    link = request.build_absolute_uri(address)
    context = {
        "code": code,
        "square": _square(link),
        "link": link,
        "expires_at": now + INVITATION_HOLDS,
        "minutes": INVITATION_HOLDS.seconds // 60,
        "asked": asked,
        "is_local": address.startswith("/"),
        "door": phone_door(),
    }
    return render(request, "console/invitation.html", context)


@require_POST
@requires("device.manage")
def device_withdraw(request: HttpRequest, device_id: str) -> HttpResponse:
    """Withdraws a device: it gets nothing more, and what it writes later is marked."""
    device = devices_known().filter(pk=device_id).first()
    if device is None:
        raise NotFoundError("No device has that id.", where=device_id, advice="Choose one from the list.")
    reason = request.POST.get("reason", "lost")
    device_revoke(
        device=device,
        reason=reason if reason in REASONS else "lost",
        account=account_of(request).username,
        now=timezone.now(),
    )
    messages.success(
        request, _("%(device)s is withdrawn. Issue the passes of its point anew.") % {"device": device.pk}
    )
    return redirect("console:devices")


def _page(request: HttpRequest, form: InvitationForm, *, status: int = 200) -> HttpResponse:
    context = {
        "devices": page_of(request, devices_known()),
        "form": form,
        "reasons": REASONS,
        "silent_since": timezone.now() - SILENT,
    }
    return render(request, "console/devices.html", context, status=status)


def _square(text: str) -> str:
    """The QR code of a text as a data address of an SVG image, black on white in light and dark."""
    image = io.BytesIO()
    segno.make(text, error="m").save(image, kind="svg", scale=6, border=4, light="#fff", xmldecl=False)
    return f"data:image/svg+xml;base64,{base64.b64encode(image.getvalue()).decode()}"
