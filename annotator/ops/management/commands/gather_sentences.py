from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from annotator.ops.gathering import each_once, gather, written
from annotator.ops.model_names import names_in_admin
from annotator.ops.titles import titles

GATHERED = settings.BASE_DIR / "annotator" / "lib" / "gathered"


class Command(BaseCommand):
    help = "Gathers what code without Django says to people, for `makemessages` to find."

    def handle(self, *args: Any, **options: Any) -> None:
        found = gather(settings.BASE_DIR) | {"models": set(names_in_admin()), "titles": set(titles())}
        for speaker, sentences in each_once(found).items():
            (GATHERED / f"{speaker}.py").write_text(written(speaker, sentences), "utf-8")
            self.stdout.write(f"{speaker}: {len(sentences)} sentences")
