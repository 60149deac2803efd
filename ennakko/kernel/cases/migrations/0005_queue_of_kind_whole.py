# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models


class Migration(migrations.Migration):
    """The index of a queue holds all that its counts and its order ask for: the cases themselves are not read."""

    dependencies = [("cases", "0004_queue_of_kind")]

    operations = [
        migrations.RemoveIndex(model_name="case", name="cases_queue_of_kind"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("emptied_at__isnull", True)),
                fields=["service", "kind", "state", "due", "paused_since", "handler", "id", "emptied_at"],
                name="cases_queue_of_kind",
            ),
        ),
    ]
