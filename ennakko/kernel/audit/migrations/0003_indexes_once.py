# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations


class Migration(migrations.Migration):
    """The index of a read's coverage stood twice: Django makes one for each key."""

    dependencies = [("audit", "0002_acting_for_organisations")]

    operations = [migrations.RemoveIndex(model_name="read", name="audit_read_coverage")]
