from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "annotator.users"
    verbose_name = "People and projects"
