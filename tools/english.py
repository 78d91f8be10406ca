"""The English catalogue of our own strings: Vietnamese msgids, English beside them, for evaluators and partners.

``python -m tools.messages update`` writes what the source asks for and keeps what is translated; ``check`` proves that no
string lacks English, that none is left over, and that a translation fills in the same words as its original.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from tools.extraction import Found

PLACEHOLDER = re.compile(r"%\(\w+\)[0-9]*[a-z]|%[sd]|{\w*}")
HEADER = """# Our own strings in English; the words are those of the glossary (docs/rules/glossary.md).
# python -m tools.messages update adds what is new and drops what is gone.
msgid ""
msgstr ""
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""


def read(file: Path) -> Catalog:
    if not file.is_file():
        return Catalog(locale="en")
    with file.open("rb") as source:
        return read_po(source, locale="en", abort_invalid=True)


def updated(catalogue: Catalog, wanted: list[Found]) -> Catalog:
    """What the source asks for, in its order; known translations are kept, the rest is empty."""
    fresh = Catalog(locale="en")
    for found in wanted:
        fresh.add(
            (found.text, found.plural) if found.plural else found.text,
            _translation(catalogue, found) or None,
            locations=[(found.file, 0)],
            context=found.context or None,
        )
    return fresh


def write(file: Path, catalogue: Catalog) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    entries = BytesIO()
    write_po(entries, catalogue, width=130, include_lineno=False, omit_header=True)
    file.write_text(HEADER + entries.getvalue().decode(), encoding="utf-8")


def problems(catalogue: Catalog, wanted: list[Found]) -> Iterator[str]:
    for found in wanted:
        message = _message(catalogue, found)
        texts = _texts(message)
        if message is None or message.fuzzy or not texts or not all(texts):
            yield f"{found.file}:{found.line}: no English for {found.text!r}"
        elif any(_blanks(text) != _blanks(found.text) for text in texts):
            yield f"{found.file}:{found.line}: the English fills in other words than {found.text!r}"
    asked = {found.key for found in wanted}
    for message in catalogue:
        if message.id and (_context(message), _first(message)) not in asked:
            yield f"locale/en: no longer asked for: {_first(message)!r}"


def _message(catalogue: Catalog, found: Found) -> Message | None:
    return catalogue.get(found.text, found.context or None)


def _translation(catalogue: Catalog, found: Found) -> str | tuple[str, ...]:
    message = _message(catalogue, found)
    if message is None:
        return ""
    texts = _texts(message)
    return tuple((*texts, texts[-1])[:2]) if found.plural and texts else (texts or ("",))[0]


def _texts(message: Message | None) -> tuple[str, ...]:
    if message is None or not message.string:
        return ()
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _blanks(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def _context(message: Message) -> str:
    return message.context or ""


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]
