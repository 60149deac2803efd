# SPDX-License-Identifier: EUPL-1.2
"""What a matter still lacks of the city's own documents is made when somebody asks for it; who makes it is known above.

A decision's letter goes to the register by a job, some at a time: whoever answers a request must not find it missing.
"""

from collections.abc import Callable
from datetime import datetime

from ennakko.kernel.records.models import Matter
from ennakko.kernel.records.pdf import PdfUnavailable

Maker = Callable[[str, datetime], None]
_makers: dict[str, Maker] = {}


def completed_by(prefix: str, maker: Maker) -> None:
    """Name who makes the documents of what is about `prefix:…`; `maker(about, at)` may be called again."""
    _makers[prefix] = maker


def complete(matter: Matter, *, at: datetime) -> None:
    """Make what the matter lacks; where PDFs cannot be made, it stays as it is. Slow: outside transactions."""
    maker = _makers.get(matter.about.partition(":")[0])
    if maker is not None:
        try:
            maker(matter.about, at)
        except PdfUnavailable:
            return
