"""Who is asking. LoginRequiredMiddleware lets nobody else reach a view; this says so to the reader and the type checker."""

from django.http import HttpRequest

from accounts.models import User


def caller(request: HttpRequest) -> User:
    """The signed-in person. Raises TypeError when a view open to everybody asks."""
    if not isinstance(request.user, User):
        raise TypeError("caller() in a view that does not require sign-in")
    return request.user
