"""Automatic numbers and bullets of a docx: they stand in no paragraph's text, yet an order is found by its number."""

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LEVELS = 9  # of a list, as Word knows them


class Numbering:
    """Counts the lists of a document from its first paragraph to its last."""

    def __init__(self, document: Document) -> None:
        self.styles = {style.get(qn("w:styleId"), ""): style for style in document.styles.element.iter(qn("w:style"))}
        lists = _lists(document)
        abstract = (
            {} if lists is None else {each.get(qn("w:abstractNumId"), ""): each for each in lists.iter(qn("w:abstractNum"))}
        )
        self.lists: dict[str, BaseOxmlElement] = {}
        for each in () if lists is None else lists.iter(qn("w:num")):
            of = each.find(qn("w:abstractNumId"))
            if of is not None and (found := abstract.get(of.get(qn("w:val"), ""))) is not None:
                self.lists[each.get(qn("w:numId"), "")] = found
        self.counts: dict[tuple[str, int], int] = {}

    def label(self, paragraph: BaseOxmlElement) -> str:
        """What stands before the paragraph's text, with a space: "1. ", "a) ", "- "; empty when it is in no list."""
        number, level = self._place(paragraph.find(qn("w:pPr")))
        if number not in self.lists:
            return ""
        levels = {int(each.get(qn("w:ilvl"), "0")): each for each in self.lists[number].iter(qn("w:lvl"))}
        if level not in levels:
            return ""
        self.counts[number, level] = self.counts.get((number, level), _start(levels[level]) - 1) + 1
        for deeper in range(level + 1, _LEVELS):
            self.counts.pop((number, deeper), None)
        return self._written(number, level, levels)

    def _place(self, properties: BaseOxmlElement | None) -> tuple[str, int]:
        """(list, level) a paragraph is in, by itself or by its style."""
        for _step in range(_LEVELS):  # styles rest on styles; none that deep, and no circle
            if properties is None:
                break
            inside = properties.find(qn("w:numPr"))
            if inside is not None and inside.find(qn("w:numId")) is not None:
                return _value(inside, "w:numId"), int(_value(inside, "w:ilvl") or 0)
            style = self.styles.get(_value(properties, "w:pStyle") or _value(properties, "w:basedOn"))
            if style is None:
                break
            properties = style.find(qn("w:pPr")) if _has_list(style) else style
        return "", 0

    def _written(self, number: str, level: int, levels: dict[int, BaseOxmlElement]) -> str:
        kind, text = _value(levels[level], "w:numFmt"), _value(levels[level], "w:lvlText")
        if kind == "bullet":
            return "+ " if text == "+" else "- "
        for over in range(level + 1):
            if over in levels:
                count = self.counts.get((number, over), _start(levels[over]))
                text = text.replace(f"%{over + 1}", _counted(count, _value(levels[over], "w:numFmt")))
        return f"{text} " if text else ""


def _lists(document: Document) -> BaseOxmlElement | None:
    try:
        element: BaseOxmlElement = document.part.numbering_part.element
    except (KeyError, NotImplementedError):  # a document without lists has no such part
        return None
    return element


def _has_list(style: BaseOxmlElement) -> bool:
    return style.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None


def _value(element: BaseOxmlElement, name: str) -> str:
    found = element.find(qn(name))
    return "" if found is None else str(found.get(qn("w:val"), ""))


def _start(level: BaseOxmlElement) -> int:
    text = _value(level, "w:start")
    return int(text) if text.isdecimal() else 1


def _counted(number: int, kind: str) -> str:
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman"):
        return _roman(number).upper() if kind == "upperRoman" else _roman(number)
    return "" if kind == "none" else str(number)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written
