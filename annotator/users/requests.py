from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from annotator.users.models import User


def person_of(request: HttpRequest) -> User:
    """Who is signed in. For views behind `login_required`."""
    if not isinstance(request.user, User):
        raise PermissionDenied("Sign in first.")
    return request.user
