"""Every table with its constraints and indexes, as the models say. What they cannot say follows."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # Databases from before the first release were made by these.
    replaces = [
        ('schemas', '0001_initial'),
    ]

    dependencies = [
        ('users', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='LabelSchema',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('project', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='label_schema', to='users.project')),
                ('draft', models.JSONField(help_text='The definition as it would be published next.')),
                ('draft_saved_at', models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name='SchemaVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('schema', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='schemas.labelschema')),
                ('number', models.PositiveIntegerField()),
                ('data', models.JSONField()),
                ('published_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['schema', '-number'],
                'constraints': [
                    models.UniqueConstraint(fields=('schema', 'number'), name='schema_version_once'),
                ],
            },
        ),
    ]
