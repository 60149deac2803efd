# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_queue_of_kind"),
        ("summer_voucher", "0005_experiment_results"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="claimrow",
            index=models.Index(fields=["case", "risk"], name="summer_voucher_claim_risk"),
        ),
        migrations.AddIndex(
            model_name="claimrow",
            index=models.Index(
                condition=models.Q(("account_asked_at__isnull", False)),
                fields=["case"],
                name="summer_voucher_money_back",
            ),
        ),
    ]
