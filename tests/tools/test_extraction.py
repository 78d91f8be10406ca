from pathlib import Path

import pytest

from tools.extraction import Found, bare_texts, strings

PYTHON = """from django.utils.translation import gettext as _, ngettext, pgettext
one = _("Hồ sơ")
many = ngettext("%(n)s hồ sơ", "%(n)s hồ sơ", 2)
named = pgettext("nút", "Lọc")
data = "Không phải thông báo"
"""
TEMPLATE = """{% load i18n %}
    {# translate "bỏ qua" #}
  <h1>{% translate "Xếp hạng" %}</h1>
{% blocktranslate with day=as_of %}Ngày {{ day }}{% endblocktranslate %}
      {% blocktranslate count n=rows %}một{% plural %}nhiều{% endblocktranslate %}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.py").write_text(PYTHON, encoding="utf-8")
    (tmp_path / "b.html").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path


def test_python_strings_come_with_place_context_and_plural(folder: Path) -> None:
    assert list(strings([folder / "a.py"], folder)) == [
        Found("a.py", 2, "", "Hồ sơ"),
        Found("a.py", 3, "", "%(n)s hồ sơ", "%(n)s hồ sơ"),
        Found("a.py", 4, "nút", "Lọc"),
    ]


def test_template_strings_keep_their_lines(folder: Path) -> None:
    assert list(strings([folder / "b.html"], folder)) == [
        Found("b.html", 3, "", "Xếp hạng"),
        Found("b.html", 4, "", "Ngày %(day)s"),
        Found("b.html", 5, "", "một", "nhiều"),
    ]


def test_vietnamese_outside_a_tag_is_found_and_inside_is_not(folder: Path) -> None:
    (folder / "c.html").write_text(
        TEMPLATE + "<p title='Đơn vị'>x</p>\n{% comment %}Ghi chú ở đây{% endcomment %}\n<b>Kon Tum</b>"
    )
    assert [(found.line, found.text) for found in bare_texts([folder / "c.html"], folder)] == [(5, "<p title='Đơn vị'>x</p>")]
