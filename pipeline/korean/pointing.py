"""Words that point at what has been spoken of: 이, 그, 이런, 그러한."""

from __future__ import annotations

#: Before a noun; the first two are what running text mostly points back with.
BEFORE_NOUNS = frozenset({"이", "그"})
DETERMINERS = BEFORE_NOUNS | {
    "이런", "그런", "이러한", "그러한", "이같은", "저", "이만한", "그만한", "요런",
}  # fmt: skip
#: Before a name that was given before, of these and others: 이들 기업, 이번 실적.
BEFORE_KNOWN = (*sorted(BEFORE_NOUNS), "이들", "그의", "해당", "이번")
#: Roots of such as these: 이러하다, 그러하다.
SUCH = frozenset({"이러", "그러"})
