"""What was called `rules` reads the regular ways of news, and is called so; rules are now a project's own."""

from django.db import migrations


def rename(apps, schema_editor):
    engines = apps.get_model("articles", "ProjectEngine").objects
    taken = engines.filter(name="newswire").values("project")
    engines.filter(kind="rules", name="rules").exclude(project__in=taken).update(name="newswire")
    engines.filter(kind="rules").update(kind="newswire")


def rename_back(apps, schema_editor):
    engines = apps.get_model("articles", "ProjectEngine").objects
    engines.filter(kind="newswire", name="newswire").update(name="rules")
    engines.filter(kind="newswire").update(kind="rules")


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_engines_that_learn")]
    operations = [migrations.RunPython(rename, rename_back)]
