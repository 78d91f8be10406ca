"""The rules of the house: dates and values in, verdicts out. No Django, no clock (docs/rules/)."""

# Part of every stored row hash, as are the calendar and the procedures: what is new makes the intake judge every row again.
RULES_VERSION = "2026-11-4"
