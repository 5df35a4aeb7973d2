from django.urls import path

from articles.views import articles, editor, engines, home, imports, jobs, members, projects, schemas

app_name = "articles"

urlpatterns = [
    path("", home.home, name="home"),
    path("projects/new/", projects.new, name="project-new"),
    path("projects/<slug:slug>/", projects.overview, name="project"),
    path("projects/<slug:slug>/start/", projects.start, name="start"),
    path("projects/<slug:slug>/start-review/", projects.start_review, name="start-review"),
    path("projects/<slug:slug>/settings/", projects.settings, name="settings"),
    path("projects/<slug:slug>/archive/", projects.archive, name="archive"),
    path("projects/<slug:slug>/restore/", projects.restore, name="restore"),
    path("projects/<slug:slug>/articles/", articles.articles, name="articles"),
    path("projects/<slug:slug>/articles/<int:article_id>/", editor.annotate, name="editor"),
    path("projects/<slug:slug>/articles/<int:article_id>/review/", editor.review, name="review"),
    path("projects/<slug:slug>/import/", imports.upload, name="import"),
    path("projects/<slug:slug>/import/<int:import_id>/", imports.preview, name="import-preview"),
    path("projects/<slug:slug>/import/<int:import_id>/change/", imports.change, name="import-change"),
    path("projects/<slug:slug>/import/<int:import_id>/problems/", imports.problems, name="import-problems"),
    path("projects/<slug:slug>/import/<int:import_id>/confirm/", imports.confirm, name="import-confirm"),
    path("projects/<slug:slug>/import/<int:import_id>/discard/", imports.discard, name="import-discard"),
    path("projects/<slug:slug>/members/", members.members, name="members"),
    path("projects/<slug:slug>/members/invite/", members.send_invitation, name="invite"),
    path("projects/<slug:slug>/members/invitations/<int:invitation_id>/", members.withdraw, name="withdraw"),
    path("projects/<slug:slug>/members/<str:username>/role/", members.change_role, name="member-role"),
    path("projects/<slug:slug>/members/<str:username>/remove/", members.remove, name="member-remove"),
    path("projects/<slug:slug>/schema/", schemas.schema, name="schema"),
    path("projects/<slug:slug>/schema/publish/", schemas.publish_schema, name="schema-publish"),
    path("projects/<slug:slug>/engines/", engines.engines, name="engines"),
    path("projects/<slug:slug>/runs/", engines.run, name="runs"),
    path("projects/<slug:slug>/engines/<slug:name>/", engines.engine, name="engine"),
    path("projects/<slug:slug>/engines/<slug:name>/enabled/", engines.switch, name="engine-switch"),
    path("projects/<slug:slug>/jobs/", jobs.jobs, name="jobs"),
    path("projects/<slug:slug>/jobs/<int:job_id>/", jobs.job, name="job"),
    path("projects/<slug:slug>/jobs/<int:job_id>/progress/", jobs.progress, name="job-progress"),
    path("projects/<slug:slug>/jobs/<int:job_id>/report/", jobs.report, name="job-report"),
    path("projects/<slug:slug>/jobs/<int:job_id>/cancel/", jobs.cancel, name="job-cancel"),
    path("projects/<slug:slug>/jobs/<int:job_id>/retry/", jobs.retry, name="job-retry"),
]
