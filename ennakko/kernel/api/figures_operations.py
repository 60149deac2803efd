# SPDX-License-Identifier: EUPL-1.2
"""Published figures over the network, each through the disclosure gate."""

import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from ennakko.kernel import clock
from ennakko.kernel.api.problems import Problem
from ennakko.kernel.api.types import Money, Page, Paging, Texts, money, texts
from ennakko.kernel.figures import UnknownFigure, figures, show
from ennakko.kernel.figures.registry import Figure, figure

router = Router(tags=["figures"])


class FigureSummary(Schema):
    """One published table: what it counts, by what, and from which source."""

    id: str
    title: Texts
    source: Texts
    by: dict[str, Texts]


class FigureCell(Schema):
    """One cell; a dimension that is null is all together. A hidden cell has no numbers."""

    by: dict[str, str | None]
    persons: int | None
    amounts: dict[str, Money | None]
    hidden: bool


class FigureTable(FigureSummary):
    """A table with its totals, and the day its data speaks of."""

    as_of: datetime.date
    cells: list[FigureCell]


@router.get(
    "", response={200: Page[FigureSummary], 422: Problem}, operation_id="list_figures", summary="All published figures"
)
def list_figures(request: HttpRequest, paging: Query[Paging]) -> dict[str, object]:
    """Every figure that is open to all, by id."""
    return paging.of([_summary(one) for one in figures() if one.open_to_all])


@router.get(
    "/{figure_id}",
    response={200: FigureTable, 404: Problem, 503: Problem},
    operation_id="get_figure",
    summary="One figure",
)
def get_figure(request: HttpRequest, figure_id: str) -> dict[str, Any]:
    """The table as it may be published: counts of one to four persons, and what would tell them, are hidden."""
    if not figure(figure_id).open_to_all:
        raise UnknownFigure(f"No figure is called {figure_id}.")
    shown = show(figure_id, on=clock.today())
    found = shown.figure
    cells = [
        {
            "by": {name: row[name] for name in found.by},
            "persons": row[found.column],
            "amounts": {name: None if row[name] is None else money(row[name]) for name in found.measures},
            "hidden": row["hidden"],
        }
        for row in shown.gated.frame.iter_rows(named=True)
    ]
    return {**_summary(found), "as_of": shown.as_of, "cells": cells}


def _summary(one: Figure) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": texts(one.title),
        "source": texts(one.source),
        "by": {name: texts(label) for name, label in one.by.items()},
    }
