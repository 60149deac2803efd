# SPDX-License-Identifier: EUPL-1.2
"""What was written and what was read: a hash chain of writes, a sealed log of reads."""

from typing import TYPE_CHECKING

from ennakko.kernel.exported import exported_from

if TYPE_CHECKING:
    from ennakko.kernel.audit.actions import HeldReads as HeldReads
    from ennakko.kernel.audit.actions import erase as erase
    from ennakko.kernel.audit.actions import read as read
    from ennakko.kernel.audit.actions import reads_held as reads_held
    from ennakko.kernel.audit.actions import seal as seal
    from ennakko.kernel.audit.actions import write as write
    from ennakko.kernel.audit.canonical import rows_digest as rows_digest
    from ennakko.kernel.audit.queries import entries_about as entries_about
    from ennakko.kernel.audit.queries import entries_for as entries_for
    from ennakko.kernel.audit.queries import reads_of as reads_of
    from ennakko.kernel.audit.verification import verify as verify
else:
    __getattr__ = exported_from(
        __name__,
        actions=("HeldReads", "erase", "read", "reads_held", "seal", "write"),
        canonical=("rows_digest",),
        queries=("entries_about", "entries_for", "reads_of"),
        verification=("verify",),
    )
