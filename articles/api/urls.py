from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from articles.api import openapi  # noqa: F401 - registers its extensions
from articles.api.views import (
    articles,
    evaluations,
    exports,
    imports,
    layers,
    learning,
    me,
    projects,
    releases,
    threads,
    work,
    workflow,
)
from articles.api.views.missing import nothing_here

app_name = "api"

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="api:schema"), name="docs"),
    path("v1/me/", me.Me.as_view(), name="me"),
    path("v1/tokens/", me.TokenList.as_view(), name="tokens"),
    path("v1/tokens/<int:token_id>/", me.TokenDetail.as_view(), name="token"),
    path("v1/projects/", projects.ProjectList.as_view(), name="projects"),
    path("v1/projects/<slug:slug>/", projects.ProjectDetail.as_view(), name="project"),
    path("v1/projects/<slug:slug>/schema/", projects.ProjectSchema.as_view(), name="project-schema"),
    path("v1/projects/<slug:slug>/members/", projects.MemberList.as_view(), name="members"),
    path("v1/projects/<slug:slug>/progress/", projects.ProjectProgress.as_view(), name="progress"),
    path("v1/projects/<slug:slug>/articles/", articles.ArticleList.as_view(), name="articles"),
    path("v1/projects/<slug:slug>/imports/", imports.Imports.as_view(), name="imports"),
    path("v1/projects/<slug:slug>/engines/", work.EngineList.as_view(), name="engines"),
    path("v1/projects/<slug:slug>/engines/<str:name>/", work.EngineDetail.as_view(), name="engine"),
    path(
        "v1/projects/<slug:slug>/engines/<slug:name>/versions/",
        learning.EngineVersions.as_view(),
        name="engine-versions",
    ),
    path("v1/projects/<slug:slug>/engines/<slug:name>/train/", learning.Train.as_view(), name="engine-train"),
    path("v1/projects/<slug:slug>/runs/", work.Runs.as_view(), name="runs"),
    path("v1/projects/<slug:slug>/evaluations/", evaluations.EvaluationList.as_view(), name="evaluations"),
    path("v1/projects/<slug:slug>/export/", exports.Export.as_view(), name="export"),
    path("v1/projects/<slug:slug>/releases/", releases.ReleaseList.as_view(), name="releases"),
    path("v1/projects/<slug:slug>/next/", workflow.NextArticle.as_view(), name="next"),
    path("v1/projects/<slug:slug>/next-review/", workflow.NextReview.as_view(), name="next-review"),
    path("v1/articles/<int:article_id>/", articles.ArticleDetail.as_view(), name="article"),
    path("v1/articles/<int:article_id>/layers/", layers.LayerList.as_view(), name="layers"),
    path("v1/articles/<int:article_id>/layers/<str:author>/", layers.LayerDetail.as_view(), name="layer"),
    path(
        "v1/articles/<int:article_id>/layers/<str:author>/history/",
        layers.History.as_view(),
        name="history",
    ),
    path(
        "v1/articles/<int:article_id>/layers/<str:author>/history/<int:version>/",
        layers.LayerThen.as_view(),
        name="layer-then",
    ),
    path("v1/articles/<int:article_id>/layers/<str:author>/edits/", layers.Edits.as_view(), name="edits"),
    path("v1/articles/<int:article_id>/editor/", articles.ArticleEditor.as_view(), name="editor-data"),
    path("v1/articles/<int:article_id>/threads/", threads.ThreadList.as_view(), name="threads"),
    path(
        "v1/articles/<int:article_id>/threads/<uuid:thread_id>/",
        threads.ThreadDetail.as_view(),
        name="thread",
    ),
    path(
        "v1/articles/<int:article_id>/threads/<uuid:thread_id>/comments/",
        threads.CommentList.as_view(),
        name="comments",
    ),
    path(
        "v1/articles/<int:article_id>/threads/<uuid:thread_id>/comments/<uuid:comment_id>/",
        threads.CommentDetail.as_view(),
        name="comment",
    ),
    path("v1/articles/<int:article_id>/flag/", workflow.Flag.as_view(), name="flag"),
    path("v1/articles/<int:article_id>/skip/", workflow.Skip.as_view(), name="skip"),
    path("v1/articles/<int:article_id>/time/", workflow.Time.as_view(), name="time"),
    path("v1/articles/<int:article_id>/submit/", workflow.Submit.as_view(), name="submit"),
    path("v1/articles/<int:article_id>/reopen/", workflow.Reopen.as_view(), name="reopen"),
    path("v1/articles/<int:article_id>/approve/", workflow.Approve.as_view(), name="approve"),
    path("v1/evaluations/<int:evaluation_id>/", evaluations.EvaluationDetail.as_view(), name="evaluation"),
    path("v1/releases/<int:release_id>/", releases.ReleaseDetail.as_view(), name="release"),
    path(
        "v1/releases/<int:release_id>/download/",
        releases.ReleaseDownload.as_view(),
        name="release-download",
    ),
    path("v1/jobs/<int:job_id>/", work.JobDetail.as_view(), name="job"),
    path("v1/jobs/<int:job_id>/cancel/", work.JobCancel.as_view(), name="job-cancel"),
    path("v1/<path:rest>", nothing_here),
]
