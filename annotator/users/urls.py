from django.urls import path

from annotator.users import views

app_name = "users"

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/language/", views.language, name="language"),
    path("account/news/", views.news, name="news"),
    path("account/tokens/", views.new_token, name="tokens"),
    path("account/tokens/<int:token_id>/revoke/", views.revoke, name="revoke-token"),
    path("accounts/signed-in/", views.signed_in, name="signed-in"),
    path("join/<str:secret>/", views.join, name="join"),
]
