# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "ennakko.kernel.registers"
    label = "registers"

    def ready(self) -> None:
        from ennakko.kernel.access import guardianships_from
        from ennakko.kernel.registers.residents import children_of
        from ennakko.kernel.registers.snapshots import NoSnapshot

        def children(person: int) -> frozenset[int]:
            try:
                return frozenset(children_of(person))
            except NoSnapshot:
                return frozenset()  # before the first snapshot nobody is known to be anybody's guardian

        guardianships_from(children)
