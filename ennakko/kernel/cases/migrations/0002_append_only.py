# SPDX-License-Identifier: EUPL-1.2
"""The database itself refuses to change a case event. Removal stays possible: lawful destruction removes whole cases."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER cases_event_unchanged BEFORE UPDATE ON cases_caseevent
BEGIN SELECT RAISE(ABORT, 'a case event is never changed'); END
"""
POSTGRESQL = """
CREATE FUNCTION cases_event_unchanged() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a case event is never changed' USING ERRCODE = 'check_violation'; END $$;
CREATE TRIGGER cases_event_unchanged BEFORE UPDATE ON cases_caseevent
FOR EACH ROW EXECUTE FUNCTION cases_event_unchanged();
"""


def forwards(apps, schema_editor):
    sql = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(sql)


def backwards(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER cases_event_unchanged ON cases_caseevent")
            cursor.execute("DROP FUNCTION cases_event_unchanged()")
        else:
            cursor.execute("DROP TRIGGER cases_event_unchanged")


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
