#!/usr/bin/env python
"""Django's command line. Commands find the embedded servers by themselves, and start them when none run."""

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path

# Commands that need no server, or (up) start them in their own way.
WITHOUT_SERVERS = {
    "up", "help", "version", "check", "makemigrations", "collectstatic", "spectacular", "compilemessages",
    "makemessages", "--help", "--version",
}  # fmt: skip


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotator.settings.dev")
    data = Path(os.environ.setdefault("ANNOTATOR_DATA", str(Path(__file__).resolve().parent / ".data")))
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if os.environ["DJANGO_SETTINGS_MODULE"] == "annotator.settings.dev":
        if "SECRET_KEY" not in os.environ:
            try:
                os.environ["SECRET_KEY"] = secret_key(data)
            except OSError as error:
                sys.exit(
                    f"The data folder {data} cannot be used: {error}. Choose another: make run DATA=/some/dir"
                )
        if command not in WITHOUT_SERVERS:
            from annotator.ops.embedded import use_servers

            use_servers(data, os.environ)
    from django.core.management import execute_from_command_line

    import annotator.celery  # noqa: F401 - makes it the app that tasks are sent through

    execute_from_command_line(sys.argv)


def secret_key(data: Path) -> str:
    """The installation's key, made once and readable by its owner only. An empty file is no key: a machine
    that lost its power may leave one behind."""
    path = data / "secret_key"
    if path.exists():
        if key := path.read_text(encoding="utf-8").strip():
            return key
        path.unlink(missing_ok=True)
    data.mkdir(parents=True, exist_ok=True, mode=0o711)
    made = data / f"secret_key.{os.getpid()}"
    with os.fdopen(
        os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(secrets.token_urlsafe(50))
        file.flush()
        os.fsync(file.fileno())
    # Of two commands that start at once the first one's key counts, and nobody ever reads half of one.
    with suppress(FileExistsError):
        os.link(made, path)
    made.unlink()
    return path.read_text(encoding="utf-8")


if __name__ == "__main__":
    main()
