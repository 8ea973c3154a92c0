"""Any list as it is: rows kept verbatim, listings made of them, and everything else accounted for."""

from safepassage.core.intake.coded import MEANINGS, SAYS_NOTHING, UnknownValues, find_unknown_values
from safepassage.core.intake.codes import DoubtCode, FileKind, Outcome, RejectCode, RowReason, WarningCode
from safepassage.core.intake.column_map import ColumnChoice, ColumnMap, Field
from safepassage.core.intake.column_reasons import ColumnReason, column_reason
from safepassage.core.intake.counted import cells_that_count
from safepassage.core.intake.take import inspect_file, intake_file
from safepassage.core.intake.template import read_template
from safepassage.core.intake.told_needs import ToldNeed, cells_of_needs
from safepassage.core.intake.values import (
    BatchResult,
    FieldDoubt,
    FileReport,
    FileWarning,
    Reject,
    SourceRow,
    TableReport,
)
from safepassage.core.intake.whole_list import SETTABLE, read_whole_list
from safepassage.core.intake.yields import SheetYield, count_yield

__all__ = [
    "MEANINGS",
    "SAYS_NOTHING",
    "SETTABLE",
    "BatchResult",
    "ColumnChoice",
    "ColumnMap",
    "ColumnReason",
    "DoubtCode",
    "Field",
    "FieldDoubt",
    "FileKind",
    "FileReport",
    "FileWarning",
    "Outcome",
    "Reject",
    "RejectCode",
    "RowReason",
    "SheetYield",
    "SourceRow",
    "TableReport",
    "ToldNeed",
    "UnknownValues",
    "WarningCode",
    "cells_of_needs",
    "cells_that_count",
    "column_reason",
    "count_yield",
    "find_unknown_values",
    "inspect_file",
    "intake_file",
    "read_template",
    "read_whole_list",
]
