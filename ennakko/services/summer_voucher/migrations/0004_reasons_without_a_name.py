# SPDX-License-Identifier: EUPL-1.2
"""Two reasons of an application carried one city's name: now they are named alike in every municipality."""

from django.db import migrations

NAMES = {
    "student_in_helsinki_but_not_resident": "student_in_city_but_not_resident",
    "moving_to_helsinki": "moving_to_city",
}


def renamed(apps, names):
    applications = apps.get_model("summer_voucher", "Application")
    for one in applications.objects.only("pk", "reasons").iterator(chunk_size=500):
        if any(reason in names for reason in one.reasons):
            one.reasons = [names.get(reason, reason) for reason in one.reasons]
            one.save(update_fields=["reasons"])


def forwards(apps, schema_editor):
    renamed(apps, NAMES)


def backwards(apps, schema_editor):
    renamed(apps, {new: old for old, new in NAMES.items()})


class Migration(migrations.Migration):
    dependencies = [("summer_voucher", "0003_notes_to_the_kernel")]

    operations = [migrations.RunPython(forwards, backwards)]
