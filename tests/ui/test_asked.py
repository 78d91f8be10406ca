"""What a form was asked, told in the words of its own labels and choices, each with the way to drop it."""

from django import forms
from django.http import QueryDict

from ui.asked import asked, sentence


class Bar(forms.Form):
    q = forms.CharField(label="Tìm", required=False)
    he_thong = forms.ChoiceField(label="Hệ thống", choices=[("", "cả hai"), ("old", "Hệ thống cũ")], required=False)
    pham_vi = forms.ChoiceField(label="Phạm vi", choices=[("own", "riêng"), ("area", "toàn địa bàn")], required=False)
    han = forms.DateField(label="Đến hạn ngày", required=False)


def told(query: str) -> list[tuple[str, str, str]]:
    words = QueryDict(query)
    form = Bar(words)
    assert form.is_valid()
    return [(one.label, one.text, one.without) for one in asked(form, form.fields, dict(words.lists()), {"pham_vi": "own"})]


def test_each_condition_is_told_and_can_be_left_out_alone() -> None:
    assert told("he_thong=old&han=2022-11-30&q=an&trang=3&cot=code,due") == [
        ("Tìm", "an", "?he_thong=old&han=2022-11-30&cot=code,due"),
        ("Hệ thống", "Hệ thống cũ", "?han=2022-11-30&q=an&cot=code,due"),
        ("Đến hạn ngày", "30/11/2022", "?he_thong=old&q=an&cot=code,due"),
    ]


def test_what_holds_without_being_chosen_is_no_condition() -> None:
    assert told("pham_vi=own&he_thong=") == []
    assert told("pham_vi=area") == [("Phạm vi", "toàn địa bàn", "?")]


def test_conditions_make_one_sentence() -> None:
    form = Bar(QueryDict("he_thong=old&q=an"))
    assert form.is_valid()
    assert sentence(asked(form, form.fields, {}, {})) == "Tìm: an; Hệ thống: Hệ thống cũ"
