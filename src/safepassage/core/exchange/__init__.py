"""Writers only: what leaves the house for people and other systems. Plain values in, bytes out."""

from safepassage.core.exchange.hxl import write_counts_csv
from safepassage.core.exchange.pages import write_report_page
from safepassage.core.exchange.partner import write_partner_template
from safepassage.core.exchange.pfif import PfifPerson, write_pfif
from safepassage.core.exchange.prints import (
    draw_pass,
    isolated,
    paper_words,
    print_manifest,
    print_pack,
    print_passes,
    print_report,
    print_slips,
)
from safepassage.core.exchange.sheets import write_call_sheet, write_manifest
from safepassage.core.exchange.values import (
    CallRow,
    Manifest,
    ManifestRow,
    PackLeg,
    PackLine,
    PackPass,
    PaperPack,
    PassSheet,
    SituationReport,
    Spoken,
)

__all__ = [
    "CallRow",
    "Manifest",
    "ManifestRow",
    "PackLeg",
    "PackLine",
    "PackPass",
    "PaperPack",
    "PassSheet",
    "PfifPerson",
    "SituationReport",
    "Spoken",
    "draw_pass",
    "isolated",
    "paper_words",
    "print_manifest",
    "print_pack",
    "print_passes",
    "print_report",
    "print_slips",
    "write_call_sheet",
    "write_counts_csv",
    "write_manifest",
    "write_partner_template",
    "write_pfif",
    "write_report_page",
]
