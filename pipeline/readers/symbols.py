"""Letters of symbol fonts, which documents name by their place in the font and not by what they are."""

from __future__ import annotations

_PRIVATE = 0xF000


def _from(first: int, letters: str) -> dict[int, str]:
    return {first + i: letter for i, letter in enumerate(letters) if letter != " "}


#: Adobe's Symbol encoding, which Word's Symbol font has: from 0x20 on, and from 0xA0 on.
_SYMBOL = {
    **_from(0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?"),
    **_from(0x40, "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    **_from(0x60, "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    **_from(0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵"),
    **_from(0xC0, "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"),
    **_from(0xE0, "◊〈®©™∑"),
    0xF1: "〉",
    0xF2: "∫",
}
#: What articles use of Wingdings: bullets, arrows, ticks, a few signs.
_WINGDINGS = {
    0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x4A: "☺", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□",
    0x71: "❑", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•", 0xA1: "○", 0xA4: "◎", 0xA7: "▪", 0xA8: "□",
    0xAB: "★", 0xD8: "▶", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "→", 0xF0: "⇨", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def symbol(font: str, code: str) -> str:
    """The letter at a place of a font (``Symbol``, ``F06D``: μ); empty where nobody can know.

    >>> symbol("Symbol", "F06D")
    'μ'
    """
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    letters = _FONTS.get(font.strip().lower())
    if letters is not None:
        return letters.get(point - _PRIVATE if point >= _PRIVATE else point, "")
    return chr(point) if 0x20 <= point < 0xD800 or 0xF900 <= point < 0xFFFE else ""
