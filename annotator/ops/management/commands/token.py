from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotator.users.models import ApiToken, User
from annotator.users.services.tokens import create_token


class Command(BaseCommand):
    help = "Makes an API token for a user and prints it. It is not shown again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="command line")
        parser.add_argument("--read-only", action="store_true")

    def handle(self, *args: Any, username: str, name: str, read_only: bool, **options: Any) -> None:
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active user {username!r}.")
        scope = ApiToken.Scope.READ if read_only else ApiToken.Scope.WRITE
        _, secret = create_token(user=user, name=name, scope=scope)
        self.stdout.write(secret)
