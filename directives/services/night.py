"""What letters add to the night: their lists are fixed and followed, what they demand is judged."""

from django.utils.translation import gettext as _

from directives.models import Baseline
from directives.selectors.baselines import directives_without_lists
from directives.selectors.cohorts import Look
from directives.selectors.obligations import measured
from directives.services.baselines import baselines_fix
from directives.services.cohorts import cohort_count, cohorts_catch_up
from directives.services.obligations import obligations_catch_up, obligations_judge
from dossiers.selectors.runs import finished_runs
from dossiers.services.sweep import Night


def cohort_step(night: Night) -> int:
    """Fix what can be fixed now, make up for nights before, follow every list to the end of this day. Returns the rows."""
    for directive in directives_without_lists(upto=night.day.as_of):
        baselines_fix(directive=directive, actor=_("rà soát đêm"))
    made_up = _catch_up(night)
    return made_up + cohort_count(look=Look(night.run, night.day, night.known), baselines=Baseline.objects.all())


def obligation_step(night: Night) -> int:
    """Judge every measured obligation at the end of this day, new ones also for the nights before. Returns the checks."""
    obligations = measured(upto=night.day.as_of)
    return obligations_catch_up(obligations=obligations) + obligations_judge(run=night.run, obligations=obligations)


def _catch_up(night: Night) -> int:
    """Lists fixed while an earlier night was running are behind."""
    last = finished_runs().filter(as_of__lt=night.day.as_of).order_by("-as_of").first()
    if last is None:
        return 0
    behind = Baseline.objects.filter(as_of__lte=last.as_of).exclude(counts__as_of=last.as_of)
    return cohorts_catch_up(baselines=Baseline.objects.filter(pk__in=list(behind.values_list("pk", flat=True))))
