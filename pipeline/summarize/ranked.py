"""Sentences in order of merit, by their positions in a draft, and by their indices in the document."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from ..records import Beaten, Draft, Reason, Salience


@dataclass(frozen=True, slots=True)
class Ranked:
    """Sentences in order of merit, with what keeps one from being taken by itself.

    `rank` gives positions of a draft; what `indexed` makes of them are indices of units.

    Attributes
    ----------
    order
        Best first.
    salience
        0 to 1, of each.
    needs
        Those without which one does not stand, directly or by what those need.
    unfit
        The last of the ranking, that a budget in characters has no use for: they say the same as one above
        them, or lean on what can't be had.
    repeats
        Those that say what one ranked above them says: no budget has a use for them.
    brought
        Those that are where they are only for one that needs them, which is the value.
    bound
        Those that say nothing without it: the line that introduces a list; and such lines below which there
        is nothing.
    explain
        Gives the reasons of one.
    """

    order: Sequence[int] = ()
    salience: Mapping[int, float] = field(default_factory=dict)
    needs: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    unfit: Collection[int] = ()
    repeats: Collection[int] = ()
    brought: Mapping[int, int] = field(default_factory=dict)
    bound: Collection[int] = ()
    explain: Callable[[int], Reason] | None = None

    def package(self, i: int, taken: Collection[int] = ()) -> list[int]:
        """What has to be taken to take a sentence."""
        return [*(j for j in self.needs.get(i, ()) if j not in taken), i]

    def reasons(self, chosen: Collection[int]) -> tuple[Reason, ...]:
        """Why some were taken, best first."""
        return tuple(self.explain(i) for i in self.order if i in chosen) if self.explain else ()


def by_score(salience: Salience) -> Ranked:
    """Rank by score, earlier first among equals."""
    (method,), score = salience.names, salience.score.tolist()
    order = sorted(range(len(score)), key=lambda i: (-score[i], i))

    def explain(i: int) -> Reason:
        return Reason(sentence=i, rank=order.index(i) + 1, score=score[i], features={method: score[i]})

    repeats = repeats_in(order, salience.first)
    return Ranked(order, dict(enumerate(salience.worth.tolist())), repeats=repeats, explain=explain)


def repeats_in(order: Sequence[int], first: Sequence[int], known: Collection[int] = ()) -> frozenset[int]:
    """Positions that say the same in the same words as one ranked above them, and those known to repeat."""
    told: set[int] = set()
    repeats = set(known)
    for i in order:
        if i not in repeats and first[i] in told:
            repeats.add(i)
        elif i not in repeats:
            told.add(first[i])
    return frozenset(repeats)


def indexed(ranked: Ranked, draft: Draft) -> Ranked:
    """What a method makes of a draft, as indices of units."""
    at = [unit.index for unit in draft.units]
    place = {index: i for i, index in enumerate(at)}

    def explain(index: int) -> Reason:
        assert ranked.explain is not None
        why = ranked.explain(place[index])
        return Reason(
            sentence=index,
            rank=why.rank,
            score=why.score,
            features=why.features,
            redundancy=why.redundancy,
            covers=why.covers,
            needs=tuple([at[j] for j in why.needs]),
            needed_by=at[why.needed_by] if why.needed_by is not None else None,
            beat=tuple([Beaten(at[one.sentence], one.margin, one.why) for one in why.beat]),
        )

    return Ranked(
        order=tuple(at[i] for i in ranked.order),
        salience={at[i]: one for i, one in ranked.salience.items()},
        needs={at[i]: tuple(at[j] for j in own) for i, own in ranked.needs.items()},
        unfit=frozenset(at[i] for i in ranked.unfit),
        repeats=frozenset(at[i] for i in ranked.repeats),
        brought={at[i]: at[j] for i, j in ranked.brought.items()},
        bound=frozenset(at[i] for i in ranked.bound),
        explain=explain,
    )
