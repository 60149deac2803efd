# SPDX-License-Identifier: EUPL-1.2
"""A person sends to the decision archive once more what it has not taken, instead of waiting for the hour's run."""

from datetime import datetime

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, require
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.moving import RETENTION
from ennakko.kernel.records import decision_archive as port
from ennakko.services.hiring_benefit.access_money import ARCHIVE
from ennakko.services.hiring_benefit.actions import archiving
from ennakko.services.hiring_benefit.queries import archive
from ennakko.services.hiring_benefit.queries.archive import Undelivered
from ennakko.services.hiring_benefit.wording_archive import NO_ARCHIVE, NOTHING_FAILED


def send_again(case: Case, *, actor: Actor, at: datetime, wall: datetime) -> Undelivered | None:
    """Send a matter's request again now; None when it went, else why it still does not. Raises Refused and NotNow.

    The archive knows a matter by its reference and a file by its digest: sent twice it is kept once.
    """
    require(actor, ARCHIVE, case)
    if port.archive() is None:
        raise NotNow(NO_ARCHIVE, case)
    row = archive.undelivered(actor, wall=wall).filter(case=case).first()
    if row is None:
        raise NotNow(NOTHING_FAILED, case)
    said = archive.as_shown(row)
    audit.write(actor, ARCHIVE, f"case:{case.pk}", at, {"request": said.request, "tries": said.tries}, RETENTION)
    archiving.again(row, said.request, at=at, wall=wall)
    left = archive.undelivered(actor, wall=wall).filter(case=case).first()
    return None if left is None or not archive.as_shown(left).said else archive.as_shown(left)
