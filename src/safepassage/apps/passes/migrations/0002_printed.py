from django.db import migrations, models
from django.db.models import F


def passes_of_before_are_printed(apps, schema_editor):
    """Nothing says otherwise of them, and to take them all for lost would revoke what people carry."""
    apps.get_model("passes", "PassRecord").objects.update(printed_at=F("issued_at"))


class Migration(migrations.Migration):

    dependencies = [
        ('passes', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='passrecord',
            name='printed_at',
            field=models.DateTimeField(blank=True, help_text='When its print was handed out; none: nobody may have it on paper.', null=True),
        ),
        migrations.RunPython(passes_of_before_are_printed, migrations.RunPython.noop),
    ]
