# SPDX-License-Identifier: EUPL-1.2
"""The first administrator is named by a command, the second only by the first."""

import pytest
from django.core.management import CommandError, call_command

from ennakko.kernel import access, clock
from ennakko.kernel.access.models import StaffMember

pytestmark = pytest.mark.django_db


def test_the_first_administrator_holds_the_role_from_today_on() -> None:
    call_command("first_administrator", "mirja", "Mirja Lampi", verbosity=0)
    member = StaffMember.objects.get(subject="mirja")
    assert access.roles_of(member, on=clock.today()) == {"administrator"}


def test_there_is_no_second_first_administrator() -> None:
    call_command("first_administrator", "mirja", "Mirja Lampi", verbosity=0)
    with pytest.raises(CommandError, match="Mirja Lampi"):
        call_command("first_administrator", "other", "Other Person", verbosity=0)
    assert not StaffMember.objects.filter(subject="other").exists()
