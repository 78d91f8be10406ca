"""The living style page: every component of ``templates/ui/`` in every state, for whoever builds or checks pages.

Samples are made up and say so on the page; the markup around them is in ``templates/ui/gallery/``, a file per kind.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.caller import caller
from agencies.access import require
from agencies.rules import Capability
from dossiers.first_run import DONE, LATER, NEXT, TROUBLE, UNDER_WAY, FirstRun, Step
from dossiers.models import ImportBatch, ImportIssue
from dossiers.selectors.history import Moment
from kontum_tthc import errors
from kontum_tthc.palette import Group, Hit
from reports.rules.strip import Stretch
from reports.selectors.desk import Desk
from reports.tables import Lists
from ui.asked import Asked
from ui.charts import Chart, Mark, Series
from ui.columns import Offer
from ui.definitions import DEFINITIONS
from ui.drawings import age_bar, spark
from ui.formats import integer
from ui.forms import Fixed, LeanDate, LeanMoment, LeanSearch, LeanSelect, filter_fields
from ui.states import FRESH, STATES
from ui.tables import Heading, head_html
from ui.templatetags.ui import delta

START = date(2022, 10, 12)
DAYS = [START + timedelta(days=i) for i in range(30)]
OLD = [1180 - 11 * i + (i % 7) * 9 for i in range(30)]
NEW: list[int | None] = [340 + 4 * i + (i % 5) * 6 for i in range(30)]
NEW[11:13] = [None, None]
UNITS = ["UBND thành phố Kon Tum", "UBND huyện Đăk Tô", "UBND huyện Ngọc Hồi", "UBND huyện Ia H'Drai"]
AGES = [(312, 180, 404, 251, 174), (3, 0, 0, 0, 0), (0, 0, 0, 2, 41), (0, 0, 0, 0, 0)]
LEVELS = ["Sở, ban, ngành", "Huyện, thành phố", "Xã, phường, thị trấn"]


class SampleForm(forms.Form):
    """A field of every kind a filter bar knows; the second day is wrong."""

    use_required_attribute = False
    q = forms.CharField(label="Tìm", required=False, widget=LeanSearch)
    cap = forms.ChoiceField(
        label="Cấp", choices=Fixed([("", "Tất cả"), *((level, level) for level in LEVELS)]), required=False, widget=LeanSelect
    )
    ngay = forms.DateField(label="Ngày số liệu", required=False, widget=LeanDate(steps=True))
    han = forms.DateField(label="Đến hạn ngày", required=False, widget=LeanDate)
    luc = forms.DateTimeField(label="Thời điểm số liệu", required=False, widget=LeanMoment)


class SampleSheet(forms.Form):
    """Fields of a form that is filled in: with help, wrong, hidden as typed; and something wrong with the whole."""

    name = forms.CharField(label="Họ và tên", help_text="Như trên quyết định giao việc.")
    reason = forms.CharField(label="Lý do", min_length=5, widget=forms.TextInput)
    secret = forms.CharField(label="Mật khẩu", widget=forms.PasswordInput(attrs={"autocomplete": "off"}))

    def clean(self) -> dict[str, object]:
        raise ValidationError("Biểu mẫu mẫu: lỗi của cả biểu mẫu đứng ở đây.")


@dataclass(frozen=True, slots=True)
class Rows:
    """What ``ui/table.html`` prints."""

    head: SafeString
    body: SafeString
    total: SafeString
    look: str = ""
    pager: str = ""


COLUMNS = Offer(
    {"code": "Mã hồ sơ", "due": "Hạn hiện hành", "note": "Ghi chú"}, usual=("code", "due"), fixed=("code",), sorts=("due",)
)


def bar(request: HttpRequest) -> SafeString:
    form = SampleForm({"ngay": "2022-11-10", "han": "31/02/2022", "luc": "09/11/2022 23:00", **request.GET.dict()})
    form.fields["ngay"].widget.between(START, DAYS[-1])
    return filter_fields(form, form.fields)


def gallery(request: HttpRequest) -> HttpResponse:
    require(caller(request), Capability.MANAGE_USERS)
    page = {"bar": bar(request), "sheet": SampleSheet({"name": "Trần Thị B", "reason": "vì"}), **samples(), **going(), **charts()}
    return render(request, "ui/gallery.html", page)


def rows() -> Rows:
    labels = ("Đơn vị", "Tổng quá hạn", "So với hôm trước", "Theo số ngày quá hạn", "30 ngày qua")
    sorts = ("none", "descending", "", "", "")
    heads = [
        Heading(f"g{i}", label, "num" if i in (1, 2) else "", "#bang" if sort else "", sort or "none")
        for i, (label, sort) in enumerate(zip(labels, sorts, strict=True))
    ]
    lines = [
        (unit, integer(sum(ages)), delta(change), age_bar(ages), spark(tuple(NEW), unit))
        for unit, ages, change in zip(UNITS, AGES, (-12, 3, 0, None), strict=True)
    ]
    body = format_html_join(
        "\n",
        '<tr><th><a href="#bang">{}</a></th><td class="num" data-label="Tổng"><a href="#bang">{}</a></td>'
        '<td class="num" data-label="So với hôm trước">{}</td><td data-label="Tuổi">{}</td><td data-label="30 ngày">{}</td></tr>',
        lines,
    )
    total = format_html(
        '<tr><th>Toàn tỉnh</th><td class="num" data-label="Tổng">{}</td><td class="num" data-label="So với hôm trước">{}</td>'
        "<td></td><td></td></tr>",
        integer(1367),
        delta(-9),
    )
    return Rows(head_html(heads), body, total, "table-lean")


def ahead() -> dict[str, object]:
    """A strip of days with one of every kind; 09/11 is the date of the figures, 10/11 is today."""
    days = [
        Stretch(date(2022, 11, 9), date(2022, 11, 9), "work", count=4, load=33),
        Stretch(date(2022, 11, 10), date(2022, 11, 10), "work", count=12, load=100),
        Stretch(date(2022, 11, 11), date(2022, 11, 11), "work"),
        Stretch(date(2022, 11, 12), date(2022, 11, 13), "off"),
        Stretch(date(2022, 11, 14), date(2022, 11, 15), "off", ("Quốc khánh", "Ngày nghỉ hoán đổi (thay cho ngày 19/11/2022)")),
        Stretch(date(2022, 11, 16), date(2022, 11, 16), "off", ("Quốc khánh",), count=2, load=17),
        Stretch(date(2022, 11, 19), date(2022, 11, 19), "makeup", ("Làm bù cho 15/11/2022",), count=7, load=58),
    ]
    desk = Desk(days[0].first, days[1].first, True, {}, days, {}, (), (), 0)
    return {"desk": desk, "lists": Lists(desk.as_of)}


def samples() -> dict[str, object]:
    return {
        "ahead": ahead(),
        "states": STATES,
        "fresh_words": FRESH,
        "unit_name": UNITS[0],
        "ages": AGES,
        "runs": [OLD, NEW, [None] * 30],
        "deltas": [-1234, -12, 0, 3, None],
        "moment": datetime(2022, 11, 9, 16, 0, tzinfo=UTC),
        "rows": rows(),
        "terms": DEFINITIONS,
        "sentences": [
            "Tiếp nhận 08:15 thứ Hai 24/10/2022.",
            "Đếm 5 ngày làm việc từ 25/10/2022 đến 31/10/2022; không tính 29/10/2022 và 30/10/2022 (nghỉ cuối tuần).",
            "Hạn trả: hết ngày 31/10/2022.",
        ],
        "past": [
            Moment(date(2022, 10, 24), "Tiếp nhận"),
            Moment(date(2022, 10, 31), "Ngày hẹn trả", "soon"),
            Moment(date(2022, 11, 1), "Quá hạn", "late"),
        ],
        "later": [Moment(date(2022, 11, 21), "Trả kết quả", "calm")],
        "as_of": date(2022, 11, 10),
        "seal": "1284-9f3a61c07b52",
        "asked": [Asked("cap", "Cấp", LEVELS[1], "?"), Asked("he_thong", "Hệ thống", "Hệ thống cũ", "?")],
        "menu": COLUMNS.menu(("code", "due"), {}),
        "alerts": {
            "danger": "Không lưu được: máy chủ chưa trả lời. Chưa có gì thay đổi; hãy thử lại.",
            "warning": "Hệ thống cũ không có tệp mới từ 08/11/2022.",
            "success": "Đã nhận tệp; 1.284 hồ sơ mới hoặc thay đổi.",
            "info": "Số liệu ngày 10/11/2022 có sau 01:30 ngày 11/11/2022.",
        },
    }


def going() -> dict[str, object]:
    """A way to the first figures with a step of every kind, a search with hits, states of imports, a problem."""
    marks = (DONE, UNDER_WAY, TROUBLE, NEXT, LATER)
    steps = [Step(mark, f"Bước {n}", f"Bước này {mark.word}.", "#dang-lam", "Xem") for n, mark in enumerate(marks, start=1)]
    hits = [
        Hit("#dang-lam", UNITS[0], "Tỉnh Kon Tum", icon="building"),
        Hit("#dang-lam", "3812/UBND-TTHCC", "10/11/2022", icon="mail"),
    ]
    return {
        "first_run": FirstRun(steps, ["Y Hlim (Phụ trách dữ liệu)"], can_import=False),
        "found": Group("units", "Đơn vị", hits, cut=True),
        "statuses": ImportBatch.Status.values,
        "issue_kinds": ImportIssue.Kind.values,
        "problem": errors.BROKEN,
    }


def charts() -> dict[str, Chart]:
    return {
        "trend": Chart(
            key="trend",
            title="Hồ sơ quá hạn đang xử lý toàn tỉnh, theo ngày",
            labels=DAYS,
            series=[Series("Hệ thống cũ", "old", OLD), Series("Hệ thống mới", "new", NEW)],
            marks=[Mark(date(2022, 10, 21), "3566/UBND-TTHCC"), Mark(date(2022, 11, 9), "3812/UBND-TTHCC")],
        ),
        "ages_chart": Chart(
            key="ages",
            title="Hồ sơ quá hạn theo tuổi, ba đơn vị nhiều nhất",
            labels=UNITS[:3],
            series=[
                Series("đến 5 ngày", "age-5", [312, 80, 41]),
                Series("6–10 ngày", "age-10", [180, 97, 60]),
                Series("11–30 ngày", "age-30", [404, 201, 88]),
                Series("31–90 ngày", "age-90", [251, 140, 52]),
                Series("trên 90 ngày", "age-more", [174, 84, 11]),
            ],
            kind="bar",
            stacked=True,
            horizontal=True,
            label_heading="Đơn vị",
        ),
        "flow_chart": Chart(
            key="flow",
            title="Mới quá hạn và hết quá hạn, mười ngày",
            labels=DAYS[-10:],
            series=[
                Series("Mới quá hạn", "late", [24, 17, 23, 0, 0, 31, 28, 20, 17, 23]),
                Series("Hết quá hạn", "calm", [40, 29, 36, 2, 0, 44, 51, 40, 36, None]),
            ],
            kind="bar",
        ),
        "stack_chart": Chart(
            key="stack",
            title="Quá hạn cộng dồn hai hệ thống",
            labels=DAYS,
            series=[Series("Hệ thống cũ", "old", OLD), Series("Hệ thống mới", "new", [one or 400 for one in NEW])],
            stacked=True,
        ),
        "empty_chart": Chart(key="empty", title="Chưa có ngày nào", labels=[], series=[]),
    }
