# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models


class Migration(migrations.Migration):
    """A queue's first page is read along an index; the subject's index stood twice."""

    dependencies = [("cases", "0005_queue_of_kind_whole")]

    operations = [
        migrations.RemoveIndex(model_name="case", name="cases_subject"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("emptied_at__isnull", True)),
                fields=["service", "kind", "due", "id"],
                name="cases_queue_by_due",
            ),
        ),
    ]
