# SPDX-License-Identifier: EUPL-1.2
"""Records: the register of matters, their documents, requests for information, archive transfer and destruction."""

from typing import TYPE_CHECKING

from ennakko.kernel.exported import exported_from

if TYPE_CHECKING:
    from ennakko.kernel.records.archiving import archive_document as archive_document
    from ennakko.kernel.records.matters import close_matter as close_matter
    from ennakko.kernel.records.matters import forget_cases as forget_cases
    from ennakko.kernel.records.matters import held_cases as held_cases
    from ennakko.kernel.records.matters import matter_of as matter_of
    from ennakko.kernel.records.matters import open_matter as open_matter
    from ennakko.kernel.records.pdf import make_pdf as make_pdf
    from ennakko.kernel.records.plans import RecordsPlan as RecordsPlan
    from ennakko.kernel.records.plans import register_plans as register_plans
else:
    __getattr__ = exported_from(
        __name__,
        archiving=("archive_document",),
        matters=("close_matter", "forget_cases", "held_cases", "matter_of", "open_matter"),
        pdf=("make_pdf",),
        plans=("RecordsPlan", "register_plans"),
    )
