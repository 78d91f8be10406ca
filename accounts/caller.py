"""Who is asking. LoginRequiredMiddleware lets nobody else reach a view; this says so to the reader and the type checker."""

from django.http import HttpRequest

from accounts.models import User


def caller(request: HttpRequest) -> User:
    """The signed-in person. Raises TypeError when a view open to everybody asks."""
    if not isinstance(request.user, User):
        raise TypeError("caller() in a view that does not require sign-in")
    return request.user


def signature(user: User) -> str:
    """How a person is named in evidence: full name and sign-in name, as text that outlives the account."""
    return f"{user.full_name} ({user.username})" if user.full_name else user.username
