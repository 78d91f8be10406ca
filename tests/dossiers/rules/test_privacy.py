"""What a viewer without permission sees of a person."""

import unicodedata

import pytest

from dossiers.rules.privacy import mask_id, mask_name


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Nguyễn Văn An", "Nguyễn V. A."),
        ("Nguyễn  Văn   An ", "Nguyễn V. A."),
        ("A Thút", "A T."),
        ("Y Blưi", "Y B."),
        ("An", "A."),
        ("", ""),
        ("đỗ thị ánh", "đỗ T. Á."),
        ("Đoàn Văn Hậu", "Đoàn V. H."),
        ("TRUONG VAN AN", "TRUONG V. A."),
        ("Ông Nguyễn Văn An", "Ông Nguyễn V. A."),
        ("Hộ ông Nguyễn Văn An", "Hộ ông Nguyễn V. A."),
        ("Hộ kinh doanh Nguyễn Văn An", "Hộ kinh doanh Nguyễn V. A."),
        ("Nguyễn Văn An và Trần Thị Bình", "Nguyễn V. A. và Trần T. B."),
        ("Nguyễn Văn An, Trần Thị Bình", "Nguyễn V. A., Trần T. B."),
        ("Nguyễn Văn An 062090001234", "Nguyễn V. A. ••••••••••••"),
        ("062090001234", "••••••••••••"),
    ],
)
def test_persons_keep_their_family_name_only(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    "name",
    [
        "Công ty TNHH Nguyễn Văn An",
        "CÔNG TY CỔ PHẦN ĐĂK TÔ",
        "UBND huyện Đăk Tô",
        "Ủy ban nhân dân phường Quyết Thắng",
        "Hợp tác xã Nông nghiệp Đăk Mar",
        "Trường THPT Kon Tum",
        "Chi nhánh Văn phòng Đăng ký đất đai",
    ],
)
def test_organisations_stay_whole(name: str) -> None:
    assert mask_name(name) == name


def test_a_name_in_decomposed_letters_is_masked_alike() -> None:
    assert mask_name(unicodedata.normalize("NFD", "Nguyễn Văn Ánh")) == "Nguyễn V. Á."
    assert mask_name(unicodedata.normalize("NFD", "Công ty Đăk Tô")) == "Công ty Đăk Tô"


@pytest.mark.parametrize(
    ("number", "masked"),
    [("062090001234", "••••••••1234"), ("062 090 001 234", "••••••••1234"), ("1234", "••••"), ("", ""), ("12345", "•2345")],
)
def test_numbers_keep_their_last_four(number: str, masked: str) -> None:
    assert mask_id(number) == masked
