"""``manage.py demo_load``: the history of the demo, once; on every start the sign-ins and the letter's four figures."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from demo import load
from demo.deliveries import deliveries_expect
from demo.signins import PASSWORD, SIGN_INS, signins_create


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = 0
    if not 0 < share <= 1:
        raise ArgumentTypeError(_("“%(text)s” không phải số lớn hơn 0 và không quá 1") % {"text": text})
    return share


class Command(BaseCommand):
    help = _("Nạp dữ liệu minh hoạ: tạo tệp xuất của hai hệ thống, nhập qua đường nhập liệu bình thường, chạy rà soát từng đêm.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--root", type=Path, metavar="DIR", help=_("thư mục ghi tệp minh hoạ; mặc định là demo/ trong thư mục dữ liệu")
        )
        parser.add_argument(
            "--scale", type=_share, default=1.0, metavar="X", help=_("tỷ lệ khối lượng, trên 0 đến 1; mặc định 1 (60.000 hồ sơ)")
        )

    def handle(self, *, root: Path | None, scale: float, **options: object) -> None:
        folder = root or settings.DATA_DIR / "demo"
        try:
            load.check_allowed()
            signins_create(actor=load.ACTOR)
            if not load.is_complete():
                load.load(folder=folder, scale=scale, say=self.stdout.write)
            deliveries_expect()
        except load.DemoError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(_summary(folder)))


def _summary(folder: Path) -> Iterator[str]:
    figures = load.golden_figures()
    yield _("Quá hạn ngày 07/11/2022 (hệ thống cũ / hệ thống mới):")
    for code, name in (("608", _("UBND thành phố Kon Tum")), ("612", _("UBND huyện Đăk Tô"))):
        yield f"  {name}: {figures[code, 'old']} / {figures[code, 'new']}"
    yield _("Đăng nhập (mật khẩu chung của bản minh hoạ: %(password)s):") % {"password": PASSWORD}
    for sign_in in SIGN_INS:
        yield f"  {sign_in.username:<12}{sign_in.full_name} – {sign_in.role.label}"
    yield _("Tệp để nhập thử bằng tay (bản đầy đủ, số liệu đến 06:00 ngày 10/11/2022):")
    yield from (f"  {path}" for path in load.files_to_try(folder))
