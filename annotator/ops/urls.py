from django.urls import path

from annotator.ops.health import health

urlpatterns = [path("health/", health, name="health")]
