"""Widgets that print themselves say what Django's own would, escaped, and choices are never mixed between forms."""

import copy
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.utils.translation import gettext_lazy

from ui.forms import Fixed, LeanDate, LeanMoment, LeanSearch, LeanSelect, LeanText, filter_fields

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
    assert '<input class="form-control" type="text" name="ngay" value="07/11/2022" inputmode="numeric"' in html
    assert '<option value="district" selected>Huyện</option>' in html
    assert 'name="can_bo" value="An" maxlength="40" id="id_can_bo" required>' in html
    assert "invalid-feedback" not in html


def test_what_is_in_use_stands_in_a_box_left_empty_only() -> None:
    assert 'name="ngay" value="10/11/2022"' in filter_fields(BarForm({}), FIELDS, ngay=date(2022, 11, 10))
    assert 'value="07/11/2022"' in filter_fields(BarForm({"ngay": "2022-11-07"}), FIELDS, ngay=date(2022, 11, 10))


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (date(2022, 11, 7), "07/11/2022"),
        ("2022-11-07", "07/11/2022"),
        ("7/11/2022", "7/11/2022"),
        ("31/02/2022", "31/02/2022"),
        ("mai", "mai"),
    ],
)
def test_a_day_shows_as_people_write_it_and_what_is_no_day_as_typed(value: object, seen: str) -> None:
    assert f'value="{seen}"' in LeanDate().render("ngay", value)


def test_a_box_for_the_day_of_figures_steps_from_day_to_day() -> None:
    assert LeanDate(steps=True).render("ngay", None).count("data-step=") == 2
    assert "data-step" not in LeanDate().render("han", None)


def test_the_days_on_offer_are_told_and_one_form_s_are_not_another_s() -> None:
    form = BarForm({})
    form.fields["ngay"].widget.between(date(2022, 8, 1), date(2022, 11, 10))
    box = str(form["ngay"])
    assert 'data-min="2022-08-01" data-max="2022-11-10"' in box
    assert 'data-outside="Chỉ có số liệu từ 01/08/2022 đến 10/11/2022."' in box
    assert "data-min" not in str(BarForm({})["ngay"])


def test_a_moment_keeps_its_time() -> None:
    box = LeanMoment().render("data_as_of", datetime(2022, 11, 7, 17, 5, tzinfo=UTC))
    assert 'value="07/11/2022 17:05"' in box
    assert 'data-date="moment"' in box


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
