"""Root URLs: the door (sign in, language, health), then what each app brings."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from safepassage.web.api import api
from safepassage.web.door import SignIn
from safepassage.web.field import field
from safepassage.web.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("language/", set_language, name="set_language"),
    path("health/", health, name="health"),
    path("api/", api.urls),
    path("field/", field, name="field"),
    path("field/<path:path>", field),
    path("", include("safepassage.apps.console.urls")),
]

handler403 = "safepassage.web.problems.page_forbidden"
handler404 = "safepassage.web.problems.page_missing"
handler500 = "safepassage.web.problems.page_broken"
