"""Words that join a sentence to the one before it."""

from __future__ import annotations

#: What it turns against.
ADVERSATIVE = ("그러나", "하지만", "그런데", "그렇지만")
#: On what condition it holds.
CONDITIONAL = ("그러면", "그럼", "그렇다면")
