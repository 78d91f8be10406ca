"""The rules of letters: texts, facts and dates in, findings and verdicts out. No Django, no clock."""
