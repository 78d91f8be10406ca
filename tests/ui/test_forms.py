"""Widgets that print themselves say what Django's own would, escaped, and choices are never mixed between forms."""

import copy
from datetime import date

import pytest
from django import forms
from django.utils.translation import gettext_lazy

from ui.forms import Fixed, LeanDate, LeanSearch, LeanSelect, LeanText, filter_fields

LEVELS = Fixed([("", gettext_lazy("mọi cấp")), ("district", "Huyện"), ('a"<b>', "<i>Xã</i>")])


FIELDS = ("q", "ngay", "cap", "can_bo")


class BarForm(forms.Form):
    q = forms.CharField(label="Tìm <gì>", required=False, min_length=2, widget=LeanSearch)
    ngay = forms.DateField(label="Ngày", required=False, widget=LeanDate)
    cap = forms.ChoiceField(label="Cấp", choices=LEVELS, required=False, widget=LeanSelect)
    can_bo = forms.CharField(label="Cán bộ", widget=LeanText(attrs={"maxlength": 40}))


def test_a_bar_has_a_label_and_an_input_for_every_field() -> None:
    html = filter_fields(BarForm({"q": 'a "b"', "ngay": "2022-11-07", "cap": "district", "can_bo": "An"}), FIELDS)
    assert '<label for="id_q">Tìm &lt;gì&gt;</label><input class="form-control" type="search" name="q"' in html
    assert 'value="a &quot;b&quot;"' in html
    assert '<input class="form-control" type="date" name="ngay" value="2022-11-07" id="id_ngay">' in html
    assert '<option value="district" selected>Huyện</option>' in html
    assert 'name="can_bo" value="An" maxlength="40" id="id_can_bo" required>' in html
    assert "invalid-feedback" not in html


def test_what_is_in_use_stands_in_a_box_left_empty_only() -> None:
    assert 'type="date" name="ngay" value="2022-11-10"' in filter_fields(BarForm({}), FIELDS, ngay=date(2022, 11, 10))
    assert 'value="2022-11-07"' in filter_fields(BarForm({"ngay": "2022-11-07"}), FIELDS, ngay=date(2022, 11, 10))


def test_choices_are_escaped_and_found_again_when_chosen() -> None:
    html = LeanSelect(choices=LEVELS).render("cap", 'a"<b>')
    assert '<option value="a&quot;&lt;b&gt;" selected>&lt;i&gt;Xã&lt;/i&gt;</option>' in html
    assert html.count("selected") == 1
    assert "<i>" not in html


@pytest.mark.parametrize("value", [None, ""])
def test_nothing_chosen_marks_nothing(value: str | None) -> None:
    assert "selected" not in LeanSelect(choices=LEVELS).render("cap", value)
    assert "value=" not in LeanText().render("can_bo", value)


def test_what_one_form_offers_is_not_offered_by_the_next() -> None:
    """Printed options are remembered by their content alone."""
    mine, theirs = Fixed([("608", "Kon Tum")]), Fixed([("612", "Đăk Tô")])
    assert "608" in LeanSelect(choices=mine).render("don_vi", None)
    assert "608" not in LeanSelect(choices=theirs).render("don_vi", None)


def test_errors_stand_where_the_field_says_they_describe_it() -> None:
    html = filter_fields(BarForm({"q": "a", "ngay": "31/02/2022", "cap": "khac", "can_bo": "An"}), FIELDS)
    assert html.count("invalid-feedback") == 3
    assert 'aria-describedby="id_cap_error"' in html
    assert '<div id="id_cap_error"><p class="invalid-feedback d-block">' in html


def test_fixed_choices_are_shared_by_copies_and_judged_as_any_other() -> None:
    assert copy.deepcopy(LEVELS) is LEVELS
    assert BarForm({"cap": "district", "can_bo": "An"}).is_valid()
    assert not BarForm({"cap": "commune", "can_bo": "An"}).is_valid()
