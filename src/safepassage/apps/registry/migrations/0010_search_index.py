"""Search by the store's own full-text engine in the place of a table of terms."""

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE registry_found USING fts5"
    "(terms, content='', detail=none, columnsize=0, prefix='6', tokenize='ascii')",
    "INSERT INTO registry_found(rowid, terms) "
    "SELECT founded, search_text FROM registry_personrecord WHERE search_text <> '' ORDER BY founded",
)
POSTGRESQL = (
    "CREATE INDEX registry_found ON registry_personrecord "
    "USING gin (array_to_tsvector(string_to_array(search_text, ' ')))",
)


def lay_down(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


def take_away(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute("DROP INDEX registry_found" if is_postgresql else "DROP TABLE registry_found", params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0009_relations_stated'),
    ]

    operations = [
        migrations.DeleteModel(name='SearchTerm'),
        migrations.RunPython(lay_down, take_away),
    ]
