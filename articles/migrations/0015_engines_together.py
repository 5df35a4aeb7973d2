"""Projects that were there before get the engine that merges what the others suggest, as new ones do."""

from django.db import migrations

NAME = "ensemble"


def add(apps, schema_editor):
    projects = apps.get_model("users", "Project").objects
    engines = apps.get_model("articles", "ProjectEngine").objects
    lacking = projects.exclude(pk__in=engines.filter(name=NAME).values("project"))
    engines.bulk_create([engines.model(project=project, name=NAME, kind=NAME) for project in lacking])


def remove(apps, schema_editor):
    """Only where it has read nothing yet: what it suggested is not thrown away."""
    apps.get_model("articles", "ProjectEngine").objects.filter(kind=NAME, layers=None, evaluations=None).delete()


class Migration(migrations.Migration):
    dependencies = [("articles", "0014_projects_have_the_learned_engine"), ("users", "0002_guards_and_queue_order")]
    operations = [migrations.RunPython(add, remove)]
