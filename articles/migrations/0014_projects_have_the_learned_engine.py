"""Projects that were there get the engine that new ones begin with."""

from django.db import migrations


def add(apps, schema_editor):
    engines = apps.get_model("articles", "ProjectEngine").objects
    projects = apps.get_model("users", "Project").objects
    without = projects.exclude(pk__in=engines.filter(name="learned").values("project"))
    rows = [engines.model(project=project, name="learned", kind="learned") for project in without.only("pk")]
    engines.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("articles", "0013_gold_has_parts")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
