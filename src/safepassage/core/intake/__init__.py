"""Any list as it is: rows kept verbatim, listings made of them, and everything else accounted for."""

from safepassage.core.intake.codes import DoubtCode, FileKind, Outcome, RejectCode, RowReason, WarningCode
from safepassage.core.intake.column_map import ColumnChoice, ColumnMap, Field
from safepassage.core.intake.column_reasons import ColumnReason, column_reason
from safepassage.core.intake.take import inspect_file, intake_file
from safepassage.core.intake.template import read_template
from safepassage.core.intake.values import (
    BatchResult,
    FieldDoubt,
    FileReport,
    FileWarning,
    Reject,
    SourceRow,
    TableReport,
)

__all__ = [
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
    "SourceRow",
    "TableReport",
    "WarningCode",
    "column_reason",
    "inspect_file",
    "intake_file",
    "read_template",
]
