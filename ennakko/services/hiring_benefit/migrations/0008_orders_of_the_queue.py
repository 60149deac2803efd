# SPDX-License-Identifier: EUPL-1.2
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    """A long queue is read along an index in every order that the handlers choose."""

    dependencies = [
        ("cases", "0006_queue_by_due"),
        ("hiring_benefit", "0007_taxes_and_wages"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="application",
            name="hiring_benefit_search",
        ),
        migrations.RemoveIndex(
            model_name="application",
            name="hiring_benefit_start",
        ),
        migrations.AddField(
            model_name="application",
            name="ranked_cents",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.comparison.Coalesce("benefit_cents", 0),
                help_text="What the queue sorts by: where nothing is calculated, nothing",
                output_field=models.BigIntegerField(),
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["search", "case"], name="hiring_benefit_by_employer"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["start", "case"], name="hiring_benefit_by_start"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["received_on", "case"], name="hiring_benefit_by_arrival"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["ranked_cents", "case"], name="hiring_benefit_by_value"),
        ),
    ]
