"""What an administrator fills in about a person, and how people name what they keep."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, SavedView, User
from ui.addresses import DATE, normal


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """A person's name, role, lock and, when filled in, a new password."""

    new_password = forms.CharField(
        label=_("Mật khẩu mới"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html(),
    )

    class Meta:
        model = User
        fields = ("username", "full_name", "email", "role", "is_active")
        labels = {"is_active": _("Được đăng nhập")}
        help_texts = {"is_active": _("Bỏ chọn để khóa tài khoản; tài khoản không bao giờ bị xóa.")}

    def clean_new_password(self) -> str:
        password: str = self.cleaned_data["new_password"]
        if not password and self.instance.pk is None:
            raise ValidationError(_("Người dùng mới cần một mật khẩu."))
        if password:
            validate_password(password, self.instance)
        return password

    def clean(self) -> dict[str, Any]:
        """Somebody must remain who can manage accounts."""
        cleaned = super().clean() or {}
        stays = cleaned.get("role") == Role.ADMINISTRATOR and cleaned.get("is_active")
        others = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=self.instance.pk)
        was = self.initial.get("role") == Role.ADMINISTRATOR and self.initial.get("is_active")
        if was and not stays and not others.exists():
            raise ValidationError(_("Đây là quản trị hệ thống cuối cùng; hãy giao vai trò này cho người khác trước."))
        return cleaned


class SavedViewForm(forms.Form):
    """A name for the question a page is showing, and whether it keeps asking about the same day."""

    page = forms.ChoiceField(choices=SavedView.Page.choices, widget=forms.HiddenInput)
    query = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Tên bộ lọc"),
        max_length=60,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        error_messages={"required": _("Chưa đặt tên cho bộ lọc.")},
    )
    keep_day = forms.BooleanField(label=_("Giữ đúng ngày số liệu này"), required=False)

    def question(self) -> str:
        """What is kept: without a day the view shows the newest one, whenever it is opened."""
        asked: str = self.cleaned_data["query"]
        return normal(asked, without=() if self.cleaned_data["keep_day"] else (DATE,))
