from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "annotator.ops"
    verbose_name = "Operations"

    def ready(self) -> None:
        import annotator.ops.checks  # noqa: F401 - registers them
        from annotator.ops.model_names import translate_names

        translate_names()
