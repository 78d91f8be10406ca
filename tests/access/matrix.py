"""Who gets what at which address: the one table, held against the real URL resolver by ``test_matrix.py``.

Statuses: 200 a page; 302 elsewhere (anonymous people: to sign in); 403 not your office; 404 outside your units, like a missing
one; 400 what no form of ours sends; 405 not this way; 422 a form that says what is missing (POSTs here send nothing). A person
who is locked out is anonymous.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

OFFICE, HEAD_A, HEAD_B, STRANGER = "provincial_officer", "head_a", "head_b", "stranger"
INSPECTOR, STEWARD, ADMINISTRATOR = "inspector", "data_steward", "administrator"
SIGNED_IN = (OFFICE, HEAD_A, HEAD_B, STRANGER, INSPECTOR, STEWARD, ADMINISTRATOR)
OUTSIDE = ("anonymous", "locked")
ROLES = (*SIGNED_IN, *OUTSIDE)
PROVINCE = (OFFICE, INSPECTOR, STEWARD, ADMINISTRATOR)

Answers = Mapping[str, int]


def answers(status: int, *roles: str, others: int, outside: int = 302) -> Answers:
    """``status`` for these roles, ``others`` for the other people who are signed in, ``outside`` for those who are not."""
    return {role: status if role in roles else outside if role in OUTSIDE else others for role in ROLES}


def all_of(status: int, outside: int = 302) -> Answers:
    return answers(status, others=status, outside=outside)


READ_ONLY = all_of(405)
ACT_ONLY = all_of(405)


@dataclass(frozen=True)
class Door:
    """Names in ``kwargs`` that begin with "@" are made by the test's world: ``@batch``, ``@code``, ``@view``, …"""

    get: Answers
    post: Answers = field(default_factory=lambda: READ_ONLY)
    kwargs: Mapping[str, str] = field(default_factory=dict)


OWN_A = answers(200, *PROVINCE, HEAD_A, others=404)
DOSSIER = {"system": "old", "code": "@code"}
BATCH = {"pk": "@batch"}
DELIVERY = {"pk": "@delivery"}
EXPLANATION = {"pk": "@explanation"}
HEADS = (HEAD_A, HEAD_B, STRANGER)

DOORS: Mapping[str, Door] = {
    "healthz": Door(all_of(200, outside=200), all_of(200, outside=200)),
    "readyz": Door(all_of(200, outside=200), all_of(200, outside=200)),
    "reports:overview": Door(all_of(200)),
    "reports:ranking": Door(all_of(200)),
    "reports:agency": Door(OWN_A, kwargs={"code": "608"}),
    "reports:worklist": Door(OWN_A, kwargs={"code": "608"}),
    "reports:mine": Door(answers(302, HEAD_A, HEAD_B, others=200)),
    "reports:calendar": Door(all_of(200)),
    "reports:calendar_give": Door(ACT_ONLY, answers(200, HEAD_A, HEAD_B, others=403)),
    "reports:calendar_withdraw": Door(ACT_ONLY, all_of(302)),
    # A key in the question is what lets in: tests/reports/test_calendar.py.
    "reports:calendar_feed": Door(all_of(404, outside=404), all_of(405, outside=405)),
    "reports:ranking_download": Door(all_of(200)),
    "dossiers:list": Door(all_of(200)),
    "dossiers:download": Door(ACT_ONLY, all_of(200)),
    "dossiers:detail": Door(OWN_A, kwargs=DOSSIER),
    "dossiers:applicant": Door(
        ACT_ONLY, {**answers(422, OFFICE, INSPECTOR, HEAD_A, others=404), STEWARD: 403, ADMINISTRATOR: 403}, DOSSIER
    ),
    "dossiers:imports": Door(answers(200, *PROVINCE, others=403), answers(422, OFFICE, STEWARD, others=403)),
    "dossiers:import": Door(answers(200, *PROVINCE, others=403), kwargs=BATCH),
    "dossiers:import_again": Door(ACT_ONLY, answers(302, OFFICE, STEWARD, others=403), BATCH),
    "dossiers:import_confirm": Door(ACT_ONLY, answers(302, OFFICE, STEWARD, others=403), BATCH),
    "dossiers:import_cancel": Door(ACT_ONLY, answers(302, OFFICE, STEWARD, others=403), BATCH),
    "dossiers:import_revert": Door(ACT_ONLY, answers(302, OFFICE, STEWARD, others=403), BATCH),
    "dossiers:import_words": Door(ACT_ONLY, answers(302, OFFICE, STEWARD, others=403), BATCH),
    "dossiers:import_columns": Door(answers(200, OFFICE, STEWARD, others=403), answers(422, OFFICE, STEWARD, others=403), BATCH),
    "dossiers:import_issues": Door(answers(200, *PROVINCE, others=403), kwargs=BATCH),
    "exchange:keys": Door(answers(200, *PROVINCE, others=403), answers(422, ADMINISTRATOR, others=403)),
    "exchange:revoke": Door(ACT_ONLY, answers(302, ADMINISTRATOR, others=403), {"pk": "@key"}),
    # What lets in here is a key, whoever is signed in: tests/exchange/.
    "exchange-api:openapi-json": Door(all_of(200, outside=200), all_of(200, outside=200)),
    "exchange-api:api-root": Door(all_of(404, outside=404), all_of(404, outside=404)),
    "exchange-api:dossiers_push": Door(all_of(405, outside=405), all_of(401, outside=401)),
    "exchange-api:progress_push": Door(all_of(405, outside=405), all_of(401, outside=401)),
    "exchange-api:pages_push": Door(all_of(405, outside=405), all_of(401, outside=401)),
    "exchange-api:push_answered": Door(all_of(401, outside=401), all_of(405, outside=405), {"number": "yeu-cau-0001"}),
    "deliveries:schedule": Door(answers(200, *PROVINCE, others=403)),
    "deliveries:expect": Door(answers(200, OFFICE, STEWARD, others=403), answers(422, OFFICE, STEWARD, others=403)),
    "deliveries:change": Door(answers(200, OFFICE, STEWARD, others=403), answers(422, OFFICE, STEWARD, others=403), DELIVERY),
    "deliveries:stop": Door(ACT_ONLY, answers(302, OFFICE, STEWARD, others=403), DELIVERY),
    "dossiers:nights": Door(answers(200, *PROVINCE, others=403)),
    "dossiers:nights_run": Door(ACT_ONLY, answers(302, STEWARD, others=403)),
    "directives:list": Door(all_of(200)),
    "directives:drafts": Door(answers(200, OFFICE, others=403), answers(422, OFFICE, others=403)),
    "directives:draft": Door(answers(200, OFFICE, others=403), answers(422, OFFICE, others=403), {"pk": "@draft"}),
    "directives:cohort": Door(all_of(200), kwargs={"slug": "3812-ubnd-tthcc"}),
    "directives:order": Door(all_of(200), kwargs={"slug": "3812-ubnd-tthcc", "number": "1"}),
    "directives:answer": Door(
        ACT_ONLY,
        {**answers(403, *PROVINCE, others=404), HEAD_A: 422},
        {"slug": "3812-ubnd-tthcc", "number": "1", "code": "608"},
    ),
    "directives:detail": Door(all_of(200), kwargs={"slug": "3812-ubnd-tthcc"}),
    "explanations:desk": Door(all_of(200)),
    "explanations:dossiers": Door(all_of(200)),
    "explanations:of_dossier": Door(OWN_A, kwargs=DOSSIER),
    "explanations:write": Door(answers(200, *HEADS, others=403), answers(422, *HEADS, others=403)),
    "explanations:decide": Door(ACT_ONLY, answers(422, OFFICE, others=403)),
    "explanations:call": Door(
        answers(200, OFFICE, others=403), answers(422, OFFICE, others=403), kwargs={"slug": "3812-ubnd-tthcc"}
    ),
    "explanations:detail": Door(OWN_A, kwargs=EXPLANATION),
    "explanations:attachment": Door(OWN_A, kwargs=EXPLANATION),
    "explanations:again": Door(
        {**answers(200, HEAD_A, others=403), HEAD_B: 404, STRANGER: 404},
        {**answers(422, HEAD_A, others=403), HEAD_B: 404, STRANGER: 404},
        EXPLANATION,
    ),
    "accountability:list": Door(answers(200, OFFICE, INSPECTOR, others=403)),
    "accountability:criteria": Door(answers(200, OFFICE, INSPECTOR, others=403), answers(422, OFFICE, others=403)),
    "accountability:pack": Door(
        {**answers(200, OFFICE, INSPECTOR, HEAD_A, others=403), HEAD_B: 404, STRANGER: 404}, kwargs={"code": "608"}
    ),
    "accountability:file": Door(
        ACT_ONLY, {**answers(200, OFFICE, others=403), HEAD_B: 404, STRANGER: 404}, {"code": "608", "kind": "docx"}
    ),
    "accountability:all_file": Door(ACT_ONLY, answers(200, OFFICE, others=403)),
    "drafting:page": Door(answers(200, OFFICE, others=403), answers(422, OFFICE, others=403)),
    "drafting:again": Door(answers(404, OFFICE, others=403), kwargs={"pk": "0"}),
    "drafting:template": Door(answers(200, OFFICE, others=403), answers(422, OFFICE, others=403)),
    "drafting:template_reset": Door(ACT_ONLY, answers(302, OFFICE, others=403)),
    "drafting:template_file": Door(answers(200, OFFICE, others=403)),
    "search": Door(all_of(200)),
    "notices:list": Door(all_of(200)),
    "notices:open": Door(ACT_ONLY, answers(302, HEAD_A, others=404), {"pk": "@notice"}),
    "notices:about_letter": Door(answers(200, OFFICE, INSPECTOR, others=403), kwargs={"slug": "3812-ubnd-tthcc"}),
    "gallery": Door(answers(200, ADMINISTRATOR, others=403), answers(200, ADMINISTRATOR, others=403)),
    "theme": Door(all_of(405, outside=405), all_of(400, outside=400)),
    "language": Door(all_of(405, outside=405), all_of(400, outside=400)),
    "api:openapi-json": Door(all_of(200, outside=401), all_of(200, outside=401)),
    "api:api-root": Door(all_of(404, outside=401), all_of(404, outside=401)),
    "api:ranking_of_units": Door(all_of(200, outside=401), all_of(405, outside=401)),
    "api:dossier_explained": Door(answers(200, *PROVINCE, HEAD_A, others=404, outside=401), all_of(405, outside=401), DOSSIER),
    "account_login": Door(all_of(302, outside=200), all_of(302, outside=200)),
    "account_logout": Door(all_of(200), all_of(302)),
    "account_change_password": Door(all_of(200), all_of(200)),
    "account_set_password": Door(all_of(302), all_of(302)),
    "saved_view_save": Door(ACT_ONLY, all_of(422)),
    "saved_view_delete": Door(ACT_ONLY, answers(302, HEAD_A, others=404), {"pk": "@view"}),
    "account_inactive": Door(all_of(200, outside=200), all_of(405, outside=405)),
}

# Django's admin: many addresses, one rule. Nobody but the administrator gets any of its pages; what the administrator gets:
ADMIN_PAGES = {
    "admin:index",
    "admin:app_list",
    "admin:password_change_done",
    "admin:jsi18n",
    "admin:accounts_user_changelist",
    "admin:accounts_user_add",
    "admin:agencies_agency_changelist",
    "admin:agencies_agencyalias_changelist",
    "admin:agencies_agencyalias_add",
    "admin:dossiers_procedure_changelist",
    "admin:journal_entry_changelist",
}
