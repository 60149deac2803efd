# SPDX-License-Identifier: EUPL-1.2
"""A ready query answers as the query set does from which it was made."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from ennakko.kernel.access.models import RoleGrant, StaffMember
from ennakko.kernel.jobs.models import JobRun
from ennakko.kernel.ready import Given, Ready

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 15, 9, 0, 0, 123456, tzinfo=UTC)
DAYS = (date(2026, 4, 1), date(2026, 4, 15), date(2026, 5, 1))


@pytest.fixture
def grants() -> list[RoleGrant]:
    made = []
    for number, day in enumerate(DAYS):
        staff = StaffMember.objects.create(subject=f"s{number}", name=f"Säde {number}")
        made.append(RoleGrant.objects.create(staff=staff, role="adviser", valid_from=day, granted_at=AT))
    return made


def begun_by(role, on):
    return (
        RoleGrant.objects.filter(models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=on), role=role)
        .filter(valid_from__lte=on)
        .select_related("staff")
        .order_by("-valid_from")
    )


def test_rows_come_with_what_they_belong_to_in_one_statement(grants):
    ready = Ready(lambda: begun_by(Given("role"), Given("on")))
    for on in DAYS:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = ready.all(role="adviser", on=on)
            names = [row.staff.name for row in found]
        assert len(asked) == 1
        plain = list(begun_by("adviser", on))
        assert found == plain
        assert names == [row.staff.name for row in plain]
        assert [(row.granted_at, row.valid_from) for row in found] == [(AT, row.valid_from) for row in plain]
    assert ready.all(role="other", on=DAYS[0]) == []


def test_rows_are_counted_without_being_read(grants):
    ready = Ready(lambda: begun_by(Given("role"), Given("on")))
    for on in DAYS:
        with CaptureQueriesContext(connection) as asked:
            assert ready.count(role="adviser", on=on) == begun_by("adviser", on).count() > 0
        assert "granted_at" not in asked[0]["sql"]
    assert ready.count(role="other", on=DAYS[0]) == 0


def test_json_moments_and_left_out_columns_come_as_ever():
    report = {"ä": [1, None, 1.5]}
    JobRun.objects.create(name="n", slot="s", worker="w", started_at=AT, outcome="done", report=report, error="")
    whole = Ready(lambda: JobRun.objects.filter(name=Given("name"), started_at=Given("at")))
    row = whole.first(name="n", at=AT)
    assert row is not None
    assert (row.report, row.started_at) == (report, AT)
    few = Ready(lambda: JobRun.objects.filter(name=Given("name")).only("slot"))
    row = few.first(name="n")
    assert row is not None
    assert row.slot == "s"
    assert row.get_deferred_fields() >= {"report", "worker"}
    assert row.report == report
    assert few.first(name="m") is None


def test_a_row_that_was_read_can_be_changed_and_saved(grants):
    row = Ready(lambda: RoleGrant.objects.filter(pk=Given("key"))).first(key=grants[0].pk)
    assert row is not None
    row.role = "auditor"
    row.save()
    assert RoleGrant.objects.get(pk=grants[0].pk).role == "auditor"


def test_whoever_listens_to_how_rows_are_made_hears_of_each(grants):
    heard: list[models.Model] = []

    def hear(instance, **_):
        heard.append(instance)

    models.signals.post_init.connect(hear, sender=RoleGrant)
    try:
        found = Ready(lambda: RoleGrant.objects.filter(role=Given("role"))).all(role="adviser")
    finally:
        models.signals.post_init.disconnect(hear, sender=RoleGrant)
    assert heard == found != []


def test_a_rows_state_is_that_of_a_row_that_stands(grants):
    row = Ready(lambda: RoleGrant.objects.filter(pk=Given("key"))).first(key=grants[0].pk)
    assert row is not None
    assert (row._state.adding, row._state.db) == (False, "default")
    assert row.staff == grants[0].staff


def test_what_it_cannot_make_is_refused_at_the_first_use():
    for rows in (
        lambda: RoleGrant.objects.values("role"),
        lambda: RoleGrant.objects.annotate(n=models.Count("pk")),
        lambda: StaffMember.objects.prefetch_related("role_grants"),
    ):
        with pytest.raises(TypeError, match="ready query"):
            Ready(rows).all()


def test_a_value_that_is_not_told_is_an_error():
    with pytest.raises(KeyError):
        Ready(lambda: JobRun.objects.filter(name=Given("name"))).all()
