"""A letter's plain text as the parts a reader sees on paper (Nghị định 30/2020/NĐ-CP, appendix I). Nothing is added or left out.

The text is blocks between blank lines. What stands before "Kính gửi" is the head when it holds the national motto, what stands
after "Nơi nhận" is the foot; a text without these is body alone.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

Role = Literal["organ", "motto", "line", "addressed", "paragraph", "numbered", "item", "subitem", "footnote", "office", "name"]

MOTTO, ADDRESSED, RECIPIENTS = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Kính gửi", "Nơi nhận"
FOOTNOTE_MARKS = "¹²³⁴⁵⁶⁷⁸⁹"
NUMBERED = re.compile(r"\d+\. ")
MARKDOWN_NESTING = re.compile(r"- (?=\+ )")  # the list mark around a "+" item; on paper there is only the plus


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines with what they are; ``text`` keeps their line breaks."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter laid out: two columns, the body, two columns, the footnotes. Any of them may be empty."""

    organ: tuple[Part, ...] = ()
    motto: tuple[Part, ...] = ()
    body: tuple[Part, ...] = ()
    recipients: tuple[Part, ...] = ()
    signature: tuple[Part, ...] = ()
    footnotes: tuple[Part, ...] = ()


def sheet(text: str) -> Sheet:
    blocks = [block.strip("\n") for block in re.split(r"\n\s*\n", text) if block.strip()]
    head, body, foot = _cut(blocks)
    motto = next((place for place, block in enumerate(head) if block.startswith(MOTTO)), 0)
    received = list(takewhile(lambda block: not block.isupper(), foot))
    parts = list(_parts(body))
    return Sheet(
        organ=_column("organ", head[:motto]),
        motto=_column("motto", head[motto:]),
        body=tuple(part for part in parts if part.role != "footnote"),
        recipients=tuple(_parts(received)),
        signature=_signature(foot[len(received) :]),
        footnotes=tuple(part for part in parts if part.role == "footnote"),
    )


def _cut(blocks: Sequence[str]) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """Head, body, foot."""
    begin = next((place for place, block in enumerate(blocks) if block.startswith(ADDRESSED)), 0)
    if not any(block.startswith(MOTTO) for block in blocks[:begin]):
        begin = 0
    end = next((place for place, block in enumerate(blocks) if block.startswith(RECIPIENTS)), len(blocks))
    return blocks[:begin], blocks[begin:end], blocks[end:]


def _column(first: Role, blocks: Sequence[str]) -> tuple[Part, ...]:
    """A column of the head: the first block names the organ or the state, the others are lines below it."""
    return tuple(Part("line" if place else first, block) for place, block in enumerate(blocks))


def _signature(blocks: Sequence[str]) -> tuple[Part, ...]:
    return tuple(Part("office" if block.isupper() else "name", block) for block in blocks)


def _parts(blocks: Iterable[str]) -> Iterable[Part]:
    """Running text: each line of a list is a part, any other block is one."""
    for block in blocks:
        if block.lstrip().startswith(("-", "+")):
            yield from (_item(line.strip()) for line in block.splitlines())
        elif block[0] in FOOTNOTE_MARKS:
            yield Part("footnote", block)
        elif block.startswith((ADDRESSED, RECIPIENTS)):
            yield Part("addressed", block)
        else:
            yield Part("numbered" if NUMBERED.match(block) else "paragraph", block)


def _item(line: str) -> Part:
    text = MARKDOWN_NESTING.sub("", line, count=1) if line.startswith("- +") else line
    return Part("subitem" if text.startswith("+") else "item", text)
