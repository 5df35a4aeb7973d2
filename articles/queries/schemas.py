from __future__ import annotations

from dataclasses import dataclass

from annotator.schemas.changes import changes_between
from annotator.schemas.definition import Definition, parse_definition
from annotator.schemas.models import LabelSchema, SchemaVersion
from annotator.users.models import Project


@dataclass(frozen=True)
class SchemaPage:
    """A project's label schema: the draft, what is published, and what publishing the draft would change."""

    draft: Definition
    published: Definition
    versions: list[SchemaVersion]
    changes: list[str]

    @property
    def newest(self) -> SchemaVersion:
        return self.versions[0]


def schema_page(project: Project) -> SchemaPage:
    schema = LabelSchema.objects.get(project=project)
    versions = list(schema.versions.select_related("published_by").order_by("-number"))
    draft, published = parse_definition(schema.draft), versions[0].definition
    return SchemaPage(draft, published, versions, changes_between(published, draft))
