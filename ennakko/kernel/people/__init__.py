# SPDX-License-Identifier: EUPL-1.2
"""The people who have an offer or a case with us: key, contact, language."""

from typing import TYPE_CHECKING

from ennakko.kernel.exported import exported_from

if TYPE_CHECKING:
    from ennakko.kernel.people.actions import Known as Known
    from ennakko.kernel.people.actions import choose_contact as choose_contact
    from ennakko.kernel.people.actions import ensure as ensure
    from ennakko.kernel.people.actions import forget as forget
    from ennakko.kernel.people.queries import by_identity_code as by_identity_code
    from ennakko.kernel.people.queries import found_by_name as found_by_name
    from ennakko.kernel.people.queries import identity_code_of as identity_code_of
    from ennakko.kernel.people.queries import person as person
    from ennakko.kernel.people.queries import protected as protected
else:
    __getattr__ = exported_from(
        __name__,
        actions=("Known", "choose_contact", "ensure", "forget"),
        queries=("by_identity_code", "found_by_name", "identity_code_of", "person", "protected"),
    )
