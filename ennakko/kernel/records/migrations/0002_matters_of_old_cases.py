"""Cases that were opened before there was a register get their matters, as their plans say now."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

PORTION = 500


def enter_old_cases(apps, schema_editor):
    # No dependency on the cases: where they are migrated later (a new database) there is none to enter.
    try:
        Case = apps.get_model("cases", "Case")
    except LookupError:
        return
    from ennakko.kernel.records.plans import plan_of

    Matter = apps.get_model("records", "Matter")
    known = set(Matter.objects.exclude(case=None).values_list("case", flat=True))
    rows = []
    for case in Case.objects.order_by("id").iterator(chunk_size=PORTION):
        plan = plan_of(case.service, case.kind)
        if plan is None or case.pk in known:
            continue
        closed = timezone.localtime(case.closed_at).date() if case.closed_at else None
        after = lambda days: closed + timedelta(days=days + 1) if closed and days is not None else None  # noqa: E731
        gone = getattr(case, "emptied_at", None)
        rows.append(
            Matter(
                number=case.number, service=case.service, kind=case.kind, about=f"case:{case.pk}",
                case=None if gone else case.pk, organisation=case.organisation, task_class=plan.task_class,
                title={language: plan.title.in_(language) for language in plan.title.languages},
                publicity=plan.publicity,
                secrecy_ground={
                    language: plan.secrecy_ground.in_(language) for language in plan.secrecy_ground.languages
                } if plan.secrecy_ground else None,
                secrecy_years=plan.secrecy_years, party_public=plan.party_public, retention_days=plan.retention_days,
                attachments_days=plan.attachments_days, archive=plan.archive,
                opened_on=timezone.localtime(case.opened_at).date(), closed_on=closed,
                outcome=case.state if closed else "", attachments_after=after(plan.attachments_days),
                destroy_after=after(plan.retention_days),
            )
        )
    Matter.objects.bulk_create(rows, batch_size=PORTION)


class Migration(migrations.Migration):

    dependencies = [
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(enter_old_cases, migrations.RunPython.noop),
    ]
