"""Tests of the extra `safepassage[spark]`; `make bench-spark` runs them in an environment that has it."""
