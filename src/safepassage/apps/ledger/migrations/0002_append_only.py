"""The database itself refuses to change events: on SQLite updates, on PostgreSQL updates and deletions.

SQLite's own way of emptying a table is a deletion, which the test runner needs; a row taken out there shows as a
broken chain (`checking.record_check`).
"""

from django.db import migrations

SQLITE = """
CREATE TRIGGER ledger_events_stay BEFORE UPDATE ON ledger_eventrecord
BEGIN SELECT RAISE(ABORT, 'the record is never edited'); END
"""
POSTGRESQL = """
CREATE FUNCTION ledger_events_stay() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the record is never edited'; END $$;
CREATE TRIGGER ledger_events_stay BEFORE UPDATE OR DELETE ON ledger_eventrecord
FOR EACH ROW EXECUTE FUNCTION ledger_events_stay()
"""


def guard(apps, schema_editor):
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE, params=None)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER ledger_events_stay ON ledger_eventrecord", params=None)
        schema_editor.execute("DROP FUNCTION ledger_events_stay()", params=None)
    else:
        schema_editor.execute("DROP TRIGGER ledger_events_stay", params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
