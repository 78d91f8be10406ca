"""What is answered when a request goes wrong: a page, an alert on the page that asked, or JSON for a program.

The words are here, once: what happened, what is safe, what to do. Every answer names the request and the moment.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kontum_tthc import clock, request_id
from kontum_tthc.preferences import THEME
from worktime.rules import CalendarMissing

API = "/api/"
UNCHANGED = gettext_lazy("Không có dữ liệu nào bị thay đổi.")
UNDONE = gettext_lazy("Số liệu đã lưu vẫn nguyên vẹn: việc đang làm dở được huỷ trọn vẹn, không lưu nửa chừng.")
REPORT = gettext_lazy("Nếu vẫn lỗi, hãy báo quản trị hệ thống mã yêu cầu và thời điểm dưới đây.")


@dataclass(frozen=True, slots=True)
class Problem:
    """``framed``: the answer may stand in the site's frame, which asks the database who is signed in."""

    status: int
    title: Promise
    happened: Promise | str
    remedy: Promise
    safe: Promise = UNCHANGED
    report: Promise | str = REPORT
    framed: bool = True


UNREADABLE = Problem(
    400,
    gettext_lazy("Yêu cầu không đọc được"),
    gettext_lazy("Trình duyệt gửi đến một yêu cầu mà hệ thống không hiểu: địa chỉ, tệp hoặc biểu mẫu hỏng trên đường đi."),
    gettext_lazy("Hãy quay lại trang trước và làm lại."),
    framed=False,
)
STALE_FORM = Problem(
    403,
    gettext_lazy("Biểu mẫu đã hết hiệu lực"),
    gettext_lazy("Để an toàn, hệ thống không nhận biểu mẫu vừa gửi: phiên làm việc đã thay đổi, hoặc biểu mẫu gửi từ nơi khác."),
    gettext_lazy("Hãy tải lại trang trước rồi gửi lại. Trình duyệt cần cho phép cookie của hệ thống."),
    framed=False,
)
FORBIDDEN = Problem(
    403,
    gettext_lazy("Bạn chưa được quyền làm việc này"),
    gettext_lazy("Vai trò của bạn không mở được trang hoặc không làm được việc vừa yêu cầu."),
    gettext_lazy("Nếu công việc của bạn cần quyền này, hãy đề nghị quản trị hệ thống cấp."),
    report="",
)
MISSING = Problem(
    404,
    gettext_lazy("Không tìm thấy trang này"),
    gettext_lazy("Địa chỉ không có, đã đổi, hoặc thuộc đơn vị ngoài phạm vi của bạn."),
    gettext_lazy("Hãy kiểm tra lại địa chỉ, hoặc tìm đơn vị, hồ sơ, công văn bằng ô tìm kiếm."),
    report="",
)
WRONG_WAY = Problem(
    405,
    gettext_lazy("Địa chỉ này không mở theo cách đó"),
    gettext_lazy("Có việc chỉ làm được bằng nút trên trang, không bằng cách mở hay tải lại địa chỉ."),
    gettext_lazy("Hãy quay lại trang có nút đó và bấm lại nếu cần."),
    report="",
)
TOO_MANY = Problem(
    429,
    gettext_lazy("Gửi quá nhiều lần"),
    gettext_lazy("Để chống dò mật khẩu, hệ thống tạm không nhận thêm lần thử nào từ máy này."),
    gettext_lazy("Hãy đợi năm phút rồi thử lại."),
    framed=False,
)
BROKEN = Problem(
    500,
    gettext_lazy("Hệ thống gặp lỗi"),
    gettext_lazy("Máy chủ gặp một lỗi ngoài dự kiến. Lỗi đã được ghi vào nhật ký máy chủ."),
    gettext_lazy("Hãy thử lại sau ít phút."),
    safe=UNDONE,
    framed=False,
)
NO_CALENDAR = Problem(
    503,
    gettext_lazy("Thiếu lịch nghỉ của một năm"),
    gettext_lazy("Trang này cần đếm ngày làm việc của một năm chưa nạp lịch nghỉ."),
    gettext_lazy("Hãy đề nghị quản trị hệ thống nạp lịch nghỉ năm đó (lệnh reference_load)."),
    framed=False,
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, UNREADABLE)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(request, STALE_FORM)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, FORBIDDEN)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, MISSING)


def too_many(request: HttpRequest) -> HttpResponse:
    return answer(request, TOO_MANY)


def server_error(request: HttpRequest) -> HttpResponse:
    """Anything may be broken, the database and the cache too: nothing here asks them."""
    error = sys.exception()
    if isinstance(error, CalendarMissing):
        return answer(request, replace(NO_CALENDAR, happened=str(error)))
    return answer(request, BROKEN)


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem in the form the asker can use, always with its status."""
    said: dict[str, object] = {"problem": problem, "request_id": request_id.current(), "now": clock.now()}
    if request.path.startswith(API):
        detail = " ".join(str(part) for part in (problem.happened, problem.safe, problem.remedy))
        return JsonResponse({"detail": detail, "request_id": request_id.current()}, status=problem.status)
    if request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request"):
        return _alert(said, problem.status)
    if problem.framed:
        return render(request, "errors/page.html", said, status=problem.status)
    bare = {**said, "demo": settings.DEMO, "theme": THEME.of(request)}
    return HttpResponse(render_to_string("errors/entrance.html", bare), status=problem.status)


def _alert(said: Mapping[str, object], status: int) -> HttpResponse:
    """For the messages at the top of the page that asked, which stays as it is."""
    headers = {"HX-Retarget": ".messages", "HX-Reswap": "innerHTML", "HX-Push-Url": "false"}
    return HttpResponse(render_to_string("errors/alert.html", said), status=status, headers=headers)
