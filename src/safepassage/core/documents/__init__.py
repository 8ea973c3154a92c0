"""Documents and phones: the machine-readable zone, numbers by their forms, E.164."""

from safepassage.core.documents.mrz import Mrz, MrzChange, MrzCheck, MrzFormat, MrzRepair
from safepassage.core.documents.mrz_names import to_mrz_letters
from safepassage.core.documents.mrz_read import parse_mrz
from safepassage.core.documents.mrz_repair import apply_repairs
from safepassage.core.documents.mrz_write import write_mrz
from safepassage.core.documents.numbers import ocr_class, read_document
from safepassage.core.documents.phones import Phone, read_phone, read_phones

__all__ = [
    "Mrz",
    "MrzChange",
    "MrzCheck",
    "MrzFormat",
    "MrzRepair",
    "Phone",
    "apply_repairs",
    "ocr_class",
    "parse_mrz",
    "read_document",
    "read_phone",
    "read_phones",
    "to_mrz_letters",
    "write_mrz",
]
