from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("movement", "0006_amendments")]

    operations = [
        migrations.CreateModel(
            name="Told",
            fields=[
                ("party", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("heads", models.PositiveSmallIntegerField()),
                ("start", models.CharField(max_length=40)),
                ("report_at", models.DateTimeField()),
                ("access_point", models.CharField(blank=True, max_length=40)),
                ("window_start", models.DateTimeField(null=True)),
            ],
        ),
    ]
