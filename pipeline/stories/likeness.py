"""How likely two articles are about the same event."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ..records import NameRules, StoryRules
from .actors import differ, differ_in_title, strangers
from .figures import precise_of, shared, told_of
from .kinds import other_period
from .profile import RARE, Profile
from .sides import SIDES, Side, in_common, rivals

#: Days between two articles on one event, when both are dated.
DAYS = 4
#: Sentences that two articles on one event have in common, at least.
ALIGNED = 3
#: Days between two sides of an event.
_NEXT = 1
#: Title and sentences of what is longer than a short report.
_REPORT = 10
#: Sentences of a long piece, and the part of its figures that two undated ones have in common.
_LONG, _PART = 20, 0.35
#: How much of what rare nouns are rarer than `RARE` is enough.
RARITY = 16.0

#: What speaks for the same event, and what against it: `features` says what they are.
FOR = (
    "head", "lead", "body", "aligned", "terms", "names", "lead_figures", "figures", "precise", "words",
    "rare", "known_terms", "known_least", "known_names", "same_day",
)  # fmt: skip
AGAINST = (
    "no_figures", "stance", "no_lead_figures", "days", "titles", "strangers", "aliens", "recurs", "long",
)  # fmt: skip


def likeness(one: Profile, other: Profile, rules: StoryRules) -> float:
    """Probability that two articles tell one event alike; 0 when something speaks against it.

    A linear score through a logistic function, fitted to pairs of articles on the same and on
    neighbouring events (``yoyak train stories``).

    Parameters
    ----------
    rules
        Their weights are ``bias``, and one for each of `FOR` and `AGAINST`.
    """
    if apart(one, other, rules.names):
        return 0.0
    values = features(one, other, rules.names)
    return _chance(rules.weights, (*FOR, *AGAINST), values)


def likeness_of_sides(
    pair: tuple[Profile, Profile], told: tuple[Side, Side], nearest: bool, rules: StoryRules, morning: bool
) -> float:
    """Probability that two articles tell one event from different sides; 0 when something forbids it.

    Parameters
    ----------
    nearest
        Whether one of them has as much in common with no other article.
    morning
        Whether what has no date is of the days of the others; else it may be of any time.
    """
    if forbidden(*pair) or _strange(*pair, rules.names):
        return 0.0
    if not morning and timeless(pair, told):
        return 0.0
    return _chance(rules.sides, SIDES, features_of_sides(pair, told, nearest, rules.names, morning))


def _chance(weights: Mapping[str, float], names: Sequence[str], values: Sequence[float]) -> float:
    score = sum(weights[name] * x for name, x in zip(names, values, strict=True))
    return 1 / (1 + math.exp(-(weights["bias"] + score)))


@lru_cache(maxsize=1)  # a pair is asked about as told alike, then as told from two sides
def features(one: Profile, other: Profile, names: NameRules) -> tuple[float, ...]:
    """What is known about a pair, in the order of `FOR` and `AGAINST`.

    For: cosines of title with first sentence, of leads and of bodies, of the sentences that are most alike;
    terms and names in common; figures in common, in the leads and in all, and whether one of them is precise;
    nouns in common, the rarer the more, and rare ones counted; terms that the other article mentions, on
    average and at least, and names of the opening; a day that both name.
    Against: figures of which none is in common; a preview beside a result; long pieces without a figure of
    their leads in common; days between; titles of which the other article says little; names of the opening,
    and of all, that the other lacks; an event that recurs with other figures; and length, for long pieces
    have much in common by chance.
    """
    lead = shared(one.lead_figures, other.lead_figures)
    body = shared(one.figures, other.figures)
    least = min(len(one.figures), len(other.figures))
    gap = _gap(one, other)
    kinds = one.kinds & other.kinds
    long = min(max(min(len(one.rows), len(other.rows)) - 4, 0) / 8, 1.0)
    known = sorted((_known(one.terms, other), _known(other.terms, one)))
    return (
        float(one.head @ other.head),
        float(one.lead @ other.lead),
        float(one.body @ other.body),
        _aligned(one, other),
        _cosine(one.terms, other.terms),
        _cosine(one.names, other.names),
        min(lead, 2) / 2,
        min(1.0, body / min(max(least, 3), 12)),
        float(_precise_in(one, other)),
        _common(one, other),
        _rare(one, other),
        (known[0] + known[1]) / 2,
        known[0],
        (_called(one, other) + _called(other, one)) / 2,
        float(bool(one.days & other.days)),
        (not body) * min(least, 3) / 3,
        _stances(one, other) if kinds else 0.0,
        (not lead) * long,
        float(min(gap or 0, DAYS)),
        1.0 - (_said(one, other) + _said(other, one)) / 2,
        strangers(one.actors, other.actors, names.same),
        min(1.0 - _known(one.names, other), 1.0 - _known(other.names, one)),
        float(bool(kinds) and not _told_alike(one, other)),
        long,
    )


def features_of_sides(
    pair: tuple[Profile, Profile],
    told: tuple[Side, Side],
    nearest: bool,
    names: NameRules,
    morning: bool = False,
) -> tuple[float, ...]:
    """What is known about a pair that may tell one event from different sides, in the order of `SIDES`."""
    alike = dict(zip((*FOR, *AGAINST), features(*pair, names), strict=True))
    gap = _gap(*pair)
    if gap is None and morning:
        gap = 0
    late = gap is not None and gap > _NEXT
    common = in_common(*told)
    known = {
        **alike,
        **common,
        # A title may name whom it likes, and what is about others is seldom of one event.
        "rivals": float(rivals(*told, names)),
        "strange_titles": float(differ_in_title(pair[0].actors, pair[1].actors, names.same)),
        "nothing_but_names": float(_nothing_but_names(*pair)),
        "figures_told": math.log1p(told_of(pair[0].figures, pair[1].figures)),
        "other_period": other_period(told[0].lead_periods, told[1].periods)
        + other_period(told[1].lead_periods, told[0].periods),
        # Titles of one make are of look-alikes: two companies' results.
        "headings": _headings(*pair),
        "nearest": float(nearest),
        "figures_apart": _figures_apart(*pair),
        "vague": float(not late and vague(pair, told, gap)),
        # A column may take days; short reports days apart are of two events.
        "late": late * (1.0 - alike["long"]),
        "undated": float(gap is None),
        # What happens on the next day is reported anew: a fire, and what it was found to be from.
        "next_reports": common["reports"] * (gap == _NEXT),
    }
    # In short reports a name in common says little: one company's news of one day.
    known["short_names"] = known["known_names"] * (1.0 - known["long"])
    return tuple(known[name] for name in SIDES)


def _figures_apart(one: Profile, other: Profile) -> float:
    """How far the figures of either lead are missing from the other article; 0 when a lead has none."""
    found = 1.0
    for a, b in ((one, other), (other, one)):
        few = len(a.lead_figures)
        known = sum(1 for figure in a.lead_figures if shared(frozenset((figure,)), b.figures))
        found *= (1 - known / few) * min(1.0, few / 2) if few else 0.0
    return found


def _headings(one: Profile, other: Profile) -> float:
    """Cosine of the titles; of an article that has none, its first sentence."""
    return float(one.rows[0] @ other.rows[0]) if len(one.rows) and len(other.rows) else 0.0


def _said(one: Profile, other: Profile) -> float:
    """Share of the one's title that the other one says too, names left out: they are what both are about."""
    names = one.actors.opening | other.actors.opening
    begun = {name[:2] for name in names}  # a title's words are two syllables
    words = [word for word in one.title if word not in begun]
    return sum(word in other.actors.text for word in words) / len(words) if words else 1.0


def _known(own: dict[str, float], other: Profile) -> float:
    """How much of what an article is about the other one mentions, by the scores of its keywords."""
    total = sum(score * score for score in own.values())
    known = sum(score * score for term, score in own.items() if term in other.actors.text)
    return known / total if total else 1.0


def _called(one: Profile, other: Profile) -> float:
    """How much of the names that either opening has and the one's first sentences too the other one has."""
    called = "\n".join(one.actors.opening | other.actors.opening)
    own = {word: rarity for word, rarity in one.words.items() if word in called}
    total = sum(own.values())
    return sum(r for word, r in own.items() if word in other.actors.text) / total if total else 0.0


def _common(one: Profile, other: Profile) -> float:
    """Cosine of the first sentences' nouns, the rarer the more."""
    norm = math.sqrt(one.squared * other.squared)
    return _cosine(one.words, other.words) / norm if norm else 0.0


def _rare(one: Profile, other: Profile) -> float:
    """How many rare nouns of the one's first sentences stand in the other one, or the other way round."""
    words: dict[str, float] = {}
    enough = RARITY + 1.0
    for a, b in ((other, one), (one, other)):
        for word, rarity in a.rarer.items():
            if word not in words and word in b.actors.text:
                words[word] = rarity
                enough -= rarity - RARE
                if enough < 0:  # whatever else is in common
                    return 1.0
    return min(1.0, sum([words[word] - RARE for word in sorted(words)]) / RARITY)


def _stances(one: Profile, other: Profile) -> float:
    """Whether one looks ahead to what the other reports, or may."""
    both = {one.stance, other.stance}
    return (1.0 if "result" in both else 0.7) if "preview" in both and len(both) > 1 else 0.0


def _told_alike(one: Profile, other: Profile) -> bool:
    """Whether a figure of one lead stands in the other article; true when one lead has none."""
    return not (one.lead_figures and other.lead_figures) or bool(
        shared(one.lead_figures, other.figures) or shared(other.lead_figures, one.figures)
    )


def _aligned(one: Profile, other: Profile) -> float:
    """Mean cosine of the three sentences that the other article says most alike."""
    few, many = sorted((one.rows, other.rows), key=len)
    best = sorted((few @ many.T).max(axis=1), reverse=True)[:ALIGNED]
    return float(sum(best)) / len(best) if best else 0.0


def _precise(one: Profile, other: Profile) -> bool:
    """Whether a precise figure of the one's lead stands in the other."""
    return bool(shared(precise_of(one.lead_figures), other.figures))


@lru_cache(maxsize=1)  # a pair is asked about as told alike, then as told from two sides
def _nothing_but_names(one: Profile, other: Profile) -> bool:
    """Whether two openings share no noun but the name of who acts, and the articles no figure.

    한빛전자 builds a battery plant and 한빛전자 sells a refrigerator, on one day.
    """
    if one.figures & other.figures:
        return False
    common = one.words.keys() & other.words.keys()
    names = (one.names.keys() & other.names.keys()) | (one.actors.main & other.actors.main)
    return not [noun for noun in common if not any(noun in name for name in names)]


def apart(one: Profile, other: Profile, names: NameRules) -> bool:
    """Whether two articles can't tell one event alike: a cannot-link constraint.

    Something forbids it whoever tells it; or they are about others in other places, unless a precise figure
    speaks for one event.
    """
    if forbidden(one, other) or _nothing_but_names(one, other):
        return True
    return differ(one.actors, other.actors, names.same) and not _precise_in(one, other)


def _strange(one: Profile, other: Profile, names: NameRules) -> bool:
    """Whether two short reports each have somebody in their titles of whom the other has not heard.

    The title of a column may name whom it likes.
    """
    if max(len(one.rows), len(other.rows)) >= _REPORT or _precise_in(one, other):
        return False
    return differ_in_title(one.actors, other.actors, names.same)


def opposed(pair: tuple[Profile, Profile], told: tuple[Side, Side], names: NameRules) -> bool:
    """Whether two articles are about rivals, and no precise figure speaks for one event."""
    return not _precise_in(*pair) and rivals(*told, names)


@lru_cache(maxsize=1)
def forbidden(one: Profile, other: Profile) -> bool:
    """Two periods, two days of what recurs, too long a time between: two events, whoever tells them."""
    gap = _gap(one, other)
    if gap is not None and gap > DAYS:
        return True
    if any(a and b and not a & b for a, b in ((one.periods[k], other.periods[k]) for k in one.periods)):
        return True
    return bool(one.kinds & other.kinds and gap != 0 and _other_day(one, other))


def _other_day(one: Profile, other: Profile) -> bool:
    """Whether both openings name days, and none in common."""
    return bool(one.days and other.days and not one.days & other.days)


def vague(pair: tuple[Profile, Profile], told: tuple[Side, Side], gap: int | None) -> bool:
    """Whether two articles may have a subject in common, but nothing says that they are of one event's days.

    A column follows the report by a day. Where days are not told, figures must be the same by more than
    chance: two of them, and of long pieces, which have many, a good part.

    Parameters
    ----------
    gap
        Days between, where they are known.
    """
    one, other = pair
    if gap is not None and gap > _NEXT:
        return True
    if one.days & other.days:
        return False
    common, least = shared(one.figures, other.figures), min(len(one.figures), len(other.figures))
    long = min(len(side.letters) for side in told) >= _LONG
    if gap is None:
        return common < (max(2, _PART * least) if long else 2)
    return long and common < 2 and not shared(one.lead_figures, other.lead_figures)


def timeless(pair: tuple[Profile, Profile], told: tuple[Side, Side]) -> bool:
    """Whether the days of two articles are not known, nor told by what they have in common."""
    return _gap(*pair) is None and vague(pair, told, None)


@lru_cache(maxsize=1)
def _precise_in(one: Profile, other: Profile) -> bool:
    """Whether a precise figure of either lead stands in the other."""
    return _precise(one, other) or _precise(other, one)


def _gap(one: Profile, other: Profile) -> int | None:
    """Days between, when both are dated."""
    return abs((one.date - other.date).days) if one.date and other.date else None


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    return sum(one[key] * other[key] for key in sorted(one.keys() & other.keys()))
