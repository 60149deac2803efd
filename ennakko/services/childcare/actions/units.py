# SPDX-License-Identifier: EUPL-1.2
"""Units, their groups and the street network are taken into use from their registers; what is gone is closed."""

from datetime import date, datetime, timedelta

import polars as pl
from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, require
from ennakko.kernel.registers import BrokenSnapshot, Snapshot
from ennakko.services.childcare.distances import network as networks
from ennakko.services.childcare.models import Pool, PoolSeats, StreetNetwork, Unit
from ennakko.services.childcare.queries.seats import per_educator
from ennakko.services.childcare.queries.streets import folder

GROUPS, NODES, EDGES = "early_education_groups", "street_nodes", "street_edges"
RETENTION = "childcare"


def seats_of(band: str, educators: int, on: date) -> int:
    """Seats of so many educators (hundredths) in a band: children of the band each × educators, rounded down (12 §)."""
    return educators * per_educator(band, on) // 100


def take_units(snapshot: Snapshot, *, actor: Actor, at: datetime, on: date) -> int:
    """Units and groups as the register has them on a day; how many units there are. Groups no longer there are closed.

    Raises Refused, and BrokenSnapshot when the snapshot has no register of groups.
    """
    require(actor, "childcare.keep-units")
    if not snapshot.file(GROUPS).exists():
        raise BrokenSnapshot(f"The snapshot {snapshot.id} has no groups of early education: build it again.")
    groups = pl.read_parquet(snapshot.file(GROUPS))
    units = pl.read_parquet(snapshot.file("units")).filter(pl.col("unit").is_in(groups["unit"].implode()))
    provider = dict(groups.select("unit", "provider").iter_rows())
    with transaction.atomic():
        Unit.objects.bulk_create(
            [
                Unit(
                    id=row["unit"], name_fi=row["name_fi"], name_sv=row["name_sv"], name_en=row["name_en"],
                    provider=provider[row["unit"]], street_address=row["street_address"] or "",
                    postal_code=row["postal_code"] or "", district=row["district"] or "", latitude=row["latitude"],
                    longitude=row["longitude"],
                )
                for row in units.iter_rows(named=True)
            ],
            update_conflicts=True, unique_fields=["id"], batch_size=500,
            update_fields=["name_fi", "name_sv", "name_en", "provider", "street_address", "postal_code", "district",
                           "latitude", "longitude"],
        )  # fmt: skip
        Pool.objects.bulk_create(
            [
                Pool(
                    id=row["group"], unit_id=row["unit"], band=row["band"], language=row["language"],
                    special=row["special"], shift_care=row["shift_care"], first_day=row["first_day"],
                    last_day=row["last_day"],
                )
                for row in groups.iter_rows(named=True)
            ],
            update_conflicts=True, unique_fields=["id"], batch_size=500,
            update_fields=["band", "language", "special", "shift_care", "first_day", "last_day"],
        )  # fmt: skip
        PoolSeats.objects.bulk_create(
            [
                PoolSeats(
                    pool_id=row["group"], first_day=row["first_day"], last_day=row["last_day"],
                    educators=row["educators"], seats=seats_of(row["band"], row["educators"], on),
                    present_educators=row["present_educators"], present_children=row["present_children"],
                )
                for row in groups.iter_rows(named=True)
            ],
            update_conflicts=True, unique_fields=["pool", "first_day"], batch_size=500,
            update_fields=["last_day", "educators", "seats", "present_educators", "present_children"],
        )  # fmt: skip
        known = set(groups["group"].to_list())
        gone = [one for one in Pool.objects.filter(last_day__isnull=True).values_list("pk", flat=True)
                if one not in known]  # fmt: skip
        Pool.objects.filter(pk__in=gone, first_day__lt=on).update(last_day=on - timedelta(days=1))
        said = {"snapshot": snapshot.id, "units": units.height, "groups": groups.height, "closed": len(gone)}
        audit.write(actor, "childcare.keep-units", "units", at, {}, RETENTION, statement=said)
    return units.height


def take_streets(snapshot: Snapshot, *, actor: Actor, at: datetime) -> StreetNetwork | None:
    """The street network that comes with a snapshot; None where none does: then ways are estimated, and marked."""
    if not (snapshot.file(NODES).exists() and snapshot.file(EDGES).exists()):
        return None
    nodes, edges = pl.read_parquet(snapshot.file(NODES)), pl.read_parquet(snapshot.file(EDGES))
    packed = networks.pack(
        nodes["latitude"], nodes["longitude"], edges["first"], edges["second"], edges["metres"], edges["crossing"]
    )
    return use_network(packed, name=snapshot.city, attribution="", actor=actor, at=at)


def use_network(network: networks.Network, *, name: str, attribution: str, actor: Actor, at: datetime) -> StreetNetwork:
    """Keep a network on disk and use it from now on; the same streets are kept once. Raises Refused."""
    require(actor, "childcare.keep-units")
    networks.save(network, folder())
    with transaction.atomic():
        row, made = StreetNetwork.objects.get_or_create(
            digest=network.digest,
            defaults={
                "name": name, "attribution": attribution, "nodes": network.nodes, "edges": network.edges,
                "crossings": network.crossings, "taken_at": at, "taken_by": actor.subject,
            },
        )  # fmt: skip
        if made:
            said = {"network": network.digest, "nodes": network.nodes, "edges": network.edges}
            audit.write(actor, "childcare.keep-units", f"streets:{row.pk}", at, {}, RETENTION, statement=said)
    return row
