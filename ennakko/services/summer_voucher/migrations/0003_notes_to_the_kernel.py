# SPDX-License-Identifier: EUPL-1.2
"""Handlers' notes move to the cases of the kernel, which all services share.

A note that was written for the file stays inside: nothing that was not meant for the applicant becomes visible to them.
"""

from django.db import migrations

PORTION = 500


def forwards(apps, schema_editor):
    old, new = apps.get_model("summer_voucher", "HandlerNote"), apps.get_model("cases", "Note")
    rows = (
        new(
            case_id=one.case_id, kind="internal", important=one.important, text=one.text, by=one.by,
            by_name=one.by_name, at=one.at, edited_at=one.edited_at,
        )
        for one in old.objects.order_by("pk").iterator(chunk_size=PORTION)
    )
    new.objects.bulk_create(rows, batch_size=PORTION)


def backwards(apps, schema_editor):
    old, new = apps.get_model("summer_voucher", "HandlerNote"), apps.get_model("cases", "Note")
    own = new.objects.filter(case__service="summer-voucher", document=None).order_by("pk")
    rows = (
        old(
            case_id=one.case_id, internal=one.kind == "internal", important=one.important, text=one.text, by=one.by,
            by_name=one.by_name, at=one.at, edited_at=one.edited_at,
        )
        for one in own.iterator(chunk_size=PORTION)
    )
    old.objects.bulk_create(rows, batch_size=PORTION)
    own.delete()


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_completed"), ("summer_voucher", "0002_claims")]
    operations = [migrations.RunPython(forwards, backwards), migrations.DeleteModel("HandlerNote")]
