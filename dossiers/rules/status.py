"""Which of the ten national statuses a source's word means (law.md §2). An unknown word is unknown, never a guess."""

import re
from collections.abc import Mapping
from functools import lru_cache

from agencies.rules.names import fold

REFUSED, REQUESTED, FINANCIAL = 3, 5, 6
OPEN = frozenset({2, 4, 5, 6})
STOP_KINDS = {REQUESTED: "supplement", FINANCIAL: "financial"}
FINISHED = frozenset({9, 10})
ENDED = frozenset({REFUSED, 7, 8}) | FINISHED
# In no figure: not received yet, and refused without having been received.
NOT_COUNTED = frozenset({1, REFUSED})

_WORDS = {
    1: "Mới đăng ký|Mới nộp|Mới tạo|Chờ tiếp nhận|Chưa tiếp nhận|Đã nộp|Hồ sơ mới",
    2: "Được tiếp nhận|Đã tiếp nhận|Tiếp nhận|Mới tiếp nhận|Đã nhận|Chờ xử lý|Chưa xử lý|Chờ giải quyết|Chưa giải quyết",
    3: "Không được tiếp nhận|Không tiếp nhận|Từ chối tiếp nhận|Từ chối|Bị từ chối|Đã từ chối|Không đủ điều kiện tiếp nhận",
    4: "Đang xử lý|Đang giải quyết|Đang thụ lý|Đang thẩm định|Đang trình ký|Đang thực hiện|Chờ phê duyệt|Đã bổ sung",
    5: "Yêu cầu bổ sung giấy tờ|Yêu cầu bổ sung|Chờ bổ sung|Đang chờ bổ sung|Cần bổ sung|Bổ sung|Đang bổ sung"
    "|Chờ bổ sung giấy tờ|Yêu cầu bổ sung hồ sơ|Chờ bổ sung hồ sơ|Bổ sung hồ sơ|Tạm dừng chờ bổ sung|Dừng chờ bổ sung",
    6: "Yêu cầu thực hiện nghĩa vụ tài chính|Thực hiện nghĩa vụ tài chính|Chờ thực hiện nghĩa vụ tài chính|Nghĩa vụ tài chính"
    "|Chờ nghĩa vụ tài chính|Đang thực hiện nghĩa vụ tài chính|Chờ thanh toán|Yêu cầu nghĩa vụ tài chính|Chờ nộp thuế",
    7: "Công dân yêu cầu rút hồ sơ|Yêu cầu rút hồ sơ|Rút hồ sơ|Đã rút hồ sơ|Đã rút|Công dân rút hồ sơ|Người dân rút hồ sơ"
    "|Xin rút hồ sơ|Xin rút|Tổ chức, công dân rút hồ sơ",
    8: "Dừng xử lý|Đã dừng xử lý|Dừng giải quyết|Đình chỉ|Đã hủy|Hủy|Hủy hồ sơ|Đã hủy hồ sơ|Không giải quyết"
    "|Trả lại hồ sơ|Trả lại",
    9: "Đã xử lý xong|Xử lý xong|Đã xử lý|Đã giải quyết|Đã giải quyết xong|Đã có kết quả|Có kết quả|Hoàn thành|Đã hoàn thành"
    "|Chờ trả kết quả|Đã xong|Kết thúc xử lý|Đã kết thúc xử lý|Đã ban hành kết quả",
    10: "Đã trả kết quả|Trả kết quả|Đã trả|Đã trả kết quả cho công dân|Đã giao kết quả|Đã nhận kết quả|Kết thúc",
}
_CODES = {fold(word): code for code, words in _WORDS.items() for word in words.split("|")}
_NATIONAL_CODE = re.compile(r"0?([1-9])|10")
_EDGES = " .,;:-–_()[]\"'"


@lru_cache(maxsize=4096)
def parse_status(text: str) -> int | None:
    """The national code 1-10 for a word in any case, accents or spacing, or for the code itself; None when unknown."""
    folded = fold(text)
    if _NATIONAL_CODE.fullmatch(folded):
        return int(folded)
    return _CODES.get(folded.strip(_EDGES).removeprefix("ho so "))


def status_meant(text: str, taught: Mapping[str, int]) -> int | None:
    """The same, also of a word the system was taught; ``taught``: national code by folded word."""
    return parse_status(text) or taught.get(fold(text))
