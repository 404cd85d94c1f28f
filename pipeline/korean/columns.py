"""Tokens as columns: what Kiwi gives of a text, and what steps loop over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain, count, repeat
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from ..records import Token, Tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: All tags that Kiwi gives, in its own order; an id is a position here. The last one stands for any other.
TAGS = (
    "NNG", "NNP", "NNB", "NR", "NP",
    "VV", "VV-R", "VV-I", "VA", "VA-R", "VA-I", "VX", "VX-R", "VX-I", "VCP", "VCN",
    "MM", "MAG", "MAJ", "IC",
    "JKS", "JKC", "JKG", "JKO", "JKB", "JKV", "JKQ", "JX", "JC",
    "EP", "EF", "EC", "ETN", "ETM",
    "XPN", "XSN", "XSV", "XSA", "XSA-R", "XSA-I", "XSM", "XR",
    "SF", "SP", "SS", "SSO", "SSC", "SE", "SO", "SW", "SB", "SL", "SH", "SN",
    "W_URL", "W_EMAIL", "W_HASHTAG", "W_MENTION", "W_SERIAL", "W_EMOJI", "Z_CODA", "Z_SIOT",
    "USER0", "USER1", "USER2", "USER3", "USER4", "UN",
)  # fmt: skip
#: Id of a tag.
TAG_IDS = {tag: i for i, tag in enumerate(TAGS)}


@lru_cache(maxsize=256)
def table(tags: frozenset[str]) -> NDArray[np.bool_]:
    """Which ids are among some tags: ``table(NOUNS)[tokens.tag]`` is a mask over tokens."""
    import numpy as np

    found = np.zeros(len(TAGS), dtype=bool)
    found[[TAG_IDS[tag] for tag in tags]] = True
    found.flags.writeable = False
    return found


def starting(*prefixes: str) -> frozenset[str]:
    """Tags that begin in some way: ``starting("VV", "VA")`` has the irregular verbs too."""
    return frozenset(tag for tag in TAGS if tag.startswith(prefixes))


def ids(tags: Iterable[str]) -> Iterator[int]:
    """Ids of tags; of one that Kiwi does not have, the last."""
    return map(TAG_IDS.get, tags, repeat(len(TAGS) - 1))


class Morphemes(NamedTuple):
    """Morphemes of a text, by property; one list for each, all of one length."""

    forms: list[str]
    tags: list[str]
    starts: list[int]
    ends: list[int]

    def cut(self, first: int, last: int, start: int) -> Morphemes:
        """Some of them, with offsets from `start` on."""
        starts, ends = self.starts[first:last], self.ends[first:last]
        if start:
            starts, ends = [at - start for at in starts], [at - start for at in ends]
        return Morphemes(self.forms[first:last], self.tags[first:last], starts, ends)

    def without(self, dropped: set[int]) -> Morphemes:
        """All but those at some positions."""
        kept = [i for i in range(len(self.forms)) if i not in dropped]
        return Morphemes(
            [self.forms[i] for i in kept],
            [self.tags[i] for i in kept],
            [self.starts[i] for i in kept],
            [self.ends[i] for i in kept],
        )

    def view(self) -> tuple[Token, ...]:
        """One by one."""
        # `Token._make` without its Python frame: there is one for each morpheme that is read.
        return tuple(map(tuple.__new__, repeat(Token), zip(*self, strict=True)))


#: Forms remembered, so that equal ones are one object, whatever text they stand in.
_REMEMBERED = 1 << 14
_same_forms: dict[str, str] = {}
_SAME_TAGS = {tag: tag for tag in TAGS}
_forms, _tags = attrgetter("form"), attrgetter("tag")
_starts, _ends = attrgetter("start"), attrgetter("end")


def morphemes(tokens: Sequence[Any]) -> Morphemes:
    """Kiwi's tokens by property. Equal strings are one object: Kiwi makes a new one for every token."""
    if len(_same_forms) > _REMEMBERED:
        _same_forms.clear()
    forms, tags = list(map(_forms, tokens)), list(map(_tags, tokens))
    return Morphemes(
        # Not `sys.intern`: that forgets a form with the last text that has it.
        list(map(_same_forms.setdefault, forms, forms)),
        list(map(_SAME_TAGS.get, tags, tags)),
        list(map(_starts, tokens)),
        list(map(_ends, tokens)),
    )


def stacked(units: Sequence[Morphemes]) -> Tokens:
    """Columns of the tokens of some units, in their order."""
    import numpy as np

    bounds = np.zeros(len(units) + 1, dtype=np.int32)
    np.cumsum([len(unit.forms) for unit in units], out=bounds[1:])
    together = [list(chain.from_iterable(own)) for own in zip(*units, strict=True)]
    forms, tags, starts, ends = together or ([], [], [], [])
    distinct = dict.fromkeys(forms)
    number = dict(zip(distinct, count(), strict=False))
    size, form = len(forms), map(number.__getitem__, forms)
    # `fromiter` takes a third less time than `array`, which looks for a type first.
    return Tokens(
        tuple(distinct),
        number,
        np.fromiter(form, dtype=np.int32, count=size),
        np.fromiter(ids(tags), dtype=np.int32, count=size),
        np.fromiter(starts, dtype=np.int32, count=size),
        np.fromiter(ends, dtype=np.int32, count=size),
        bounds,
    )


def columns(units: Iterable[Sequence[Token]]) -> Tokens:
    """Columns out of tokens that are there one by one: those of some units, in their order."""
    return stacked(
        [
            Morphemes(*map(list, zip(*tokens, strict=True))) if tokens else Morphemes([], [], [], [])
            for tokens in units
        ]
    )


@lru_cache(maxsize=4)  # what is asked of a document goes by it time and again
def rows(tokens: Tokens) -> NDArray[np.int64]:
    """Position of the unit of each token."""
    import numpy as np

    found = np.repeat(np.arange(len(tokens.bounds) - 1), np.diff(tokens.bounds))
    found.flags.writeable = False
    return found


class Joined(NamedTuple):
    """Columns of several texts, one behind the other, for what is asked of all of them in one go.

    Attributes
    ----------
    tokens
        Each text has numbers of its own for its forms; so there are no `ids`.
    units, forms
        Where the units of each text begin, and its forms, with the end of the last one.
    ids
        Of each text, as `Tokens` has them.
    """

    tokens: Tokens
    units: list[int]
    forms: list[int]
    ids: list[Mapping[str, int]]

    def numbers(self, forms: Iterable[str]) -> list[int]:
        """Positions of some forms, those of all texts."""
        wanted = tuple(forms)
        own = zip(self.ids, self.forms, strict=False)
        return [first + ids[form] for ids, first in own for form in wanted if form in ids]


def joined(texts: Sequence[Tokens]) -> Joined:
    """Put the columns of texts one behind the other."""
    import numpy as np

    if len(texts) == 1:
        return Joined(texts[0], [0, len(texts[0].bounds) - 1], [0, len(texts[0].forms)], [texts[0].ids])
    units = [0, *accumulate(len(one.bounds) - 1 for one in texts)]
    forms = [0, *accumulate(len(one.forms) for one in texts)]
    before = [0, *accumulate(len(one.form) for one in texts)]
    first = np.zeros(1, dtype=np.int32)
    tokens = Tokens(
        forms=tuple(chain.from_iterable(one.forms for one in texts)),
        ids={},
        form=np.concatenate([one.form + n for one, n in zip(texts, forms, strict=False)]),
        tag=np.concatenate([one.tag for one in texts]),
        start=np.concatenate([one.start for one in texts]),
        end=np.concatenate([one.end for one in texts]),
        bounds=np.concatenate([first, *(one.bounds[1:] + n for one, n in zip(texts, before, strict=False))]),
    )
    return Joined(tokens, units, forms, [one.ids for one in texts])


class Numbered(NamedTuple):
    """The morphemes of texts, for what is asked of each distinct one once.

    Attributes
    ----------
    tokens
        Those of all texts, as `joined` has them.
    distinct
        Form and tag of each.
    number
        Position of each token's among the distinct ones, shape (n,).
    """

    tokens: Tokens
    distinct: list[tuple[str, str]]
    number: NDArray[np.intp]


def numbered(texts: Sequence[Tokens]) -> Numbered:
    """Number the distinct morphemes of texts."""
    import numpy as np

    tokens = joined(texts).tokens
    form_numbers = dict(zip(dict.fromkeys(tokens.forms), count()))
    # A text has its own number for a form.
    forms = np.array(list(map(form_numbers.__getitem__, tokens.forms)), dtype=np.intp)
    key = forms[tokens.form] * len(TAGS) + tokens.tag
    seen = np.zeros(len(form_numbers) * len(TAGS), dtype=np.bool_)
    seen[key] = True
    (keys,) = np.nonzero(seen)
    form, tag = np.divmod(keys, len(TAGS))
    names = list(form_numbers)
    distinct = [(names[f], TAGS[t]) for f, t in zip(form.tolist(), tag.tolist(), strict=True)]
    return Numbered(tokens, distinct, (np.cumsum(seen) - 1)[key])


def some(tokens: Tokens, units: Sequence[int]) -> Tokens:
    """Columns of some units, whose positions are given in order."""
    import numpy as np

    sizes = np.diff(tokens.bounds)
    kept = np.zeros(len(sizes), dtype=bool)
    kept[np.asarray(units, dtype=np.int64)] = True
    own = np.repeat(kept, sizes)
    bounds = np.zeros(len(units) + 1, dtype=np.int32)
    np.cumsum(sizes[kept], out=bounds[1:])
    columns = (tokens.form[own], tokens.tag[own], tokens.start[own], tokens.end[own])
    return Tokens(tokens.forms, tokens.ids, *columns, bounds)
