"""Who must do what: the numbered points of a letter with their lists, and orders in running text."""

import re
from collections.abc import Iterable

from directives.rules.reading_found import Order
from directives.rules.reading_outline import Step, step_of
from directives.rules.reading_terms import read_deadlines, read_demands
from directives.rules.reading_text import LOWER, SUPERSCRIPTS, Page, Part, Piece, any_of, rx

# What an addressee begins with. A head of a unit stands for the unit.
_ONE = any_of(
    """Thủ trưởng, Giám đốc, Chủ tịch, Trưởng [Bb]an, Chánh Văn phòng, Chánh Thanh tra, Người đứng đầu, Lãnh đạo, Sở, UBND,
    [ỦU][yỷ] ban, Văn phòng, Ban, Thanh tra, Trung tâm, Chi nhánh, Công an, Viễn thông, Bưu điện, VNPT, Cục, Chi cục,
    Tổ(?!\\schức), Bộ phận, Hội đồng, Phòng"""
)
_MANY = "(?:Các|Từng|Những|Toàn thể) " + any_of(
    "thủ trưởng, cơ quan, [Ss]ở, đơn vị, huyện, địa phương, phòng, [Bb]an, ngành, xã, UBND, chi nhánh, tổ"
)
_OWNER = rx(rf"(?:{_ONE}|{_MANY})\b")
_OWNER_INSIDE = rf"(?:{_ONE}|{_MANY}|{_MANY.lower()}|thủ trưởng|chủ tịch|giám đốc|lãnh đạo)\b"
# The act an order begins with, in small letters as it stands after the addressee. "Tổ kiểm tra" is a body, not an act.
VERBS = any_of(
    """lãnh đạo, tiếp tục, tập trung, khẩn trương, nhanh chóng, kịp thời, chủ động, trực tiếp, thường xuyên, nghiêm túc, phấn đấu,
    phải, cần, chỉ đạo, tổ chức, thực hiện, triển khai, chủ trì, phối hợp, phân công, bố trí, có trách nhiệm, chịu trách
    nhiệm, quán triệt, rà soát, giải quyết, xử lý, hoàn thành, khắc phục, chấn chỉnh, giảm, không để, đẩy nhanh, tăng
    cường, nâng cao, bảo đảm, đảm bảo, (?<!Tổ\\s)kiểm tra, thanh tra, giám sát, đôn đốc, theo dõi, kiểm soát, đối chiếu,
    xác minh, thẩm định, thống kê, kiểm điểm, tham mưu, tổng hợp, báo cáo, giải trình, làm rõ, trả lời, thông báo, gửi,
    chuyển, lập, cung cấp, cập nhật, đồng bộ, công khai, hướng dẫn, hỗ trợ, xem xét, chuẩn bị, xây dựng, nghiên cứu, ban
    hành, yêu cầu, đề nghị, căn cứ, quan tâm, vận hành, duy trì, tự, có giải pháp, có biện pháp, có văn bản, định kỳ,
    hằng, hàng, trước, chậm nhất"""
)
_VERB = rx(rf"(?<![\w/])(?:{VERBS})(?!\w)")
_ACT = rx(rf"(?:{VERBS})(?!\w)", re.IGNORECASE)
_COMMAND = "yêu cầu|đề nghị|giao(?: nhiệm vụ)?(?: cho)?|chỉ đạo"
_COMRADE = "(?:(?:các )?(?:đồng chí|đ/c|ông|bà) )?"
_LED = rx(rf"(?:{_COMMAND}|đối với) {_COMRADE}(?={_OWNER_INSIDE.replace('(?:Các', '(?:[Cc]ác')})", re.IGNORECASE)
_COMMANDED = rx(rf"\b(?:{_COMMAND}) {_COMRADE}(?={_OWNER_INSIDE})")
_PARTNER = rx(
    rf"\bphối hợp(?: chặt chẽ)?(?: với| cùng(?: với)?)? (?P<partner>(?:{_ONE}|các ).+?)(?=,? (?:{VERBS})(?!\w)|[;.:]|$)",
    re.IGNORECASE,
)
_CLOSING = rx(r"(?:Yêu cầu|Đề nghị|Nhận được|Trên đây|Văn bản này|Công văn này)\b|.{1,80} thông báo .{1,200}\bbiết\b")
_TELLING = rx(
    rf"\d| (?:còn|có|đã|đang|chưa)(?! trách nhiệm)(?:\b|$)|[{LOWER}]\. "
)  # of running text that reports and orders nothing
_COUNTED = rx(r"\d+ (?:hồ sơ|HS)\b|hệ thống (?:cũ|mới)\s*:?\s*\d", re.IGNORECASE)
_BETWEEN = rx(r"[\s:,–-]*")


def read_orders(page: Page, parts: Iterable[Part]) -> tuple[tuple[Order, ...], Piece | None]:
    """The orders of these paragraphs, and the closing sentence that asks to carry them out."""
    return _Reader(page).read([step_of(page, part) for part in parts])


class _Reader:
    """Walks down the letter; whoever a heading names answers for what stands under it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.orders: list[Order] = []
        self.owners: dict[int, Piece | None] = {}  # by depth of the heading that named them
        self.labels: dict[int, str] = {}
        self.items: dict[str, int] = {}

    def read(self, steps: list[Step]) -> tuple[tuple[Order, ...], Piece | None]:
        closing = None
        for step, after in zip(steps, [*steps[1:], None], strict=False):
            if after is None and self._closes(step):
                closing = self.page.piece(step.whole.start, step.whole.end)
            else:
                self._take(step, heads=after is not None and after.depth > step.depth)
        return tuple(self.orders), closing

    def _closes(self, step: Step) -> bool:
        if step.depth or not self.orders or not _CLOSING.match(self.page.words(step.whole)):
            return False
        return not (read_deadlines(self.page, step.whole) or read_demands(self.page, step.whole))

    def _take(self, step: Step, *, heads: bool) -> None:
        """One paragraph: a heading, an order, both or neither."""
        colon = self.page.words(step.rest).rstrip(f" {SUPERSCRIPTS}").endswith(":")
        if step.depth:
            self._enter(step)
        owner, act = self._split(step)
        if step.depth == 0 and owner:
            self.labels = {}  # running text that names somebody goes on under no point
        if heads or colon:
            self.owners[step.depth] = owner or self._above(step.depth)
        if act and not colon and self._orders(step, owner, act, heads=heads):
            self.orders.append(self._order(step, owner))

    def _enter(self, step: Step) -> None:
        """Leave the points that this one follows."""
        self.owners = {depth: owner for depth, owner in self.owners.items() if depth < step.depth}
        self.labels = {depth: label for depth, label in self.labels.items() if depth < step.depth}
        if step.label:
            self.labels[step.depth] = step.label

    def _above(self, depth: int) -> Piece | None:
        """Who answers by the nearest heading above."""
        above = (self.owners[over] for over in sorted(self.owners, reverse=True) if over < max(depth, 1))
        return next((owner for owner in above if owner), None)

    def _orders(self, step: Step, owner: Piece | None, act: Part, *, heads: bool) -> bool:
        """Whether a paragraph orders something, rather than to name a part of the letter or to report."""
        words = self.page.words(act)
        acts = bool(_ACT.match(words))
        if not words.strip():
            return False
        if step.depth == 0:
            return (owner is not None or bool(self.owners)) and acts
        title = heads and owner is None and not words.endswith((".", ";"))
        if title or (_COUNTED.search(words) and not acts):
            return False
        return acts or bool(_VERB.search(words)) or owner is None

    def _split(self, step: Step) -> tuple[Piece | None, Part | None]:
        """(who is named in the paragraph, what remains of it as the act)."""
        start = self._start_of_owner(step)
        end = self._end_of_owner(start, step) if start is not None else None
        if start is None or end is None:
            return None, step.rest
        between = _BETWEEN.match(self.page.text, end, step.rest.end)
        rest = Part(between.end() if between else end, step.rest.end)
        return self.page.piece(start, end), rest if rest.end > rest.start else None

    def _start_of_owner(self, step: Step) -> int | None:
        text, start, end = self.page.text, step.rest.start, step.rest.end
        if led := _LED.match(text, start, end):
            return led.end()
        if step.depth == 0 and (commanded := _COMMANDED.search(text, start, end)):
            return commanded.end()
        return start if _OWNER.match(text, start, end) else None

    def _end_of_owner(self, start: int, step: Step) -> int | None:
        """Before the colon or the verb that follows; None when neither does, or running text tells more: it is no addressee."""
        text, limit = self.page.text, step.rest.end
        colon, verb = text.find(":", start, limit), _VERB.search(text, start, limit)
        ends = [place for place in (colon, verb.start() if verb else -1) if place > start]
        if not ends:
            return None
        end = start + len(text[start : min(ends)].rstrip(" ,\n\t"))
        return None if step.depth == 0 and _TELLING.search(text, start, end) else end

    def _order(self, step: Step, owner: Piece | None) -> Order:
        partner = _PARTNER.search(self.page.text, step.rest.start, step.rest.end)
        point = ".".join(self.labels[depth] for depth in sorted(self.labels))
        self.items[point] = self.items.get(point, 0) + 1
        return Order(
            point=point,
            item=self.items[point] if step.depth > 3 else 0,
            words=self.page.piece(step.rest.start, step.rest.end),
            addressee=owner or self._above(step.depth),
            inherited=owner is None,
            partner=self.page.piece(*partner.span("partner")) if partner else None,
            deadlines=read_deadlines(self.page, step.rest),
            demands=read_demands(self.page, step.rest),
        )
