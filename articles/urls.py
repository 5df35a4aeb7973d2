from django.urls import path

from articles.views import editor

app_name = "articles"

urlpatterns = [
    path("projects/<slug:slug>/articles/<int:article_id>/", editor.annotate, name="editor"),
    path("projects/<slug:slug>/articles/<int:article_id>/review/", editor.review, name="review"),
]
