"""Documents and phones: the machine-readable zone, numbers by their forms, E.164."""

from safepassage.core.documents.mrz import Mrz, MrzCheck, MrzFormat, MrzRepair, parse_mrz, write_mrz
from safepassage.core.documents.numbers import ocr_class, read_document
from safepassage.core.documents.phones import Phone, read_phone, read_phones

__all__ = [
    "Mrz",
    "MrzCheck",
    "MrzFormat",
    "MrzRepair",
    "Phone",
    "ocr_class",
    "parse_mrz",
    "read_document",
    "read_phone",
    "read_phones",
    "write_mrz",
]
