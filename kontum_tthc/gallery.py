"""The living style page: every component of ``templates/ui/`` in every state, for whoever builds or checks pages."""

from datetime import UTC, date, datetime, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from accounts.caller import caller
from agencies.access import require
from agencies.rules import Capability
from reports.rules.strip import Stretch
from reports.selectors.desk import Desk
from reports.tables import Lists
from ui.charts import Chart, Mark, Series
from ui.forms import Fixed, LeanDate, LeanMoment, LeanSearch, LeanSelect, filter_fields
from ui.states import FRESH, STATES

START = date(2022, 10, 12)
DAYS = [START + timedelta(days=i) for i in range(30)]
OLD = [1180 - 11 * i + (i % 7) * 9 for i in range(30)]
NEW: list[int | None] = [340 + 4 * i + (i % 5) * 6 for i in range(30)]
NEW[11:13] = [None, None]
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


def bar(request: HttpRequest) -> SafeString:
    form = SampleForm({"ngay": "2022-11-10", "han": "31/02/2022", "luc": "09/11/2022 23:00", **request.GET.dict()})
    form.fields["ngay"].widget.between(START, DAYS[-1])
    return filter_fields(form, form.fields)


def gallery(request: HttpRequest) -> HttpResponse:
    require(caller(request), Capability.MANAGE_USERS)
    return render(request, "ui/gallery.html", {"bar": bar(request), **samples()})


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
        "unit_name": "UBND thành phố Kon Tum",
        "headings": ["#", "Đơn vị", "Cũ", "Mới", "Tổng", "So với hôm qua", "Tuổi", "30 ngày"],
        "numeric": [2, 3, 4, 5],
        "total_name": "Toàn tỉnh",
        "ages": [[312, 180, 404, 251, 174], [3, 0, 0, 0, 0], [0, 0, 0, 2, 41], [0, 0, 0, 0, 0]],
        "runs": [OLD, NEW, [None] * 30],
        "deltas": [-1234, -12, 0, 3, None],
        "moment": datetime(2022, 11, 9, 16, 0, tzinfo=UTC),
        "sentences": [
            "Tiếp nhận 08:15 thứ Hai 24/10/2022.",
            "Đếm 5 ngày làm việc từ 25/10/2022 đến 31/10/2022; không tính 29/10/2022 và 30/10/2022 (nghỉ cuối tuần).",
            "Hạn trả: hết ngày 31/10/2022.",
        ],
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
            labels=["UBND thành phố Kon Tum", "UBND huyện Đăk Tô", "UBND huyện Ngọc Hồi"],
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
        "empty_chart": Chart(key="empty", title="Chưa có ngày nào", labels=[], series=[]),
    }
