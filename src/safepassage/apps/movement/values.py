"""Core values to JSON and back, by pydantic."""

from __future__ import annotations

from pydantic import TypeAdapter

from safepassage.core.movement import Assignment, CheckReport, Explanation, Manifest, Plan

PLAN: TypeAdapter[Plan] = TypeAdapter(Plan)
REPORT: TypeAdapter[CheckReport] = TypeAdapter(CheckReport)
ASSIGNMENT: TypeAdapter[Assignment] = TypeAdapter(Assignment)
MANIFEST: TypeAdapter[Manifest] = TypeAdapter(Manifest)
EXPLANATION: TypeAdapter[Explanation] = TypeAdapter(Explanation)
