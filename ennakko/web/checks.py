# SPDX-License-Identifier: EUPL-1.2
"""What production must not be started with: system checks of the tag "production", run by `ennakko check --deploy`
and by the server before it answers the first request."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from ennakko.kernel import keys
from ennakko.kernel.clock.models import DemoClock
from ennakko.web import gates, outside

TAG = "production"
SHORTEST_SECRET = 50


def secret_key() -> str:
    if settings.SECRET_KEY == settings.DEFAULT_SECRET_KEY:
        return "ENNAKKO_SECRET_KEY is not set: give it at least 50 random characters."
    if len(settings.SECRET_KEY) < SHORTEST_SECRET or len(set(settings.SECRET_KEY)) < 5:
        return f"ENNAKKO_SECRET_KEY is too weak: give it at least {SHORTEST_SECRET} random characters."
    return ""


def debug() -> str:
    return "ENNAKKO_DEBUG is on: it shows the inside of the program to anybody." if settings.DEBUG else ""


def data_key() -> str:
    if not keys.ring_is_set():
        return "ENNAKKO_DATA_KEY is not set: without it personal data would be sealed with the session key."
    try:
        keys.key_ids()
    except keys.KeyRingError as error:
        return str(error)
    return ""


def hosts() -> str:
    if ",".join(settings.ALLOWED_HOSTS) == settings.DEFAULT_HOSTS or "*" in settings.ALLOWED_HOSTS:
        return "ENNAKKO_HOSTS is not set: name the hosts that this service answers to, without wildcards."
    return ""


def database() -> str:
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") and not settings.ALLOW_SQLITE:
        return "The database is SQLite: set ENNAKKO_DATABASE to PostgreSQL, or ENNAKKO_ALLOW_SQLITE=1 on a single host."
    return ""


def sign_in() -> str:
    missing = [
        f"ENNAKKO_{group.upper()}_{name.upper()}"
        for group, one in settings.SIGN_IN.items()
        for name in ("issuer", "client_secret")
        if not one[name]
    ]
    plain = [
        group for group, one in settings.SIGN_IN.items() if one["issuer"] and not one["issuer"].startswith("https://")
    ]
    if missing:
        return f"Nobody can sign in: set {', '.join(missing)}."
    return f"The issuer of {', '.join(plain)} is not https." if plain else ""


def personas() -> str:
    from django.urls import NoReverseMatch, reverse

    try:
        reverse("personas-metadata", args=["residents"])
    except NoReverseMatch:
        return ""
    return "The demo's identity provider is among the addresses: anybody could sign in as anybody."


def connectors() -> str:
    if settings.CONNECTORS == "embedded":
        return (
            'ENNAKKO_CONNECTORS is "embedded": messages would only be shown on a demo page, and registers are made up. '
            'Set it to "http".'
        )
    return ""


def outside_systems() -> str:
    return " ".join(outside.problems()) if settings.CONNECTORS == "http" else ""


def demo_database() -> str:
    try:
        made_by_the_demo = DemoClock.objects.exists()
    except DatabaseError:
        return ""  # No tables yet: there is nothing of the demo in them.
    if made_by_the_demo:
        return "The database holds the demo city: give the real service a database of its own (ENNAKKO_DATABASE)."
    return ""


RULES: tuple[tuple[str, Callable[[], str]], ...] = (
    ("ennakko.E001", secret_key),
    ("ennakko.E002", debug),
    ("ennakko.E003", data_key),
    ("ennakko.E004", hosts),
    ("ennakko.E005", database),
    ("ennakko.E006", sign_in),
    ("ennakko.E007", personas),
    ("ennakko.E008", connectors),
    ("ennakko.E009", demo_database),
    ("ennakko.E010", outside_systems),
)


def unfit_for_production(app_configs: Sequence[Any] | None = None, **more: Any) -> list[checks.CheckMessage]:
    """What keeps this deployment from serving real people; empty in the demo, which serves none."""
    if settings.DEMO:
        return []
    return [checks.Error(reason, id=number) for number, rule in RULES if (reason := rule())]


def refuse_unfit() -> None:
    """Stop the server before it answers anybody; raises ImproperlyConfigured with every reason."""
    problems = unfit_for_production()
    if problems:
        lines = "\n".join(f"  {problem.id}: {problem.msg}" for problem in problems)
        raise ImproperlyConfigured(f"Ennakko refuses to start for real people (docs/running.md):\n{lines}")


def register_all() -> None:
    """Known to `ennakko check --deploy`; other commands of a developer are not stopped, only told of closed gates."""
    checks.register(unfit_for_production, TAG, deploy=True)
    checks.register(gates.incomplete, TAG)
