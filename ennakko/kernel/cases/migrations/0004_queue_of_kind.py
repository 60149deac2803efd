# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("cases", "0003_completed"),
        ("offers", "0002_offers_to_organisations"),
        ("people", "0002_protected"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("emptied_at__isnull", True)),
                fields=["service", "kind", "state", "due", "paused_since", "handler"],
                name="cases_queue_of_kind",
            ),
        ),
    ]
