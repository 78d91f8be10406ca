"""Reading what an operator typed after a command."""

from datetime import date

from django.core.management.base import CommandError
from django.utils.translation import gettext as _


def date_option(option: str, text: str | None) -> date | None:
    """The date of an option, None when it was not given. Anything but YYYY-MM-DD ends the command with a clear sentence."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        sentence = _("%(option)s: “%(text)s” không phải ngày. Hãy viết dạng YYYY-MM-DD, ví dụ 2022-11-07.")
        raise CommandError(sentence % {"option": option, "text": text}) from None
