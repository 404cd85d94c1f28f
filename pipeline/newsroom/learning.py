"""What holds beyond the issue in which an editor changed it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..korean.spelling import key_of
from ..records import Changes, StoryKey
from ..settings import Learned


def learned(known: Learned, changes: Sequence[Changes], themes: Collection[str]) -> Learned:
    """What a newsletter knows, with what its editor's changes add to it.

    A hidden keyword is hidden in all issues, merged ones are one thing, and a line that was moved is an
    example of its new theme.

    Parameters
    ----------
    themes
        Ids of the set's own: one that was found in an issue has no examples.
    """
    hidden = {key_of(term): term for term in known.hidden}
    groups = [list(group) for group in known.aliases]
    examples = {theme: dict.fromkeys(texts) for theme, texts in known.examples.items()}
    for one in changes:
        for term in one.hidden:
            hidden.setdefault(key_of(term), term)
        for merged in one.merged:
            _join(groups, merged.into, merged.term)
        for moved in one.moved:
            if isinstance(moved.what, StoryKey) or moved.to not in themes or not moved.what.text:
                continue
            for texts in examples.values():
                texts.pop(moved.what.text, None)
            examples.setdefault(moved.to, {})[moved.what.text] = None
    return Learned(
        hidden=tuple(hidden.values()),
        aliases=tuple(map(tuple, groups)),
        examples={theme: tuple(texts) for theme, texts in examples.items() if texts},
    )


def _join(groups: list[list[str]], into: str, term: str) -> None:
    """Put two forms into one group, with all that each of them was one thing with."""
    own = [g for g in groups if {key_of(into), key_of(term)} & set(map(key_of, g))]
    forms = {key_of(form): form for form in (into, *(form for g in own for form in g), term)}
    at = groups.index(own[0]) if own else len(groups)
    groups[:] = [g for g in groups if g not in own]
    groups.insert(at, list(forms.values()))
