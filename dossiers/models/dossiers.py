import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from dossiers.models.procedures import Procedure
from dossiers.models.sources import ImportBatch, SourceSystem

# National status codes (law.md §2).
STATUSES = {
    1: _("Mới đăng ký"),
    2: _("Được tiếp nhận"),
    3: _("Không được tiếp nhận"),
    4: _("Đang xử lý"),
    5: _("Yêu cầu bổ sung giấy tờ"),
    6: _("Yêu cầu thực hiện nghĩa vụ tài chính"),
    7: _("Công dân yêu cầu rút hồ sơ"),
    8: _("Dừng xử lý"),
    9: _("Đã xử lý xong"),
    10: _("Đã trả kết quả"),
}
CHANNELS = {"in_person": _("Trực tiếp"), "online": _("Trực tuyến"), "post": _("Bưu chính")}


class DossierFacts(models.Model):
    """What was known of one dossier at one moment. ``Dossier`` holds the newest, ``DossierRevision`` every one.

    Moments are aware; the ``*_on`` dates are the same moments in Vietnam, kept because every verdict compares dates.
    Foreign keys have no index of their own but the batch's: the others' would have no reader, and each costs every import.
    """

    system = models.ForeignKey(
        SourceSystem, db_index=False, on_delete=models.PROTECT, related_name="+", help_text=_("Hệ thống nguồn")
    )
    code = models.CharField(max_length=60, help_text=_("Mã hồ sơ"))
    agency = models.ForeignKey(Agency, db_index=False, on_delete=models.PROTECT, related_name="+", help_text=_("Đơn vị xử lý"))
    procedure = models.ForeignKey(
        Procedure,
        null=True,
        blank=True,
        db_index=False,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Thủ tục hành chính"),
    )
    procedure_code = models.CharField(max_length=60, blank=True, help_text=_("Mã TTHC, như nguồn ghi"))
    procedure_name = models.TextField(blank=True, help_text=_("Tên thủ tục hành chính"))
    field = models.CharField(max_length=120, help_text=_("Lĩnh vực"))
    applicant = models.CharField(max_length=250, blank=True, help_text=_("Chủ hồ sơ; chỉ hiện đầy đủ khi có quyền"))
    officer = models.CharField(max_length=250, blank=True, help_text=_("Cán bộ xử lý"))
    channel = models.CharField(max_length=9, blank=True, choices=list(CHANNELS.items()), help_text=_("Kênh thực hiện"))
    status = models.PositiveSmallIntegerField(choices=list(STATUSES.items()), help_text=_("Trạng thái, mã quốc gia 1-10"))
    note = models.TextField(blank=True, help_text=_("Ghi chú của nguồn"))

    received_at = models.DateTimeField(null=True, blank=True, help_text=_("Thời điểm tiếp nhận"))
    received_on = models.DateField(
        null=True,
        blank=True,
        help_text=_("Ngày tiếp nhận; trống khi chưa tính vào số liệu nào (1, 3)"),
    )
    promised_due = models.DateTimeField(null=True, blank=True, help_text=_("Ngày hẹn trả, như nguồn ghi"))
    computed_due = models.DateTimeField(null=True, blank=True, help_text=_("Hạn tính toán theo quy tắc"))
    original_due = models.DateTimeField(null=True, blank=True, help_text=_("Hạn gốc: hạn đầu tiên từng thấy, không đổi"))
    effective_due = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("Hạn hiện hành: ngày hẹn trả, nếu thiếu thì hạn tính toán"),
    )
    due_on = models.DateField(null=True, blank=True, help_text=_("Ngày của hạn hiện hành"))
    overdue_from = models.DateField(
        null=True, blank=True, help_text=_("Ngày đầu tiên bị coi là quá hạn: sau ngày hạn; hạn theo giờ thì ngay trong ngày hạn")
    )
    due_differs = models.BooleanField(default=False, help_text=_("Ngày hẹn trả khác hạn tính toán"))
    stopped_at = models.DateTimeField(null=True, blank=True, help_text=_("Đang tạm dừng từ thời điểm"))
    stopped_on = models.DateField(null=True, blank=True, help_text=_("Đang tạm dừng từ ngày"))
    stops = models.JSONField(default=list, blank=True, help_text=_("Các lần tạm dừng: kind, from, to (ISO 8601)"))
    extension_no = models.CharField(max_length=100, blank=True, help_text=_("Số văn bản gia hạn"))
    extension_on = models.DateField(null=True, blank=True, help_text=_("Ngày văn bản gia hạn"))
    ended_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("Thời điểm kết thúc: xong (9), nếu thiếu thì trả (10); rút, từ chối, dừng"),
    )
    ended_on = models.DateField(null=True, blank=True, help_text=_("Ngày kết thúc; trống là đang giải quyết"))
    returned_at = models.DateTimeField(null=True, blank=True, help_text=_("Thời điểm trả kết quả"))

    data_as_of = models.DateTimeField(help_text=_("Thời điểm số liệu mang những thông tin này mô tả"))
    # Reader of its index: whether anything came in after a night's last batch.
    batch = models.ForeignKey(
        ImportBatch,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Lần nhập mang những thông tin này"),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} ({self.system_id})"


class Dossier(DossierFacts):
    """The newest facts of one dossier on one system."""

    row_hash = models.BinaryField(max_length=16, help_text=_("Băm của dòng nguồn và phiên bản quy tắc đã xét"))
    seen_at = models.DateTimeField(help_text=_("Thời điểm số liệu gần nhất có thấy hồ sơ này trong bản thay đổi"))
    search_text = models.TextField(help_text=_("Mã và tên chủ hồ sơ, không dấu, để tìm"))

    class Meta:
        verbose_name = _("hồ sơ")
        verbose_name_plural = _("hồ sơ")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["system", "code"], name="dossier_code_once"),
            models.CheckConstraint(condition=Q(status__gte=1, status__lte=10), name="dossier_status_known"),
        ]
        indexes = [
            # Reader: live lists of a unit's open dossiers, soonest due first.
            models.Index(
                fields=["agency", "overdue_from", "id"],
                include=["system", "field"],
                condition=Q(ended_on__isnull=True, received_on__isnull=False),
                name="dossier_open",
            ),
            # Reader: the night (all open dossiers) and the province's overdue list.
            models.Index(
                fields=["overdue_from", "id"],
                # All the night reads of an open dossier: episodes and figures come from the index alone.
                include=["system", "agency", "field", "received_on", "due_on", "effective_due", "stopped_on"],
                condition=Q(ended_on__isnull=True, received_on__isnull=False),
                name="dossier_open_due",
            ),
            # Reader: archive list of a unit.
            models.Index(fields=["agency", "received_on", "id"], name="dossier_archive"),
            # Readers: received on D, ended on D in the night.
            models.Index(fields=["received_on"], name="dossier_received"),
            models.Index(fields=["ended_on"], name="dossier_ended", condition=Q(ended_on__isnull=False)),
            # Reader: the few that are gone from their extract (services/intake_sql.py blanks their hash).
            models.Index(fields=["id"], name="dossier_gone", condition=Q(row_hash=b"")),
            # Reader: whether anything changed after a night's cut-off.
            models.Index(fields=["system", "data_as_of"], name="dossier_as_of"),
            # Reader: search by any part of a code or name.
            GinIndex(OpClass("search_text", name="gin_trgm_ops"), name="dossier_search"),
        ]


class DossierRevision(DossierFacts):
    """Facts as one batch brought them. Never changed, never deleted."""

    dossier = models.ForeignKey(Dossier, db_index=False, on_delete=models.PROTECT, related_name="revisions", help_text=_("Hồ sơ"))
    changed = models.JSONField(default=list, help_text=_("Tên các thông tin khác với lần trước; rỗng là lần đầu"))

    class Meta:
        verbose_name = _("lần ghi nhận")
        verbose_name_plural = _("các lần ghi nhận")
        ordering = ["data_as_of", "id"]
        constraints = [models.UniqueConstraint(fields=["dossier", "batch"], name="revision_once_per_batch")]
        indexes = [
            # Reader: the facts of a dossier as known at a moment.
            models.Index(fields=["dossier", "data_as_of", "id"], name="revision_as_of"),
            # Reader: as-of lists of a unit.
            models.Index(fields=["agency", "overdue_from"], name="revision_agency"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="no_truncate",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'dossiers_dossierrevision: append-only';",
            ),
        ]
