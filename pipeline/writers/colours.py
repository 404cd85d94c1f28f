"""Colours that can be read: one accent, and what it becomes on light and dark paper."""

from __future__ import annotations

# The tinted boxes, which leave less contrast than the paper.
_LIGHT, _DARK = "#f3f4f7", "#1e2430"
#: WCAG 2.2, level AA, for text.
_CONTRAST = 4.6

#: Colours of themes in their order, on light and on dark paper; the last one is for what is left over.
PALETTE = (
    ("#1d4ed8", "#8db4ff"),
    ("#b45309", "#fbbf24"),
    ("#047857", "#34d399"),
    ("#be185d", "#f472b6"),
    ("#6d28d9", "#c4b5fd"),
    ("#0e7490", "#22d3ee"),
    ("#4b5563", "#a5aec0"),
)


def accents(colour: str) -> tuple[str, str]:
    """A colour as text on light and on dark paper, darkened or lightened until it can be read."""
    return _readable(colour, _LIGHT, "#000000"), _readable(colour, _DARK, "#ffffff")


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2)."""
    a, b = sorted((_luminance(one), _luminance(other)))
    return (b + 0.05) / (a + 0.05)


def _readable(colour: str, paper: str, towards: str) -> str:
    mixes = (_mix(colour, towards, step / 20) for step in range(21))
    return next(mixed for mixed in mixes if contrast(mixed, paper) >= _CONTRAST)


def _mix(colour: str, towards: str, share: float) -> str:
    return "#" + "".join(
        f"{round(a + (b - a) * share):02x}"
        for a, b in zip(_channels(colour), _channels(towards), strict=True)
    )


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def _luminance(colour: str) -> float:
    linear = (
        c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4
        for c in _channels(colour)
    )
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
