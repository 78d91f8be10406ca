"""Made-up people and firms. No number of any kind: no identity card, no telephone, no address."""

from random import Random

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Võ", "Đinh")
MIDDLE_MEN = ("Văn", "Hữu", "Đức", "Quang", "Minh", "Công", "Thanh", "Ngọc", "Xuân", "Bá")
MIDDLE_WOMEN = ("Thị", "Thị Thu", "Thị Ngọc", "Thị Kim", "Thanh", "Ngọc", "Thị Minh", "Bích")
MEN = (
    "An",
    "Bình",
    "Cường",
    "Dũng",
    "Đạt",
    "Giang",
    "Hải",
    "Hùng",
    "Khánh",
    "Long",
    "Minh",
    "Nam",
    "Phong",
    "Quân",
    "Sơn",
    "Tuấn",
    "Vinh",
)
WOMEN = (
    "Anh",
    "Chi",
    "Dung",
    "Hà",
    "Hạnh",
    "Hoa",
    "Hương",
    "Lan",
    "Linh",
    "Mai",
    "Nga",
    "Oanh",
    "Phương",
    "Thảo",
    "Trang",
    "Vân",
    "Yến",
)
# Xơ Đăng and Ba Na given names: men are called A …, women Y ….
LOCAL_MEN = ("Blưk", "Brông", "Dũm", "Hmrai", "Khâm", "Lêu", "Nhut", "Phiên", "Thuôn", "Vưng")
LOCAL_WOMEN = ("Blân", "Djắt", "Hlim", "Khơi", "Linh", "Nhớ", "Pưng", "Thâu", "Trâm", "Xuyên")
FIRMS = ("Công ty TNHH MTV", "Công ty TNHH", "Doanh nghiệp tư nhân", "Hợp tác xã", "Hộ kinh doanh")
FIRM_NAMES = (
    "Cao Nguyên Xanh",
    "Măng Đen Việt",
    "Sông Đăk Bla",
    "Ngọc Linh Phát",
    "Tây Nguyên Mới",
    "Hoàng Gia Kon Tum",
    "Phú Thịnh",
    "An Khang",
)


def person(rng: Random, local_share: float = 0.0) -> str:
    """A full name; ``local_share`` of them Xơ Đăng or Ba Na."""
    man = rng.random() < 0.5
    if rng.random() < local_share:
        return f"A {rng.choice(LOCAL_MEN)}" if man else f"Y {rng.choice(LOCAL_WOMEN)}"
    middle, given = (MIDDLE_MEN, MEN) if man else (MIDDLE_WOMEN, WOMEN)
    return f"{rng.choice(FAMILY)} {rng.choice(middle)} {rng.choice(given)}"


def firm(rng: Random) -> str:
    return f"{rng.choice(FIRMS)} {rng.choice(FIRM_NAMES)}"
