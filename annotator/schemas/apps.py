from django.apps import AppConfig


class SchemasConfig(AppConfig):
    name = "annotator.schemas"
    verbose_name = "Label schemas"
