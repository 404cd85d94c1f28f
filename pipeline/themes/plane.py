"""Sentences in two dimensions: each theme a disc, each sentence a place in the disc of its theme.

The discs stand by classical scaling (Torgerson 1952) of the distances between the themes' mean rows, and are
moved apart until none covers another. In a disc the sentences stand by the two main axes of their rows
(principal components), turned so that those which are like another theme face it (orthogonal Procrustes,
Schönemann 1966). Distances to the middle are ranks, which fills the disc evenly, and sentences step aside for
each other. Nothing is drawn by lot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.floating[Any]]

#: Least room between discs, their mean distance over what they need, and how many times they are moved.
_GAP, _ROOM, _MOVES = 2.0, 1.25, 300
#: Around the sentences of a disc.
_MARGIN = 0.8
#: How near two sentences may stand, and how many times they step aside.
_NEAR, _STEPS = 0.9, 40
#: Angle by which what stands at one place is moved: no multiple of it is another's (the golden angle).
_TURN = np.pi * (3 - 5**0.5)


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """Places of groups and of their members, all in units of which a member takes a square.

    Attributes
    ----------
    discs
        Middle and radius of each group, shape (k, 3).
    places
        Of each row, shape (n, 2).
    near
        For each group the one that is most like it; None where there is no other.
    fit
        Cosine of each row and the mean of its group, shape (n,).
    """

    discs: NDArray[np.float64]
    places: NDArray[np.float64]
    near: tuple[int | None, ...]
    fit: NDArray[np.float64]


def plane(rows: Rows, groups: Sequence[Sequence[int]]) -> Plane:
    """Lay groups of rows out in two dimensions.

    Parameters
    ----------
    rows
        Unit rows, or rows of zeros, shape (n, d).
    groups
        Positions of rows; each row is in one group, and no group is empty.

    Notes
    -----
    Takes memory in proportion to the square of the largest group.
    """
    rows = np.asarray(rows, dtype=np.float64)
    means = np.array([_unit(rows[list(group)].mean(axis=0)) for group in groups])
    alike = means @ means.T
    radii = np.array([_MARGIN + len(group) ** 0.5 / 1.6 for group in groups])
    middles = _apart(_scaled(alike, radii), radii)
    places, fit = np.zeros((len(rows), 2)), np.zeros(len(rows))
    for n, group in enumerate(groups):
        own = rows[list(group)]
        fit[list(group)] = own @ means[n]
        towards = middles - middles[n]
        lengths = np.maximum(np.linalg.norm(towards, axis=1, keepdims=True), 1e-9)
        likeness = own @ np.delete(means, n, axis=0).T
        pull = (likeness - likeness.mean(axis=0)) @ np.delete(towards / lengths, n, axis=0)
        places[list(group)] = middles[n] + _filled(_turned(_principal(own), pull), radii[n])
    others = np.where(np.eye(len(groups), dtype=bool), -np.inf, np.round(alike, 6))
    near = tuple(int(np.argmax(row)) if len(groups) > 1 else None for row in others)
    return Plane(np.column_stack([middles, radii]), places, near, np.round(fit, 6))


def _unit(row: Rows) -> Rows:
    length = float(np.linalg.norm(row))
    return row / length if length > 0 else row


def _fixed(axes: Rows) -> Rows:
    """Columns with their largest entry above 0: an axis has no sign of its own."""
    largest = np.argmax(np.round(np.abs(axes), 9), axis=0)
    signs = np.sign(axes[largest, np.arange(axes.shape[1])])
    return axes * np.where(signs == 0, 1, signs)


def _scaled(alike: Rows, radii: Rows) -> NDArray[np.float64]:
    """Places of groups whose distances are near those of their means; on average their discs have room."""
    count = len(alike)
    squares = np.maximum(0, 2 - 2 * alike)
    centring = np.eye(count) - 1 / count
    values, axes = np.linalg.eigh(-centring @ squares @ centring / 2)
    first = np.argsort(-np.round(values, 9), kind="stable")[:2]
    found = np.zeros((count, 2))
    found[:, : len(first)] = _fixed(axes[:, first]) * np.sqrt(np.maximum(0, values[first]))
    pairs = np.triu_indices(count, 1)
    distances = np.linalg.norm((found[:, None] - found[None])[pairs], axis=1)
    needed = (radii[:, None] + radii[None] + _GAP)[pairs]
    total = float(distances.sum())
    return found * (_ROOM * needed.sum() / total) if total > 1e-9 else found


def _apart(middles: NDArray[np.float64], radii: Rows) -> NDArray[np.float64]:
    """Middles of discs, moved until none covers another, and back to their places where there is room."""
    found = middles.copy()
    for step in range(_MOVES):
        found += (middles - found) * 0.1 * (1 - step / _MOVES)
        for a in range(len(found)):
            for b in range(a):
                way = found[a] - found[b]
                distance = float(np.hypot(*way))
                short = radii[a] + radii[b] + _GAP - distance
                if short > 1e-6:
                    angle = _TURN * (a + 1)
                    way = way / distance if distance > 1e-9 else np.array([np.cos(angle), np.sin(angle)])
                    share = radii[b] / (radii[a] + radii[b])
                    found[a] += way * short * share
                    found[b] -= way * short * (1 - share)
    return found


def _principal(rows: Rows) -> NDArray[np.float64]:
    """Rows by the two main axes of what they differ in."""
    found = np.zeros((len(rows), 2))
    if len(rows) > 1:
        _, sizes, axes = np.linalg.svd(rows - rows.mean(axis=0), full_matrices=False)
        first = min(2, len(sizes))
        found[:, :first] = (rows - rows.mean(axis=0)) @ _fixed(axes[:first].T)
    return found


def _turned(places: NDArray[np.float64], pull: Rows) -> NDArray[np.float64]:
    """Places, turned or mirrored to be as near to `pull` as can be."""
    left, _, right = np.linalg.svd(places.T @ pull)
    return np.asarray(places @ left @ right)


def _filled(places: NDArray[np.float64], radius: float) -> NDArray[np.float64]:
    """Places spread evenly over a disc: directions stay, distances become ranks, and none covers another."""
    count = len(places)
    if count == 1:
        return np.zeros((1, 2))
    inner = radius - _MARGIN
    order = np.argsort(np.round(np.hypot(*places.T), 6), kind="stable")
    ranks = np.empty(count)
    ranks[order] = np.arange(count) + 0.5
    angles = np.arctan2(places[:, 1], places[:, 0])
    # What stands at the very middle has no direction of its own.
    still = np.hypot(*places.T) < 1e-9
    angles[still] = _TURN * np.flatnonzero(still)
    out = inner * np.sqrt(ranks / count)
    found = np.column_stack([out * np.cos(angles), out * np.sin(angles)])
    least = _NEAR * inner * (np.pi / count) ** 0.5
    for _ in range(_STEPS):
        ways = found[:, None] - found[None]
        distances = np.hypot(ways[..., 0], ways[..., 1])
        np.fill_diagonal(distances, np.inf)
        short = np.maximum(0, least - distances)
        if not short.any():
            break
        found += (ways * (short / np.maximum(distances, 1e-6) / 2)[..., None]).sum(axis=1) / 2
        far = np.hypot(*found.T)
        found *= np.minimum(1, inner / np.maximum(far, 1e-9))[:, None]
    return found
