from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from annotator.ops.gathering import gather, written
from annotator.ops.model_names import names_in_admin
from annotator.ops.titles import titles

GATHERED = settings.BASE_DIR / "annotator" / "lib" / "gathered_sentences.py"


class Command(BaseCommand):
    help = "Gathers what code without Django says to people, for `makemessages` to find."

    def handle(self, *args: Any, **options: Any) -> None:
        sentences = {*gather(settings.BASE_DIR), *names_in_admin(), *titles()} - {""}
        GATHERED.write_text(written(sentences), "utf-8")
        self.stdout.write(f"{len(sentences)} sentences")
