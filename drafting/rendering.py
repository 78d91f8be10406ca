"""A letter put into a template. Templates come from people: they run in a sandbox and may ask for known names only."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from directives.rules.attachments import kind_of
from directives.wordfiles import BROKEN, TooLargeError, text_of
from drafting.selectors import Letter, Line
from drafting.template import VARIABLES
from ui.formats import day, integer
from ui.states import SYSTEMS

MOST_BYTES = 5 * 1024 * 1024
SAMPLE = Letter(date(2022, 11, 7), "", "", date(2022, 11, 25), (), (), date(2022, 11, 1), (), ())


class TemplateUnfitError(Exception):
    """The file cannot serve as a template. The text is Vietnamese and says what to change."""


class _Environment(ImmutableSandboxedEnvironment):
    """No loops without end, no texts without end: neither ``range`` nor products."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(f"{operator} is not for templates")


def rendered(template: bytes, letter: Letter, *, on: date) -> bytes:
    """The docx. ``on``: the day it is drafted. Raises TemplateUnfitError."""
    document = DocxTemplate(BytesIO(template))
    try:
        document.render(_context(letter, on), jinja_env=_Environment())
    except UndefinedError as error:
        known = ", ".join(VARIABLES)
        words = {"error": error.message, "known": known}
        raise TemplateUnfitError(_("Mẫu dùng tên không có (%(error)s). Các tên dùng được: %(known)s.") % words) from error
    except (TemplateError, *BROKEN) as error:
        raise TemplateUnfitError(
            _("Mẫu có lệnh không đọc được: %(error)s. Hãy sửa lại trong Word.") % {"error": error}
        ) from error
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def checked(template: bytes) -> None:
    """A docx without macros, of reasonable size, that a letter can be put into. Raises TemplateUnfitError."""
    if len(template) > MOST_BYTES:
        raise TemplateUnfitError(_("Tệp mẫu lớn hơn 5 MB. Hãy bỏ bớt ảnh."))
    if kind_of(BytesIO(template)) != "docx":
        raise TemplateUnfitError(_("Không phải tệp Word .docx không có macro. Hãy lưu lại bằng Word dạng .docx."))
    try:
        text = text_of(template)
    except TooLargeError as error:
        raise TemplateUnfitError(_("Tệp mẫu bung ra quá lớn so với một công văn.")) from error
    except (*BROKEN, BadZipFile, PackageNotFoundError) as error:
        raise TemplateUnfitError(_("Không mở được tệp mẫu: tệp hỏng. Hãy lưu lại bằng Word.")) from error
    if "don_vi" not in text and "phu_luc_2" not in text:
        raise TemplateUnfitError(_("Mẫu không nêu đơn vị hay danh sách nào: phải dùng don_vi hoặc phu_luc_2."))
    rendered(template, SAMPLE, on=SAMPLE.as_of)


def _context(letter: Letter, on: date) -> Mapping[str, object]:
    """One entry for each of VARIABLES."""
    return {
        "trich_yeu": letter.subject,
        "thang": f"{on:%m}",
        "nam": f"{on:%Y}",
        "kinh_gui": [one.agency.name for one in letter.units],
        "can_cu": "; ".join(f"Công văn số {one.reference} {_in_full(one.issued_on)} của {one.issuer}" for one in letter.cited)
        or "chức năng, nhiệm vụ được giao",
        "ngay_so_lieu": day(letter.as_of),
        "han": day(letter.due_on),
        "tu_ngay": day(letter.since),
        "don_vi": [
            {
                "ten": one.agency.name,
                "he_thong_cu": integer(one.old),
                "he_thong_moi": integer(one.new),
                "tong": integer(one.total),
            }
            for one in letter.units
        ],
        "tong": integer(sum(one.total for one in letter.units)),
        "phu_luc_1": [_annexed(place, line) for place, line in enumerate(letter.done, start=1)],
        "phu_luc_2": [_annexed(place, line) for place, line in enumerate(letter.late, start=1)],
        "ma_so_lieu": f"Số liệu 24:00 ngày {day(letter.as_of)}, mã số liệu {letter.seal}",
    }


def _in_full(value: date) -> str:
    """As letters write a day: days below 10 and the months 1 and 2 with a 0 (law.md §7)."""
    month = f"{value.month:02}" if value.month < 3 else str(value.month)
    return f"ngày {value.day:02} tháng {month} năm {value.year}"


def _annexed(place: int, line: Line) -> Mapping[str, object]:
    return {
        "tt": place,
        "don_vi": line.unit,
        "ma": line.code,
        "he_thong": str(SYSTEMS[line.system]),
        "thu_tuc": line.procedure,
        "tiep_nhan": day(line.received_on),
        "han": day(line.due_on),
        "xong": day(line.ended_on),
        "so_ngay": integer(line.days),
    }
