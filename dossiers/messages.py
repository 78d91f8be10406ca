"""The Vietnamese sentences of the intake: what is wrong where, and what to do about it.

Rules and sources know reason codes only; presentation is here, so that every sentence passes through gettext.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from dossiers.sources.base import SHEET_LINES
from ui.formats import integer, moment

# The file as a whole
REFUSALS = {
    "file_empty": noop("Tệp rỗng. Hãy xuất lại từ hệ thống nguồn rồi nộp lại."),
    "file_too_big": noop("Tệp %(size)s MB, lớn hơn mức cho phép %(limit)s MB. Hãy chia nhỏ theo thời gian rồi nộp từng phần."),
    "file_password": noop("Tệp có mật khẩu. Bỏ mật khẩu rồi nộp lại."),
    "file_xls": noop("Đây là tệp Excel cũ (.xls). Mở bằng Excel, Lưu thành .xlsx rồi nộp lại."),
    "file_html": noop("Đây là trang HTML, không phải bảng tính. Mở bằng Excel, Lưu thành .xlsx rồi nộp lại."),
    "file_xml": noop("Đây là tệp XML, chưa thuộc dạng nhận được. Hãy xuất thành .xlsx, .csv hoặc JSON."),
    "file_pdf": noop("Đây là tệp PDF. Hãy xuất danh sách thành .xlsx, .csv hoặc JSON."),
    "file_archive": noop("Đây là tệp nén. Giải nén rồi nộp từng tệp bên trong."),
    "file_not_xlsx": noop("Đây là tệp nén hoặc văn bản khác, không phải bảng tính .xlsx. Hãy Lưu thành .xlsx rồi nộp lại."),
    "file_broken": noop("Tệp .xlsx bị hỏng hoặc tải về chưa hết. Hãy xuất lại rồi nộp lại."),
    "file_unsafe": noop(
        "Tệp không an toàn (nén bất thường, chứa macro, lồng quá sâu hoặc có số quá dài) nên không mở. Hãy xuất lại thành .xlsx."
    ),
    "cells_far": noop(
        "Trang tính có ô dữ liệu ở tận %(cell)s, xa hơn mức nhận được (%(columns)s cột, %(millions)s triệu ô). "
        "Xóa các ô thừa ngoài danh sách, hoặc lưu danh sách dài thành “CSV UTF-8”, rồi nộp lại."
    ),
    "cells_wrong": noop("Trang tính có hơn %(count)s ô chứa lỗi hoặc công thức chưa có giá trị. Sửa trong Excel rồi nộp lại."),
    "rows_too_many": noop("Tệp có hơn %(limit)s dòng. Hãy chia nhỏ theo thời gian rồi nộp từng phần."),
    "file_heavy": noop(
        "Tệp cần quá nhiều bộ nhớ hoặc thời gian nên đã dừng đọc. Chia nhỏ, hoặc lưu thành “CSV UTF-8” rồi nộp lại."
    ),
    "file_docx": noop("Đây là tệp Word (.docx), không phải bảng tính. Hãy xuất danh sách thành .xlsx, .csv hoặc JSON."),
    "file_ods": noop("Đây là tệp LibreOffice (.ods, .odt). Mở ra, Lưu thành .xlsx rồi nộp lại."),
    "file_xlsb": noop("Đây là tệp Excel nhị phân (.xlsb). Mở bằng Excel, Lưu thành .xlsx rồi nộp lại."),
    "encoding_unknown": noop("Dòng %(line)s không phải chữ UTF-8 hay UTF-16. Mở tệp, Lưu thành “CSV UTF-8” rồi nộp lại."),
    "csv_broken": noop("Dòng %(line)s có dấu nháy kép không khép hoặc ô quá dài. Sửa dòng này hoặc xuất lại thành .xlsx."),
    "json_broken": noop("Tệp JSON sai cú pháp ở dòng %(line)s, cột %(column)s. Hãy xuất lại."),
    "json_shape": noop("Tệp JSON không có danh sách “data” (DongBoHoSoMC) hay “content” (iGate). Hãy kiểm tra đúng tệp cần nộp."),
    "header_absent": noop(
        "Không tìm thấy dòng tiêu đề trong 30 dòng đầu. Tệp cần có các cột: Mã hồ sơ, Đơn vị xử lý, Ngày tiếp nhận, Trạng thái."
    ),
    "header_missing": noop("Thiếu cột: %(missing)s. Các cột đã thấy: %(seen)s. Thêm cột còn thiếu vào dòng tiêu đề rồi nộp lại."),
    "header_twice": noop("Hai cột “%(first)s” và “%(second)s” cùng một ý nghĩa. Giữ lại một cột rồi nộp lại."),
    "sheets_several": noop(
        "Nhiều trang tính có danh sách hồ sơ với các cột khác nhau: %(sheets)s. Giữ lại một trang, hoặc cho các trang cùng cột."
    ),
    "full_without_rows": noop(
        "Bản đầy đủ không có dòng hồ sơ nào, nên không được coi là số liệu mới. Xuất lại từ hệ thống nguồn rồi nộp lại."
    ),
    "progress_full": noop("Tệp cập nhật tiến độ không phải bản đầy đủ. Chọn “bản thay đổi” rồi nộp lại."),
    "data_in_future": noop(
        "Thời điểm số liệu %(data_as_of)s ở sau hiện tại (%(now)s). Hãy ghi đúng thời điểm hệ thống nguồn xuất tệp."
    ),
    "data_too_early": noop(
        "Thời điểm số liệu %(data_as_of)s ở trước năm %(year)s. Hãy ghi đúng thời điểm hệ thống nguồn xuất tệp."
    ),
    "system_unknown": noop("Chưa khai báo hệ thống “%(system)s”. Hãy nạp dữ liệu gốc trước (manage.py reference_load)."),
}

FAILED = noop("Lỗi của hệ thống, chưa ghi gì vào dữ liệu. Hãy chạy lại; nếu vẫn lỗi, báo quản trị kèm số lần nhập.")

# Why a file waits for a person
HOLDS = {
    "smaller": noop("Bản đầy đủ có %(rows)s dòng, ít hơn bản trước (%(before)s) %(fewer)s dòng. Tệp có thể bị thiếu."),
    "older": noop("Bản đầy đủ này cũ hơn bản đã nhập (%(newest)s): chỉ bổ sung những gì bản mới không có."),
    "elsewhere": noop("%(foreign)s trong %(coded)s mã hồ sơ đầu tệp của tỉnh khác (không phải %(province)s). Có thể nộp nhầm."),
    "unknown_units": noop("%(unknown)s trong %(rows)s dòng có đơn vị chưa nhận ra. Có thể nộp nhầm tệp, hoặc thiếu cách viết."),
    "reopens": noop("Tệp mở lại %(reopened)s hồ sơ đã kết thúc (trong %(closed)s). Hãy kiểm tra với hệ thống nguồn."),
    "legacy_text": noop("%(converted)s ô có chữ phông cũ (TCVN3, VNI) được chuyển sang Unicode. Hãy xem các ô ấy ở dưới."),
}
HELD = noop("Chưa ghi gì: tệp chờ người phụ trách xác nhận trên trang Nhập liệu.")
CANCELED = noop("%(actor)s đã hủy lần nhập này; chưa ghi gì vào dữ liệu.")

# What of the sentences' parameters is a number of something, and what a moment; the others are words already.
NUMBERS = {"rows", "before", "fewer", "foreign", "coded", "unknown", "reopened", "closed", "converted", "count", "limit", "size"}
MOMENTS = {"newest"}

# One row or cell; the place is shown beside the sentence and within it
ROWS = {
    "code_missing": noop("Thiếu mã hồ sơ. Bổ sung ở hệ thống nguồn rồi xuất lại."),
    "code_number": noop("Mã hồ sơ bị đổi thành số nên không khôi phục được. Định dạng cột là Text rồi xuất lại."),
    "code_character": noop("Mã hồ sơ có ký tự lạ “%(character)s” (%(point)s). Sửa mã ở hệ thống nguồn rồi xuất lại."),
    "code_date": noop("Ngày trong mã hồ sơ khác ngày tiếp nhận %(received)s. Vẫn nhận; đề nghị đơn vị kiểm tra."),
    "status_missing": noop("Thiếu trạng thái. Bổ sung ở hệ thống nguồn rồi xuất lại."),
    "status_unknown": noop(
        "Không hiểu trạng thái. Dùng một trong mười trạng thái quốc gia (mã 1-10), hoặc báo quản trị bổ sung cách viết này."
    ),
    "agency_missing": noop("Thiếu đơn vị xử lý. Bổ sung ở hệ thống nguồn rồi xuất lại."),
    "agency_unknown": noop("Chưa nhận ra đơn vị. Thêm cách viết này vào danh mục đơn vị rồi nhập lại."),
    "agency_ambiguous": noop("Tên này có thể là nhiều đơn vị: %(candidates)s. Ghi kèm huyện hoặc mã đơn vị rồi nhập lại."),
    "agency_ended": noop("Đơn vị đã kết thúc hoạt động trước ngày %(on)s: %(candidates)s. Ghi đơn vị kế thừa rồi nhập lại."),
    "received_missing": noop("Thiếu ngày tiếp nhận. Bổ sung ở hệ thống nguồn rồi xuất lại."),
    "received_future": noop(
        "Ngày tiếp nhận ở sau thời điểm số liệu %(as_of)s. Sửa ngày, hoặc ghi đúng thời điểm số liệu của tệp."
    ),
    "date_unreadable": noop("Không đọc được ngày. Ghi theo dạng ngày/tháng/năm, ví dụ 07/11/2022 hoặc 07/11/2022 16:30."),
    "date_impossible": noop("Ngày không có thật. Sửa ở hệ thống nguồn rồi xuất lại."),
    "date_year": noop("Năm ngoài khoảng 2000-2100. Sửa ngày ở hệ thống nguồn rồi xuất lại."),
    "date_serial": noop("Ô chứa số thứ tự ngày của Excel, đã hiểu là %(text)s."),
    "date_month_first": noop("Cả cột viết tháng trước ngày sau, đã hiểu là %(text)s."),
    "date_swapped": noop(
        "Excel đã đảo ngày và tháng ở một phần cột này, không rõ ô nào đúng. Định dạng cột là Text ở hệ thống nguồn rồi xuất lại."
    ),
    "date_mixed": noop("Cột có cả ngày/tháng lẫn tháng/ngày, không biết ô này theo cách nào. Xuất lại với một cách viết ngày."),
    "date_written": noop("Ngày viết khác dạng dd/MM/yyyy, đã hiểu là %(text)s."),
    "due_missing": noop("Thiếu cả ngày hẹn trả và mã thủ tục nên không có hạn nào. Bổ sung một trong hai rồi xuất lại."),
    "due_unknown": noop(
        "Không có ngày hẹn trả và thủ tục %(procedure)s không nêu thời hạn: hồ sơ không có hạn. "
        "Bổ sung ngày hẹn trả rồi xuất lại."
    ),
    "due_before_received": noop(
        "Ngày hẹn trả trước ngày tiếp nhận %(received)s. Vẫn nhận hạn như nguồn ghi; đề nghị đơn vị kiểm tra."
    ),
    "procedure_unknown": noop("Mã thủ tục chưa có trong danh mục. Vẫn nhận theo nguồn; bổ sung danh mục để đối chiếu hạn."),
    "procedure_unknown_no_due": noop(
        "Không có ngày hẹn trả và mã thủ tục chưa có trong danh mục nên không tính được hạn. Bổ sung một trong hai."
    ),
    "calendar_missing": noop("Chưa nạp lịch nghỉ năm %(year)s nên không tính được hạn. Nạp lịch năm này rồi nhập lại."),
    "calendar_missing_check": noop(
        "Chưa nạp lịch nghỉ năm %(year)s nên không đối chiếu được ngày hẹn trả với hạn tính toán. Vẫn nhận theo ngày hẹn trả."
    ),
    "finished_before_received": noop("Ngày kết thúc trước ngày tiếp nhận %(received)s. Sửa ở hệ thống nguồn rồi xuất lại."),
    "finished_future": noop("Ngày kết thúc ở sau thời điểm số liệu %(as_of)s; đến ngày đó hồ sơ vẫn tính là đang giải quyết."),
    "finished_but_open": noop("Có ngày kết thúc nhưng trạng thái là đang giải quyết: lấy theo trạng thái."),
    "ended_undated": noop("Hồ sơ đã kết thúc nhưng không có ngày: lấy thời điểm số liệu %(at)s hoặc ngày đã biết trước đó."),
    "stop_undated": noop("Đang tạm dừng nhưng không có ngày bắt đầu: tính từ thời điểm số liệu %(at)s."),
    "stop_unclosed": noop("Đang xử lý nhưng lần tạm dừng chưa có ngày kết thúc: tính đến thời điểm số liệu %(at)s."),
    "stop_without_start": noop("Có ngày nhận bổ sung nhưng không có ngày yêu cầu: không tính lần tạm dừng này."),
    "stop_future": noop(
        "Ngày yêu cầu hoặc nhận bổ sung ở sau thời điểm số liệu %(as_of)s; hạn tính toán dời theo ngày này. "
        "Vẫn nhận như nguồn ghi; đề nghị đơn vị kiểm tra."
    ),
    "stop_reversed": noop("Ngày nhận bổ sung trước ngày yêu cầu bổ sung. Sửa ở hệ thống nguồn rồi xuất lại."),
    "channel_unknown": noop("Không hiểu kênh thực hiện: để trống."),
    "control_character": noop("Ô chứa ký tự điều khiển hoặc ký tự hỏng. Xóa ký tự đó ở hệ thống nguồn rồi xuất lại."),
    "too_long": noop("Nội dung dài hơn %(limit)s ký tự. Rút gọn ở hệ thống nguồn rồi xuất lại."),
    "extra_cells": noop("Dòng có nhiều ô hơn tiêu đề, các cột có thể bị lệch. Sửa dòng này rồi nộp lại."),
    "text_cleaned": noop("Đã chuẩn hóa khoảng trắng, ký tự ẩn hoặc chữ Unicode tổ hợp thành “%(text)s”."),
    "text_tcvn3": noop("Chữ phông TCVN3 (.VnTime), đã chuyển sang Unicode: “%(text)s”."),
    "text_vni": noop("Chữ phông VNI, đã chuyển sang Unicode: “%(text)s”."),
    "text_mojibake": noop("Chữ Unicode bị đọc sai bảng mã, đã khôi phục: “%(text)s”."),
    "text_lookalike": noop("Chữ Ð (không phải Đ của tiếng Việt), đã sửa thành “%(text)s”."),
    "text_undecided": noop("Chữ bị hỏng và đọc được theo nhiều cách, không đoán. Xuất lại bằng chữ Unicode (TCVN 6909:2001)."),
    "cell_error": noop("Ô chứa lỗi của bảng tính hoặc công thức chưa có giá trị. Sửa ở nguồn hoặc trong Excel rồi nộp lại."),
    "row_section": noop("Dòng phân nhóm: các dòng dưới thuộc lĩnh vực “%(field)s”."),
    "row_dropped": noop("Bỏ dòng không phải hồ sơ (không có mã, đơn vị, ngày tiếp nhận và trạng thái)."),
    "duplicate_same": noop("Dòng này giống hệt dòng %(lines)s: chỉ lấy một."),
    "duplicate_different": noop(
        "Mã hồ sơ xuất hiện ở các dòng %(lines)s với nội dung khác nhau nên không lấy dòng nào. Giữ lại dòng đúng."
    ),
    "dossier_unknown": noop("Cập nhật tiến độ của hồ sơ chưa từng nhận. Nhập bản có đầy đủ hồ sơ này trước."),
    "vanished": noop(
        "Hồ sơ đang giải quyết nhưng vắng mặt trong bản đầy đủ này. Vẫn tính là đang giải quyết; đề nghị "
        "kiểm tra ở hệ thống nguồn."
    ),
    "vanished_more": noop("Còn %(count)s hồ sơ đang giải quyết khác vắng mặt trong bản đầy đủ này."),
    "columns_unknown": noop("Cột không dùng đến: %(columns)s."),
    "encoding_utf16": noop("Tệp dùng mã UTF-16 không có dấu đầu tệp, đã chuyển sang Unicode."),
    "encoding_1258": noop("Tệp dùng mã Windows-1258, đã chuyển sang Unicode; mời xem: %(lines)s"),
    "encoding_8bit": noop("Tệp dùng phông một byte (TCVN3 hoặc VNI) thay cho Unicode: từng ô đã chuyển được nêu bên dưới."),
    "dates_doubtful": noop(
        "Cột %(columns)s: mọi ngày đều đọc được theo hai cách, đã đọc là ngày/tháng; đọc ngược lại thì nhiều ngày ở tương lai."
    ),
    "rows_hidden": noop("Trang tính “%(sheets)s” có dòng hoặc cột đang ẩn; đã đọc cả phần ẩn."),
    "formulas": noop("Trang tính “%(sheets)s” có công thức; đã lấy giá trị đang hiện."),
    "sheets_joined": noop("Các trang tính cùng tiêu đề được đọc chung thành một danh sách: %(sheets)s."),
    "sheets_ignored": noop("Chỉ đọc trang tính “%(sheet)s”; không đọc: %(sheets)s."),
}


def hold_text(kind: str, parameters: Mapping[str, str]) -> str:
    """Why a file waits."""
    return _(HOLDS[kind]) % _said(parameters)


def held(holds: Iterable[Mapping[str, Any]]) -> str:
    """What a door says of a file that waits."""
    return " ".join([_(HELD), *(hold_text(**hold) for hold in holds)])


def refusal(reason: str, parameters: Mapping[str, str]) -> str:
    """Why a file is not taken."""
    return _(REFUSALS[reason]) % _said(parameters)


def sentence(reason: str, parameters: Mapping[str, str], *, line: int = 0, column: str = "", value: str = "") -> str:
    """What is wrong in a row, with its place: "Dòng 18, cột Ngày hẹn trả: '31/02/2022'. Ngày không có thật. …".

    What no line has is named by its value: "Mã hồ sơ: '608-2022-000001'. Hồ sơ … vắng mặt …".
    """
    text = _(ROWS[reason]) % _said(parameters)
    place = column if value else ""
    if line:
        place = place_text(line)
        place = _("%(place)s, cột %(column)s") % {"place": place, "column": column} if column else place
    shown = f": '{value}'" if value else ""
    return f"{place}{shown}. {text}" if place else text


def _said(parameters: Mapping[str, str]) -> dict[str, str]:
    """As people write them."""
    return {name: _written(name, value) for name, value in parameters.items()}


def _written(name: str, value: str) -> str:
    if name in NUMBERS:
        return integer(int(value))
    return moment(datetime.fromisoformat(value)) if name in MOMENTS else value


def place_text(line: int) -> str:
    """ "Dòng 18"; of several sheets read as one list "Trang tính thứ 2, dòng 18"."""
    sheet, row = divmod(line, SHEET_LINES)
    return (
        _("Trang tính thứ %(sheet)s, dòng %(row)s") % {"sheet": sheet + 1, "row": row}
        if sheet
        else _("Dòng %(row)s") % {"row": row}
    )


def line_text(line: int) -> str:
    """A row's number alone, for a column of them; nothing for the file as a whole."""
    sheet, row = divmod(line, SHEET_LINES)
    return f"{sheet + 1}:{row}" if sheet else str(row or "")


def canceled(actor: str) -> str:
    return _(CANCELED) % {"actor": actor}


def failure() -> str:
    return _(FAILED)
