"""Projects that are there already have an engine for rules of their own, too, with none in it."""

from django.db import migrations


def add(apps, schema_editor):
    projects = apps.get_model("users", "Project").objects
    engines = apps.get_model("articles", "ProjectEngine").objects
    taken = engines.filter(name="rules").values("project")
    engines.bulk_create(
        engines.model(project=project, name="rules", kind="rules")
        for project in projects.exclude(pk__in=taken)
    )


TAKE_AWAY = """
DELETE FROM articles_projectengine engine WHERE name = 'rules' AND kind = 'rules' AND settings = '{}'
AND NOT EXISTS (SELECT FROM articles_layer WHERE engine_id = engine.id);
UPDATE articles_projectengine SET name = 'own-rules', enabled = false WHERE name = 'rules' AND kind = 'rules';
"""  # what was called rules before takes its name back


def take_away(apps, schema_editor):
    schema_editor.execute(TAKE_AWAY)


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_rules_become_newswire")]
    operations = [migrations.RunPython(add, take_away)]
