from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceSystem(models.Model):
    """One of the two information systems letter 3812 counts separately. We only ever read from them."""

    OLD, NEW = "old", "new"

    code = models.CharField(max_length=3, primary_key=True, help_text=_("old hoặc new"))
    name = models.CharField(max_length=60, help_text=_("Hệ thống cũ, hệ thống mới"))

    class Meta:
        verbose_name = _("hệ thống nguồn")
        verbose_name_plural = _("hệ thống nguồn")

    def __str__(self) -> str:
        return self.name


class ImportBatch(models.Model):
    """One file brought in: who, what, when, describing which moment, with what result."""

    class Kind(models.TextChoices):
        FULL = "full", _("bản đầy đủ")
        DELTA = "delta", _("bản thay đổi")
        UNDO = "undo", _("hoàn lại một lần nhập")

        @classmethod
        def of_files(cls) -> list[tuple[str, str]]:
            """What a file may be; taking one back is an act of ours."""
            return [(kind.value, str(kind.label)) for kind in cls if kind != cls.UNDO]

    class Status(models.TextChoices):
        WAITING = "waiting", _("chờ xử lý")
        RUNNING = "running", _("đang xử lý")
        DONE = "done", _("đã nhập")
        REFUSED = "refused", _("không nhận")  # the file as a whole; nothing was written
        FAILED = "failed", _("lỗi")  # ours; nothing was written, it may be run again
        HELD = "held", _("chờ xác nhận")  # looked through, nothing was written; a person decides
        CANCELED = "canceled", _("đã hủy")  # by a person; nothing was written
        REVERTED = "reverted", _("đã hoàn lại")  # was in; another batch has taken it back

    system = models.ForeignKey(SourceSystem, on_delete=models.PROTECT, related_name="batches", help_text=_("Hệ thống nguồn"))
    kind = models.CharField(max_length=5, choices=Kind, help_text=_("Bản đầy đủ hay bản thay đổi"))
    data_as_of = models.DateTimeField(help_text=_("Thời điểm số liệu trong tệp mô tả"))
    accepted_at = models.DateTimeField(help_text=_("Thời điểm tiếp nhận tệp"))
    finished_at = models.DateTimeField(null=True, blank=True, help_text=_("Thời điểm nhập xong"))
    file = models.FileField(upload_to="intake/%Y/%m", max_length=300, help_text=_("Tệp gốc, giữ nguyên từng byte"))
    file_name = models.CharField(max_length=255, help_text=_("Tên tệp khi nộp"))
    file_size = models.BigIntegerField(help_text=_("Kích thước, byte"))
    sha256 = models.CharField(max_length=64, help_text=_("Mã băm SHA-256 của tệp"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text=_("Người nộp")
    )
    actor = models.CharField(max_length=200, help_text=_("Người hoặc tiến trình nộp, chép thành chữ"))
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING, help_text=_("Trạng thái"))
    message = models.TextField(blank=True, help_text=_("Lý do không nhận hoặc lỗi"))
    format = models.CharField(max_length=40, blank=True, help_text=_("Dạng tệp đã nhận ra"))
    header_line = models.PositiveIntegerField(null=True, blank=True, help_text=_("Dòng tiêu đề"))
    rows = models.PositiveIntegerField(default=0, help_text=_("Số dòng dữ liệu"))
    new = models.PositiveIntegerField(default=0, help_text=_("Hồ sơ mới"))
    changed = models.PositiveIntegerField(default=0, help_text=_("Hồ sơ thay đổi"))
    unchanged = models.PositiveIntegerField(default=0, help_text=_("Hồ sơ không đổi"))
    rejected = models.PositiveIntegerField(default=0, help_text=_("Dòng bị loại"))
    repaired = models.PositiveIntegerField(default=0, help_text=_("Dòng được sửa cách viết"))
    stale = models.PositiveIntegerField(default=0, help_text=_("Dòng cũ hơn dữ liệu đã có, bỏ qua"))
    vanished = models.PositiveIntegerField(default=0, help_text=_("Hồ sơ đang mở vắng mặt trong bản đầy đủ này"))
    rules_version = models.CharField(max_length=20, blank=True, help_text=_("Phiên bản quy tắc đã xét"))

    attempt = models.PositiveSmallIntegerField(default=1, help_text=_("Lần thứ mấy đọc tệp này"))
    asks = models.BooleanField(default=False, help_text=_("Xem trước: chờ người xác nhận rồi mới ghi"))
    review = models.JSONField(default=dict, blank=True, help_text=_("Kết quả xem trước: lý do chờ, các thay đổi mẫu"))
    confirmed_by = models.CharField(max_length=200, blank=True, help_text=_("Người xác nhận"))
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text=_("Lúc xác nhận"))
    confirmed_holds = models.JSONField(default=list, blank=True, help_text=_("Các lý do chờ đã được xác nhận"))
    reason = models.TextField(blank=True, help_text=_("Lý do xác nhận, hủy hoặc hoàn lại"))
    reverts = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reverted_by", help_text=_("Lần nhập được hoàn lại")
    )

    class Meta:
        verbose_name = _("lần nhập")
        verbose_name_plural = _("các lần nhập")
        ordering = ["-accepted_at", "-id"]
        constraints = [
            # The same bytes for the same system and moment are the same batch, unless they were not taken.
            models.UniqueConstraint(
                fields=["system", "sha256", "kind", "data_as_of", "attempt"],
                condition=models.Q(status__in=["waiting", "running", "held", "done"]),
                name="importbatch_once",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="undo", reverts__isnull=False)
                | (~models.Q(kind="undo") & models.Q(reverts__isnull=True)),
                name="importbatch_undo_reverts",
            ),
        ]
        indexes = [
            # Reader: freshness of a system at a date.
            models.Index(fields=["system", "status", "-data_as_of"], name="importbatch_freshness"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.file_name}"


class ImportIssue(models.Model):
    """One row or cell that was refused, repaired or doubted: place, value, reason, remedy."""

    class Kind(models.TextChoices):
        REJECT = "reject", _("loại")
        REPAIR = "repair", _("sửa")
        WARNING = "warning", _("cảnh báo")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="issues", help_text=_("Lần nhập"))
    kind = models.CharField(max_length=7, choices=Kind, help_text=_("Loại, sửa hay cảnh báo"))
    line = models.PositiveIntegerField(help_text=_("Dòng trong tệp; 0 là cả tệp"))
    column = models.CharField(max_length=100, blank=True, help_text=_("Cột"))
    value = models.TextField(blank=True, help_text=_("Giá trị trong tệp"))
    reason = models.CharField(max_length=40, help_text=_("Mã lý do"))
    message = models.TextField(help_text=_("Giải thích và cách khắc phục"))

    class Meta:
        verbose_name = _("vấn đề khi nhập")
        verbose_name_plural = _("vấn đề khi nhập")
        ordering = ["batch", "line", "id"]

    def __str__(self) -> str:
        return f"{self.line}: {self.message}"
