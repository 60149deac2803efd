# SPDX-License-Identifier: EUPL-1.2
"""For the machines that watch: alive, and ready to serve."""

import logging
from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from ennakko.kernel.registers import snapshots

log = logging.getLogger("ennakko.health")


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is looked at."""
    return JsonResponse({"status": "alive"})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Whether database, tables and registers are there; 503 with what is not."""
    checks: dict[str, Callable[[], str]] = {"database": _database, "migrations": _migrations, "registers": _registers}
    answers = {}
    for name, check in checks.items():
        try:
            answers[name] = check()
        except Exception as error:  # whatever is wrong, the watcher must be told and the log must say it
            log.warning("not ready: %s: %s", name, error)
            answers[name] = "failed" if not isinstance(error, DatabaseError) else "no database"
    good = all(answer == "ok" for answer in answers.values())
    return JsonResponse({"status": "ready" if good else "not ready", **answers}, status=200 if good else 503)


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    return "not migrated" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else "ok"


def _registers() -> str:
    snapshots.current()
    return "ok"
