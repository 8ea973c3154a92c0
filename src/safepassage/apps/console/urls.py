"""Addresses of the console, in the order of the corridor. Nothing personal stands in an address: ids only."""

from __future__ import annotations

from django.urls import URLPattern, path

from safepassage.apps.console.views import (
    board,
    counts,
    leg,
    lists,
    overrides,
    parties,
    persons,
    plan,
    policy,
    reviews,
    upload,
)

app_name = "console"

urlpatterns: list[URLPattern] = [
    path("", board.board, name="board"),
    path("board/live/", board.board_live, name="board-live"),
    path("lists/", lists.sources, name="sources"),
    path("lists/upload/", upload.upload, name="upload"),
    path("lists/inspect/", upload.inspect, name="inspect"),
    path("lists/resolve/", lists.resolve, name="resolve"),
    path("lists/sources/<str:key>/", lists.source, name="source"),
    path("lists/batches/<str:key>/", lists.batch, name="batch"),
    path("lists/batches/<str:key>/rejects.csv", lists.rejects_csv, name="rejects"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/undo/", reviews.undo, name="undo"),
    path("reviews/second/<int:number>/", reviews.second, name="second"),
    path("reviews/<str:key>/", reviews.review, name="review"),
    path("reviews/<str:key>/decide/", reviews.decide, name="decide"),
    path("reviews/<str:key>/party/", reviews.choose_party, name="choose-party"),
    path("parties/", parties.parties, name="parties"),
    path("parties/search/", parties.search, name="search"),
    path("parties/<str:key>/", parties.party, name="party"),
    path("parties/<str:key>/reasons/", parties.party_reasons, name="party-reasons"),
    path("parties/<str:key>/member/", parties.confirm_member, name="confirm-member"),
    path("parties/<str:key>/adult/", parties.confirm_adult, name="confirm-adult"),
    path("persons/<str:key>/", persons.person, name="person"),
    path("persons/<str:key>/erase/", persons.erase, name="erase"),
    path("plan/", plan.plan, name="plan"),
    path("plan/again/", plan.plan_again, name="plan-again"),
    path("plan/bus/", plan.plan_bus, name="plan-bus"),
    path("plan/<str:plan_id>/publish/", plan.plan_put, name="plan-publish"),
    path("plan/legs/<str:leg_id>/", leg.leg, name="leg"),
    path("plan/legs/<str:leg_id>/close/", leg.leg_close, name="leg-close"),
    path("plan/legs/<str:leg_id>/v<int:version>.<str:form>", leg.leg_sheet, name="leg-sheet"),
    path("policy/", policy.policy, name="policy"),
    path("policy/texts/<int:number>/", policy.policy_text, name="policy-text"),
    path("policy/draft/", policy.draft, name="draft"),
    path("policy/publish/", policy.publish, name="publish"),
    path("policy/apply/", policy.apply, name="apply"),
    path("policy/lottery/commit/", policy.commit, name="commit"),
    path("policy/lottery/reveal/", policy.reveal, name="reveal"),
    path("policy/overrides/", overrides.overrides, name="overrides"),
    path("policy/overrides/<int:number>/", overrides.decide_override, name="decide-override"),
    path("counts/", counts.counts, name="counts"),
    path("counts/export/<str:form>", counts.counts_export, name="counts-export"),
]
