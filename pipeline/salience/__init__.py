"""What each sentence of an article is worth: the probability that an editor would print it, or a score.

Adding a method is adding a function to `METHODS`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..records import Draft, Salience
from .draft import draft_of
from .editor import editor, editor_of
from .genres import model_for
from .notes import notes
from .published import centroid, lead, lexrank, textrank
from .query import Query

__all__ = ["METHODS", "TOGETHER", "Query", "draft_of", "model_for", "notes"]

#: By name, for ``--method``: an article's sentences into what each of them is worth.
METHODS: dict[str, Callable[[Draft], Salience]] = {
    "editor": editor,
    "lexrank": lexrank,
    "textrank": textrank,
    "centroid": centroid,
    "lead": lead,
}
#: By name those methods that several articles at once cost less.
TOGETHER: dict[str, Callable[[Sequence[Draft]], list[Salience]]] = {"editor": editor_of}
