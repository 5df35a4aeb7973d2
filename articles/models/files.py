from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

# Small enough to hold in memory, large enough that a gigabyte is a thousand rows.
PART_BYTES = 2**20


class StoredFile(models.Model):
    """An upload or a release, kept in parts in the database, so that every worker on every machine can read
    it and a backup includes it.

    It is written once. Triggers refuse changes, and refuse to delete what a release needs.
    """

    name = models.CharField(max_length=255)
    size = models.BigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=Q(size__gte=0), name="file_size_counts")]

    def __str__(self) -> str:
        return self.name


class FilePart(models.Model):
    """Bytes `[number * PART_BYTES, ...)` of a file; only the last part is shorter."""

    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="parts", db_index=False)
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="file_part_once")]

    def __str__(self) -> str:
        return f"Part {self.number} of file {self.file_id}"
