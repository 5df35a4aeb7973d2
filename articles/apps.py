from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Articles and their annotation"

    def ready(self) -> None:
        import articles.checks  # noqa: F401 - registers them
