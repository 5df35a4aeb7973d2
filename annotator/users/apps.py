from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UsersConfig(AppConfig):
    name = "annotator.users"
    verbose_name = _("People and projects")

    def ready(self) -> None:
        import annotator.users.signing_in  # noqa: F401 - connects it
