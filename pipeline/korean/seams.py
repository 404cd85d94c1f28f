"""Seams: the line breaks of a folded text, at which Kiwi tells whether a word goes on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ..records import Block, Layout
from .particles import LONGER, SYLLABLES, WORD_END
from .tags import BOUND

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

#: Text on either side of a line break that tells whether a word goes on.
_SEEN = 14
#: Seams of an article that Kiwi is asked about, at 1 to 4 ms each; those beyond are guessed.
_MOST = 2_000
_OPENING, _CLOSING = "([{“‘「『《〈", ")]}”’」』》〉.,!?…%·:;"
_STOPS = ".,!?…"
#: How far back quotation marks that look alike on both sides are counted.
_REACH = 300
_PARTICLE = re.compile(rf"(?:[{SYLLABLES}]|{'|'.join(LONGER)}|이?라[고는며]|[고며]|이?다)(?=[\s.,]|$)")
_WORD_END = re.compile(rf"[{WORD_END}]$")


def sewn(kiwi: Kiwi, layout: Layout) -> Layout:
    """An article with the words put together that its lines broke."""
    if not any(block.seams for block in layout.blocks):
        return layout
    blocks: list[Block] = []
    asked = 0
    for block in layout.blocks:
        if not block.seams or block.kind == "boilerplate":
            blocks.append(block)
            continue
        blocks.append(_sewn(kiwi if asked + len(block.seams) <= _MOST else None, block))
        asked += len(block.seams)
    return replace(layout, blocks=tuple(blocks))


def _sewn(kiwi: Kiwi | None, block: Block) -> Block:
    text = ""
    kept: list[int] = []
    last = 0
    for seam, after in zip(block.seams, (*block.seams[1:], len(block.text)), strict=True):
        text += block.text[last:seam]
        kept.extend(range(last, seam))
        if _has_space(kiwi, text[-_REACH:], block.text[seam + 1 : min(after, seam + 1 + _SEEN)]):
            text += " "
            kept.append(seam)
        last = seam + 1
    kept.extend(range(last, len(block.text)))
    return replace(
        block,
        text=text + block.text[last:],
        starts=tuple(block.starts[i] for i in kept),
        ends=tuple(block.ends[i] for i in kept),
        seams=(),
    )


def _has_space(kiwi: Kiwi | None, before: str, after: str) -> bool:
    """Whether a new word begins after the break."""
    ends, begins = before[-1:], after[:1]
    if '"' in (ends, begins):
        opened = before.count('"') % 2 == 1
        if ends == '"' and opened:
            return False
        if begins == '"':
            return not opened
    if begins in _CLOSING or ends in _OPENING or (ends.isdecimal() and begins.isalnum()):
        return False  # 3 | 만㎡ too: what follows a number is mostly its counter
    if begins in "([" and ends.isalnum():
        return False  # 운반량 | (대역폭)
    if after.startswith("아니라") and ends == "뿐":
        return True
    if ends not in _STOPS and not ends.isalpha() and _PARTICLE.match(after):
        return False
    if not (ends.isalnum() and begins.isalnum()):
        return True
    if kiwi is None:
        return _WORD_END.search(before) is not None
    before = before[-_SEEN:]
    _, spaces = kiwi.glue([before, after], return_space_insertions=True)
    if not spaces[0]:
        return False
    at = len(before)
    token = next((token for token in kiwi.tokenize(before + after) if token.start >= at), None)
    if token is None or token.start > at:
        return True
    # 길어 | 진다: of the auxiliary verbs this one is never written apart.
    return token.tag[:2] not in BOUND and (token.tag, token.form) != ("VX", "지")
