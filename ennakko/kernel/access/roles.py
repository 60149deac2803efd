# SPDX-License-Identifier: EUPL-1.2
"""The staff roles there are: the kernel's own and those that services declare."""

from dataclasses import dataclass

from ennakko.values.texts import Text, text


@dataclass(frozen=True, slots=True)
class StaffRole:
    """A role a member of staff can be given: its id (`summer-voucher.handler`) and its title."""

    id: str
    title: Text


ADMINISTRATOR = "administrator"
ADVISER = "adviser"
DATA_PROTECTION_OFFICER = "data-protection-officer"
PROTECTED_CLERK = "protected-clerk"

_roles: dict[str, StaffRole] = {}


def register_roles(*roles: StaffRole) -> None:
    """Declare roles; declaring a role again with another title is an error."""
    for role in roles:
        if _roles.setdefault(role.id, role) != role:
            raise ValueError(f"The role {role.id!r} is declared twice, with different titles.")


def roles() -> tuple[StaffRole, ...]:
    """Every declared role."""
    return tuple(_roles.values())


def is_role(name: str) -> bool:
    """Whether a role is declared."""
    return name in _roles


def role_title(name: str) -> Text:
    """The role's title; its id where it is not declared."""
    return _roles[name].title if name in _roles else text(fi=name, sv=name, en=name)


register_roles(
    StaffRole(ADMINISTRATOR, text(fi="Pääkäyttäjä", sv="Administratör", en="Administrator")),
    StaffRole(ADVISER, text(fi="Neuvoja", sv="Rådgivare", en="Adviser")),
    StaffRole(
        DATA_PROTECTION_OFFICER, text(fi="Tietosuojavastaava", sv="Dataskyddsombud", en="Data protection officer")
    ),
    StaffRole(
        PROTECTED_CLERK,
        text(fi="Turvakieltoasioiden hoitaja", sv="Handläggare för spärrmarkering", en="Clerk for non-disclosure"),
    ),
)
