"""Is a text Vietnamese? Word by word: marks (ă, đ, ế …) or a possible Vietnamese syllable; the rest is loan or foreign."""

import re
import unicodedata

INITIAL = "(?:b|ch|c|d|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|q|r|s|th|tr|t|v|x)?"
NUCLEUS = (
    "(?:oai|oay|oao|oeo|uoi|uou|uay|uya|uye|uyu|ieu|yeu|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|ua|ue|ui|uo|uu|uy|ye|a|e|i|o|u|y)"
)
FINAL = "(?:ch|c|m|ng|nh|n|p|t)?"
SYLLABLE = re.compile(INITIAL + NUCLEUS + FINAL)
# Words of other languages that a Vietnamese office writes, and names.
LOANS = {"calendar", "google", "iphone", "outlook", "email", "excel", "cookie", "html", "json", "plei", "sa", "zalo"}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{[^}]*\}|<[^>]+>|&\w+;")
WORD = re.compile(r"[^\W\d_]+")
CODE = re.compile(r"\S*[\d_./:=#-]\S*")


def has_marks(text: str) -> bool:
    """Whether a letter carries a Vietnamese mark."""
    return "đ" in text.lower() or any(unicodedata.combining(char) for char in unicodedata.normalize("NFD", text))


def foreign_words(text: str) -> list[str]:
    """The words that cannot be Vietnamese; codes, placeholders, mark-up and abbreviations are not words."""
    plain = CODE.sub(lambda match: match[0] if has_marks(match[0]) else " ", PLACEHOLDER.sub(" ", text))
    words = (word for word in WORD.findall(plain) if not word.isupper() and not has_marks(word))
    return [word for word in words if word.lower() not in LOANS and not SYLLABLE.fullmatch(word.lower())]
