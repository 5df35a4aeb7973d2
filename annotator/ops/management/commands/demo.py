from typing import Any

from django.core.management.base import BaseCommand

from annotator.ops.demo_project import load_demo, logins_path
from articles.tasks.runs import enqueue_run


class Command(BaseCommand):
    help = "Makes the demo project, once, and says where its logins are."

    def handle(self, *args: Any, **options: Any) -> None:
        if load_demo(enqueue_run=enqueue_run):
            self.stdout.write("Made the demo project.")
        if logins_path().exists():
            self.stdout.write(f"The demo logins are in {logins_path()}.")
