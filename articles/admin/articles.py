from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotator.lib.admin import KeptAdmin, LogInline
from annotator.lib.numbers import whole_number
from annotator.users.models import Project
from articles.admin.projects import InUse
from articles.admin.runs import assign_evenly, preannotate
from articles.formats import writer_for
from articles.formats.base import Problem
from articles.models import Article, Layer, Span
from articles.queries.articles import languages, matching, recent_languages, without_text
from articles.queries.exports.stream import stored_articles
from articles.queries.layers.choice import GOLD
from articles.services.articles import METADATA_FIELDS, archive_article, change_metadata

SHOWN_CHARACTERS = 100_000


class ByLanguage(admin.SimpleListFilter):
    """The languages of the chosen project; without one, those of the newest articles."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        project = whole_number(request.GET.get("project__id__exact", ""))
        found = recent_languages() if project is None else languages(Project(pk=project))
        return [(language, language) for language in found]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return queryset.filter(language=self.value()) if self.value() else queryset


class LayersOfArticle(LogInline[Layer, Article]):
    model = Layer
    fields = ("whose", "span_count", "version", "submitted_at", "approved_at", "engine_version")
    readonly_fields = fields
    verbose_name_plural = _("layers")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Layer]:
        spans = Span.objects.filter(layer=OuterRef("pk")).order_by().values("layer")
        count = Coalesce(Subquery(spans.annotate(n=Count("pk")).values("n")), 0)
        return super().get_queryset(request).select_related("user", "engine").annotate(span_count=count)

    @admin.display(description=_("author"))
    def whose(self, layer: Layer) -> str:
        return layer.author

    @admin.display(description=_("spans"))
    def span_count(self, layer: Any) -> int:
        return int(layer.span_count)


class ArticleForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Article
        fields = METADATA_FIELDS


@admin.register(Article)
class ArticleAdmin(KeptAdmin[Article]):
    form = ArticleForm
    list_display = ("headline", "project", "standing", "language", "published_on", "source", "length")
    list_filter = ("project", "status", ByLanguage, "published_on", InUse)
    list_select_related = ("project",)
    whole_list = "?shown=all"
    # Django shows the search box only for named fields; the search itself is `matching`.
    search_fields = ("title",)
    search_help_text = _(
        'Words of the text; the last may be incomplete. "In quotes" finds any piece of text.'
    )
    ordering = ("-id",)
    inlines = (LayersOfArticle,)
    actions = ("preannotate_chosen", "assign_chosen", "export_chosen", "archive_chosen")
    readonly_fields = (
        "project",
        "status",
        "external_id",
        "length",
        "checksum",
        "pages",
        "created_at",
        "archived_at",
    )
    fieldsets = (
        (None, {"fields": ("project", "status", "pages")}),
        (_("Metadata"), {"fields": METADATA_FIELDS}),
        (_("Text"), {"fields": ("article_text",)}),
        (_("Record"), {"fields": ("external_id", "length", "checksum", "created_at", "archived_at")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Articles come in through imports, which check and count them."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return without_text(super().get_queryset(request))

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> Any:
        return (*self.readonly_fields, "article_text")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        q = search_term.replace("\0", "").strip()[:200]
        return (matching(queryset, q) if q else queryset), False

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        if form.changed_data:
            change_metadata(
                article=obj, changes={name: form.cleaned_data[name] for name in form.changed_data}
            )

    @admin.display(description=_("article"), ordering="id")
    def headline(self, article: Article) -> str:
        return str(article)

    @admin.display(description=_("status"), ordering="status")
    def standing(self, article: Article) -> SafeString:
        words = article.get_status_display()
        return format_html('<span class="an-count" data-status="{}">{}</span>', article.status, words)

    @admin.display(description=_("pages"))
    def pages(self, article: Article) -> SafeString:
        args = [article.project.slug, article.pk]
        return format_html(
            '<a class="an-link" href="{}">{}</a> <a class="an-link" href="{}">{}</a>',
            reverse("articles:editor", args=args),
            gettext("Editor"),
            reverse("articles:review", args=args),
            gettext("Review"),
        )

    @admin.display(description=_("SHA-256 of the text"))
    def checksum(self, article: Article) -> SafeString:
        return format_html('<code class="an-wrap">{}</code>', article.sha256)

    @admin.display(description=_("text (never changes)"))
    def article_text(self, article: Article) -> SafeString:
        shown = format_html('<div class="an-text" dir="auto">{}</div>', article.text[:SHOWN_CHARACTERS])
        if article.length <= SHOWN_CHARACTERS:
            return shown
        words = gettext("The first %(shown)s of %(length)s characters.")
        note = words % {"shown": f"{SHOWN_CHARACTERS:,}", "length": f"{article.length:,}"}
        return shown + format_html("<p>{}</p>", note)

    @admin.action(description=_("Pre-annotate"), permissions=["change"])
    def preannotate_chosen(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        for project, articles in _by_project(queryset):
            preannotate(request, project, articles)

    @admin.action(description=_("Assign to the project's annotators evenly"), permissions=["change"])
    def assign_chosen(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        for project, articles in _by_project(queryset):
            assign_evenly(request, project, articles)

    @admin.action(description=_("Export the gold of these (JSONL)"), permissions=["view"])
    def export_chosen(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> StreamingHttpResponse | None:
        writer = writer_for("jsonl")
        gold = queryset.filter(layers__kind=Layer.Kind.GOLD, layers__approved_at__isnull=False)
        if isinstance(writer, Problem) or not gold.exists():
            words = gettext("None of these articles has gold yet: a reviewer approves it first.")
            messages.error(request, words)
            return None
        lines = writer.write_stored(stored_articles(gold, GOLD))
        response = StreamingHttpResponse(lines, content_type=writer.content_type)
        name = f"articles-gold{writer.extension}"
        response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
        return response

    @admin.action(description=_("Archive (out of lists, queues and exports)"), permissions=["change"])
    def archive_chosen(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        count = 0
        chosen = Article.objects.filter(pk__in=queryset.order_by().values("pk")).only("pk")
        for article in chosen.iterator(chunk_size=1000):
            archive_article(article=article)
            count += 1
        messages.success(
            request,
            gettext("%(count)s articles were archived. Nothing that people made is deleted.")
            % {"count": count},
        )


def _by_project(articles: QuerySet[Article]) -> Iterator[tuple[Project, QuerySet[Article]]]:
    """The chosen articles, project by project. Archived articles and projects are left alone."""
    live = Article.objects.filter(pk__in=articles.order_by().values("pk"), archived_at__isnull=True)
    ids = live.order_by("project").values_list("project", flat=True).distinct()
    for project in Project.objects.live().filter(pk__in=list(ids)):
        yield project, live.filter(project=project)
