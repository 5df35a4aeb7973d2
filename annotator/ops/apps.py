from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "annotator.ops"
    verbose_name = "Operations"
