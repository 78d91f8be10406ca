"""Finds what is marked for translation, in Python, in Django templates and in the admin's scripts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.template.base import Lexer, TokenType
from django.utils.translation.template import templatize

from tools.vietnamese import has_marks

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
METHODS = {".py": "python", ".html": "python", ".txt": "python", ".js": "javascript"}
SPEAKING_BLOCKS = ("blocktranslate", "blocktrans", "comment")


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A string with its place; ``context`` is "" without one."""

    file: str
    line: int
    context: str
    text: str
    plural: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.text


def strings(files: Iterable[Path], root: Path) -> Iterator[Found]:
    for file in files:
        name = file.relative_to(root).as_posix()
        for line, message, _comments, context in extract(METHODS[file.suffix], BytesIO(source(file)), keywords=KEYWORDS):
            text, plural = (message, "") if isinstance(message, str) else (message[0], message[1])
            if text:
                yield Found(name, line, context or "", text, plural)


def source(file: Path) -> bytes:
    """What Babel can read: a template becomes gettext calls on their lines, by Django's own rule."""
    text = file.read_text(encoding="utf-8")
    if file.suffix in (".html", ".txt"):
        text = "\n".join(line.lstrip() for line in templatize(text).split("\n"))
    return text.encode()


def bare_texts(files: Iterable[Path], root: Path) -> Iterator[Found]:
    """Vietnamese written in a template outside any translation tag."""
    for file in files:
        speaking = 0
        for token in Lexer(file.read_text(encoding="utf-8")).tokenize():
            word = token.contents.split()[0] if token.token_type == TokenType.BLOCK and token.contents else ""
            speaking += (word in SPEAKING_BLOCKS) - (word.removeprefix("end") in SPEAKING_BLOCKS and word.startswith("end"))
            if token.token_type == TokenType.TEXT and not speaking and has_marks(token.contents):
                yield Found(file.relative_to(root).as_posix(), token.lineno or 0, "", " ".join(token.contents.split()))
