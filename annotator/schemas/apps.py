from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchemasConfig(AppConfig):
    name = "annotator.schemas"
    verbose_name = _("Label schemas")
