from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "annotator.users"
    verbose_name = "People and projects"

    def ready(self) -> None:
        import annotator.users.signing_in  # noqa: F401 - connects it
