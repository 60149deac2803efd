# SPDX-License-Identifier: EUPL-1.2
"""Registration numbers: a service's short prefix, the year and a running number, `KS-2026-000011`.

One series for a service and year whatever the prefix, so that a number given under an older prefix is never given again
and stays as it was printed.
"""

import re

from ennakko.kernel.cases.models import NumberSeries
from ennakko.kernel.statements import rows_of

DIGITS = 6
_prefixes: dict[str, str] = {}
_WRITTEN = re.compile(r"([^\W\d_][\w]*(?:[-\s]+[^\W\d_]\w*)*)[-\s/]+(\d{4})[-\s/]+(\d{1,6})")


def use_prefix(service: str, prefix: str) -> None:
    """Start-up tells the letters by which a service's numbers are known; raises ValueError for ones that are taken."""
    if not re.fullmatch(r"[A-ZÅÄÖ]{1,8}", prefix):
        raise ValueError(f"{service}: a number's prefix is one to eight capital letters, as KS; not {prefix!r}.")
    if any(known == prefix for other, known in _prefixes.items() if other != service):
        raise ValueError(f"{service}: the prefix {prefix} stands in another service's numbers.")
    _prefixes[service] = prefix


def prefix_of(service: str) -> str:
    """The letters before a service's numbers; its id in capitals where none were given."""
    return _prefixes.get(service, service.upper())


def next_number(service: str, year: int) -> str:
    """The next number of a service's series of a year; call it in a transaction."""
    last = _one_more(service, year)
    if last is None:
        NumberSeries.objects.bulk_create([NumberSeries(service=service, year=year)], ignore_conflicts=True)
        last = _one_more(service, year) or 0
    return f"{prefix_of(service)}-{year}-{last:0{DIGITS}d}"


def _one_more(service: str, year: int) -> int | None:
    """The series moved on by one, and locked until the transaction ends; None for a series that has not begun."""
    moved = "UPDATE cases_numberseries SET last = last + 1 WHERE service = %s AND year = %s RETURNING last"
    found = rows_of(moved, [service, year])
    return int(found[0][0]) if found else None


def as_registered(words: str) -> str:
    """A number as people write it ("ks 2026/11") as it was registered ("KS-2026-000011"); other words unchanged."""
    written = words.strip()
    found = _WRITTEN.fullmatch(written)
    if found is None:
        return written
    prefix = re.sub(r"[-\s]+", "-", found[1]).upper()
    return f"{prefix}-{found[2]}-{int(found[3]):0{DIGITS}d}"
