"""How a date, a count or a lateness is written: the one home. Unknown is said, never shown as zero.

Plain text only; marks, colours and icons are added by ``ui/templatetags/ui.py``. Figures are grouped as the page's language
does it; dates stand day first in either, so that two people reading one printed sheet never read two dates.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

NBSP = "\N{NO-BREAK SPACE}"
UNKNOWN = "–"
# Working days late; the first group begins at 0: due on Friday, seen on Saturday.
AGE_LABELS: tuple[str | Promise, ...] = (gettext_lazy("đến 5"), "6–10", "11–30", "31–90", gettext_lazy("trên 90"))

VIETNAMESE = str.maketrans(",.-", ".,−")
ENGLISH = str.maketrans("-", "−")

Number: TypeAlias = int | float | Decimal


def integer(value: Number | None) -> str:
    """1321 → ``1.321``; −4 → ``−4``; None → ``–``."""
    return UNKNOWN if value is None else _grouped(f"{round(value):,}")


def decimal(value: Number | None, places: int = 1) -> str:
    """1234.56 → ``1.234,6`` (half rounds up); None → ``–``."""
    if value is None:
        return UNKNOWN
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return _grouped(f"{rounded:,f}")


def percent(ratio: Number | None) -> str:
    """A ratio of 1: 0.0423 → ``4,2 %``; None → ``–``."""
    return UNKNOWN if ratio is None else f"{decimal(Decimal(str(ratio)) * 100)}{NBSP}%"


def day(value: date | None) -> str:
    """``07/11/2022``; a moment is first taken to Vietnam's date."""
    if value is None:
        return UNKNOWN
    local = _local(value)
    return f"{local.day:02}/{local.month:02}/{local.year}"  # a third of strftime's time: lists print hundreds


def moment(value: datetime | None) -> str:
    """``07:30 10/11/2022``, Vietnam time."""
    return UNKNOWN if value is None else f"{_local(value):%H:%M %d/%m/%Y}"


def signed(value: int) -> str:
    """``−12``, ``+3``, ``0``."""
    return f"+{integer(value)}" if value > 0 else integer(value)


def change(value: int | None) -> str:
    """A change in words: ``giảm 12``, ``tăng 3``, ``không đổi``, ``không có số liệu``."""
    if value is None:
        return _("không có số liệu")
    if value == 0:
        return _("không đổi")
    return _("giảm %(n)s") % {"n": integer(-value)} if value < 0 else _("tăng %(n)s") % {"n": integer(value)}


def lateness(working_days: int | None) -> str:
    """Working days past the due date: 59 → ``quá hạn 59 ngày làm việc``, 0 → ``đến hạn hôm nay``, −3 → ``còn 3 …``."""
    if working_days is None:
        return _("chưa có hạn")
    if working_days == 0:
        return _("đến hạn hôm nay")
    if working_days > 0:
        return _("quá hạn %(n)s ngày làm việc") % {"n": integer(working_days)}
    return _("còn %(n)s ngày làm việc") % {"n": integer(-working_days)}


def duration(seconds: Number | None) -> str:
    """``0,4 giây``, ``38 giây``, ``2 phút 05 giây``; None → ``–``."""
    if seconds is None:
        return UNKNOWN
    if seconds < 10:
        return _("%(n)s giây") % {"n": decimal(seconds)}
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return _("%(n)s giây") % {"n": rest}
    return _("%(minutes)s phút %(seconds)02d giây") % {"minutes": integer(minutes), "seconds": rest}


def sentence(text: str) -> str:
    """The first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def _grouped(figures: str) -> str:
    return figures.translate(ENGLISH if get_language() == "en" else VIETNAMESE)


def _local(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def reach(data_as_of: datetime, days_behind: int) -> str:
    """How far data reach: ``số liệu đến 23:00 09/11/2022``, with ``, cũ 3 ngày`` when behind."""
    text = _("số liệu đến %(moment)s") % {"moment": moment(data_as_of)}
    return text if not days_behind else _("%(text)s, cũ %(n)s ngày") % {"text": text, "n": integer(days_behind)}
