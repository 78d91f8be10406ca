"""One row of a register as tests make it; knows nothing of Django, so that the corpus can be written without it."""

from typing import Any

HEADER = (
    "STT",
    "Mã hồ sơ",
    "Mã TTHC",
    "Tên thủ tục hành chính",
    "Lĩnh vực",
    "Đơn vị xử lý",
    "Chủ hồ sơ",
    "Kênh thực hiện",
    "Ngày tiếp nhận",
    "Ngày hẹn trả",
    "Ngày kết thúc xử lý",
    "Ngày trả kết quả",
    "Trạng thái",
    "Cán bộ xử lý",
    "Ghi chú",
    "Ngày yêu cầu bổ sung",
    "Ngày nhận bổ sung",
)
ROW = {
    "Mã hồ sơ": "000.00.16.H34-221024-0001",
    "Mã TTHC": "1.000001.000.00.00.H34",
    "Lĩnh vực": "Hộ tịch",
    "Đơn vị xử lý": "UBND huyện Đăk Tô",
    "Chủ hồ sơ": "Nguyễn Văn An",
    "Kênh thực hiện": "Trực tiếp",
    "Ngày tiếp nhận": "24/10/2022 08:00",
    "Ngày hẹn trả": "31/10/2022 17:00",
    "Trạng thái": "Đang xử lý",
    "Cán bộ xử lý": "Trần Thị Bình",
}


def row(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A good row; keys of ``changes`` are our short names (code, agency, received, due, …) or headers."""
    short = {
        "code": "Mã hồ sơ",
        "procedure": "Mã TTHC",
        "field": "Lĩnh vực",
        "agency": "Đơn vị xử lý",
        "applicant": "Chủ hồ sơ",
        "channel": "Kênh thực hiện",
        "received": "Ngày tiếp nhận",
        "due": "Ngày hẹn trả",
        "finished": "Ngày kết thúc xử lý",
        "returned": "Ngày trả kết quả",
        "status": "Trạng thái",
        "officer": "Cán bộ xử lý",
        "note": "Ghi chú",
        "stop_from": "Ngày yêu cầu bổ sung",
        "stop_to": "Ngày nhận bổ sung",
    }
    code = {"Mã hồ sơ": f"000.00.16.H34-221024-{number:04d}"}
    return {**ROW, **code, **{short.get(name, name): value for name, value in changes.items()}}
