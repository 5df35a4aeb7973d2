from django.contrib import admin
from django.urls import include, path

from annotator.lib.words import words

urlpatterns = [
    path("", include("annotator.ops.urls")),
    path("words/<str:language>/<slug:digest>.js", words, name="words"),
    path("admin/", admin.site.urls),
    path("", include("annotator.users.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("articles.urls")),
    path("api/", include("articles.api.urls")),
]

handler500 = "annotator.lib.pages.unexpected_error"
