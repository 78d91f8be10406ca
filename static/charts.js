// Only pages with a chart.
import "./js/charts.js";
