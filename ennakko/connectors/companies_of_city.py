# SPDX-License-Identifier: EUPL-1.2
"""The companies of the register snapshot in use: what the embedded business and association registers know."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from ennakko.connectors.business_register.reading import as_a_name
from ennakko.facts import organisation_kinds
from ennakko.kernel.organisations.ports import RegisteredOrganisation, Unavailable
from ennakko.kernel.registers import snapshots

FORM_TEXTS = {
    "oy": "Osakeyhtiö",
    "tmi": "Yksityinen elinkeinonharjoittaja",
    "ky": "Kommandiittiyhtiö",
    "ry": "Aatteellinen yhdistys",
    "sr": "Säätiö",
    "srk": "Seurakunta",
}
"""The register's words for the forms that the demo city has."""
ASSOCIATIONS = frozenset({"ry"})

Industries = Callable[[str], str]
"""The words of a TOL 2008 code; "" for an unknown one."""


def row_of(business_id: str, name: str) -> dict[str, Any] | None:
    """The snapshot's row of a business ID; None where it has none. Raises Unavailable without a snapshot, as `name`."""
    try:
        file = snapshots.current().file("companies")
        return _found(file, file.stat().st_mtime_ns, business_id)
    except (snapshots.NoSnapshot, snapshots.BrokenSnapshot, snapshots.WrongCity, OSError, pl.exceptions.PolarsError):
        raise Unavailable(f"{name}: there is no register snapshot with companies in use") from None


@lru_cache(maxsize=512)
def _found(file: Path, changed: int, business_id: str) -> dict[str, Any] | None:
    """A row of a file as it was at a time; the same employers are asked about again and again."""
    found = pl.scan_parquet(file, cache=False).filter(pl.col("business_id") == business_id).collect().to_dicts()
    return found[0] if found else None


def organisation(row: dict[str, Any], *, source: str, industries: Industries) -> RegisteredOrganisation:
    """A row of the snapshot as a register tells it."""
    form, industry = str(row["form"]), str(row["industry"] or "")
    return RegisteredOrganisation(
        business_id=row["business_id"],
        name=row["name"],
        source=source,
        kind=organisation_kinds.kind(form),
        form=organisation_kinds.form_code(form),
        form_text=FORM_TEXTS.get(form, form),
        industry=industry,
        industry_text=industries(industry),
        street_address=row["street_address"] or "",
        postal_code=row["postal_code"] or "",
        post_office=as_a_name(row["post_office"] or ""),
        language=row["language"] or "",
        founded=row["founded"],
        missing=() if industry else ("industry",),
    )
