"""What is no article: too little text, no Korean, only a table, only a caption."""

from __future__ import annotations

import re

from ..korean.spelling import FIRST_SYLLABLE, LAST_SYLLABLE
from ..records import CONTENT_KINDS, Document, Limits

_LETTER = re.compile(r"[^\W_]")
_HANGUL = re.compile(r"[가-힣ㄱ-ㆎ]")


def trouble(document: Document, limits: Limits) -> tuple[str, str] | None:
    """Why an article is not to be summarized, or None.

    Returns
    -------
    tuple
        A reason of ``failures`` in ``configs/messages``, and its detail.
    """
    texts = [unit.text for unit in document.units if unit.kind in CONTENT_KINDS or unit.kind == "quote"]
    content = [unit for unit in document.units if unit.kind in CONTENT_KINDS]
    if len(content) > limits.article_sentences:
        return "too-many-sentences", f"{len(content):,} > {limits.article_sentences:,}"
    told = "".join(texts)
    # Most articles are Korean beyond doubt, even if each of their characters were a letter.
    if content and _syllables(told) >= max(limits.least_letters, limits.korean_share * len(told)):
        return None
    letters = len(_LETTER.findall(told))
    if content and letters >= limits.least_letters:
        words = sum(map(str.isalpha, told))
        korean = len(_HANGUL.findall(told))
        if korean >= limits.korean_share * words:
            return None
        return "not-korean", f"{korean / words:.0%}" if words else "0%"
    if document.tables:
        return "only-table", ""
    if content:
        return "too-short", str(letters)
    kinds = {unit.kind for unit in document.units}
    if kinds & {"title", "heading", "quote"}:
        return "only-title", ""
    return ("only-boilerplate", "") if kinds else ("nothing", "")


def _syllables(text: str) -> int:
    """How many composed syllables of Hangul a text has."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    return int(np.count_nonzero((codes >= ord(FIRST_SYLLABLE)) & (codes <= ord(LAST_SYLLABLE))))
