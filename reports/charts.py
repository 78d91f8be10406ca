"""The reports' charts, as ``ui/charts.py`` draws them."""

from django.utils.translation import gettext as _

from reports.selectors.trend import Trend
from ui.charts import Chart, Mark, Series
from ui.states import SYSTEMS


def trend_chart(trend: Trend) -> Chart:
    """Overdue backlog of both systems and together, with a line where a letter was issued."""
    series = (
        Series(_("Tổng quá hạn"), "total", trend.total),
        Series(str(SYSTEMS["old"]), "old", trend.old),
        Series(str(SYSTEMS["new"]), "new", trend.new),
    )
    marks = [Mark(issued_on, reference) for issued_on, reference in trend.letters]
    return Chart("trend", _("Hồ sơ quá hạn theo ngày"), trend.days, series, marks)
