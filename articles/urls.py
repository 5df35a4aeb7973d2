from django.urls import path

from articles.views import articles, editor, home, imports, members, projects

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
    path("projects/<slug:slug>/import/<int:import_id>/confirm/", imports.confirm, name="import-confirm"),
    path("projects/<slug:slug>/import/<int:import_id>/discard/", imports.discard, name="import-discard"),
    path("projects/<slug:slug>/members/", members.members, name="members"),
    path("projects/<slug:slug>/members/invite/", members.send_invitation, name="invite"),
    path("projects/<slug:slug>/members/invitations/<int:invitation_id>/", members.withdraw, name="withdraw"),
    path("projects/<slug:slug>/members/<str:username>/role/", members.change_role, name="member-role"),
    path("projects/<slug:slug>/members/<str:username>/remove/", members.remove, name="member-remove"),
]
