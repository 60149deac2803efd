# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register


class PeopleConfig(AppConfig):
    name = "ennakko.kernel.people"
    label = "people"

    def ready(self) -> None:
        from ennakko.kernel.people import actions
        from ennakko.kernel.resealing import Sealed, register_sealed
        from ennakko.values.texts import text

        register(keys_are_set, deploy=True)
        register_sealed(
            Sealed(
                "people.identity-codes",
                text(fi="Henkilötunnukset", sv="Personbeteckningar", en="Identity codes"), actions.rotate_keys,
            )
        )  # fmt: skip


def keys_are_set(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuses a deployment whose keys derive from SECRET_KEY, or cannot be read."""
    from ennakko.kernel import keys

    if not keys.ring_is_set():
        return [Error("ENNAKKO_DATA_KEY is not set.", hint="Give 1:<base64 of 32 random bytes>.", id="people.E001")]
    try:
        keys.key_ids()
    except keys.KeyRingError as error:
        return [Error(str(error), id="people.E002")]
    return []
