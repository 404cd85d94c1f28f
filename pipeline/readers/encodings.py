"""Bytes into text: byte order mark, declaration, trial, charset-normalizer; mojibake undone.

The encoding that is told is the one to decode the file with: ``data.decode(encoding)`` is the text that
offsets point into. Only mojibake (text that was decoded wrongly before it was saved) is further away.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..korean.spelling import JAMO, is_syllable
from ..records import Note, Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Korean pages call EUC-KR is CP949, which is EUC-KR and 8,822 syllables more (WHATWG Encoding, euc-kr).
_KOREAN = {"euc_kr", "cp949", "johab", "iso2022_kr"}
_HANGUL = re.compile(rf"[가-힣{JAMO}ㄱ-ㆎ]")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN1 = re.compile(
    r"[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HOLES = re.compile(r"(?<=[가-힣\u4e00-\u9fff])\?{1,3}(?=[가-힣\u4e00-\u9fff])")
_LOST = "\ufffd"
#: Share of characters that may be lost (U+FFFD) before a text is rubbish.
_MOST_LOST = 0.01
#: Share of syllables outside KS X 1001's 2,350: under 0.2 % in real text, a third in UTF-8 read as CP949.
_MOST_RARE = 0.08


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, what it was decoded with, and what there is to tell about it."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode a file.

    Parameters
    ----------
    declared
        Encoding that the file or its transport names. Not believed where it does not decode, or where the
        bytes are valid UTF-8 and it gives less Korean.

    Raises
    ------
    Unreadable
        ``binary``; ``encoding`` when nothing decodes it; ``mojibake`` when the text was spoilt before.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                notes = () if encoding == "utf-8-sig" else (Note("encoding", encoding),)
                found = Decoded(data.decode(encoding), encoding, notes)
            except UnicodeDecodeError as error:
                raise Unreadable("encoding", f"{encoding}, byte {error.start}") from error
            return _checked(found)
    named = _codec(declared)
    best = max(
        _candidates(data, named),
        key=lambda found: (_korean(found.text), found.encoding == named),
        default=None,
    )
    other = best or _guessed(data) or _damaged(data, named)
    if other is None:
        if b"\0" in data:
            raise Unreadable("binary", f"byte {data.index(0)}")
        raise Unreadable("encoding", declared or "")
    if other.encoding not in ("utf-8", "ascii"):
        other = replace(other, notes=(Note("encoding", other.encoding), *other.notes))
    return _checked(other)


def _codec(name: str | None) -> str | None:
    """Python's name of a declared encoding, or None where there is none such."""
    aliases = {
        "ksc5601": "cp949",
        "ks_c_5601-1987": "cp949",
        "korean": "cp949",
        "x-windows-949": "cp949",
        "ms949": "cp949",
    }
    label = (name or "").strip().strip("\"'").lower()
    try:
        codec = codecs.lookup(aliases.get(label, label)).name.replace("-", "_")
    except (LookupError, ValueError):
        return None
    if codec in _KOREAN:
        return "cp949" if codec == "euc_kr" else codec
    return {"utf_8": "utf-8", "ascii": "utf-8"}.get(codec, codec)


def _candidates(data: bytes, named: str | None) -> Iterator[Decoded]:
    """Decodings without an error and without control characters, the likeliest first."""
    tried = ["utf-8", *_without_mark(data), "cp949"]
    if named and named not in tried:
        tried.append(named)
    for encoding in tried:
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if _CONTROL.search(text) is None or (encoding == "utf-8" and b"\0" not in data):
            yield Decoded(text, encoding)


def _without_mark(data: bytes) -> Iterator[str]:
    """UTF-16 without its mark: spaces, digits and line ends have a zero byte, always on the same side."""
    sample = data[:4000]
    if len(data) % 2 or b"\0" not in sample:
        return
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 4 * even:
        yield "utf-16-le"
    elif even > 4 * odd:
        yield "utf-16-be"


def _korean(text: str) -> float:
    """Share of Hangul among the characters beyond ASCII: 1 for text that has none."""
    beyond = sum(not char.isascii() and not char.isspace() for char in text[:20_000])
    return len(_HANGUL.findall(text[:20_000])) / beyond if beyond else 1.0


def _guessed(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is None or _CONTROL.search(str(best)):
        return None
    try:
        return Decoded(data.decode(best.encoding), best.encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _damaged(data: bytes, named: str | None) -> Decoded | None:
    """The decoding that loses least, where it loses little: a file cut off or with a few broken bytes."""
    if b"\0" in data:
        return None
    texts = {
        name: data.decode(name, "replace") for name in dict.fromkeys((named or "utf-8", "utf-8", "cp949"))
    }
    encoding = min(texts, key=lambda name: texts[name].count(_LOST))
    lost = texts[encoding].count(_LOST)
    if lost > max(2, _MOST_LOST * len(texts[encoding])):
        return None
    return Decoded(texts[encoding], encoding, (Note("damaged", str(lost)),))


def _checked(found: Decoded) -> Decoded:
    """Mojibake undone, or refused."""
    if "\0" in found.text:
        raise Unreadable("binary", f"character {found.text.index(chr(0))}")
    text, how = undone(found.text)
    if how:
        return replace(found, text=text, notes=(*found.notes, Note("mojibake", how)))
    if is_mojibake(text):
        raise Unreadable("mojibake")
    return found


def undone(text: str) -> tuple[str, str]:
    """Undo a wrong decoding that was saved, where it can be undone without loss.

    Returns
    -------
    text
        The text as it was meant, or as it is.
    how
        What was taken for what, such as ``utf-8 as cp1252``; empty where nothing was undone.
    """
    if text.isascii() or (
        len(_LATIN1.findall(text[:20_000])) * 20 < len(text[:20_000]) and not _rare(text[:20_000])
    ):
        return text, ""
    for seen in ("cp1252", "latin-1", "cp949"):
        raw = _encoded(text, seen)
        for meant in ("utf-8", "cp949"):
            if raw is None or seen == meant:
                continue
            try:
                better = raw.decode(meant)
            except UnicodeDecodeError:
                continue
            if better != text and _share(better) > max(0.5, _share(text)) and not is_mojibake(better):
                return better, f"{meant} as {seen}"
    return text, ""


def is_mojibake(text: str) -> bool:
    """Whether a text was decoded wrongly once, and can't be trusted."""
    sample = text[:200_000]
    if sample.count(_LOST) > max(2, _MOST_LOST * len(sample)):
        return True
    letters = _LETTER.findall(sample)
    latin1 = sum("\u00a1" <= char <= "\u00ff" for char in sample)
    if len(sample) >= 20 and latin1 > 0.3 * len(letters) and latin1 > 10:
        return True
    # UTF-8 read as CP949 leaves a question mark for what had no reading: "遺?궛".
    return len(_HOLES.findall(sample)) > max(4, 0.03 * len(sample)) or _rare(sample)


def _rare(sample: str) -> bool:
    syllables = [char for char in sample if is_syllable(char)]
    if len(syllables) < 20:
        return False
    return sum(not _common(char) for char in set(syllables)) > 0 and (
        sum(not _common(char) for char in syllables) > _MOST_RARE * len(syllables)
    )


def _common(syllable: str) -> bool:
    try:
        syllable.encode("euc-kr")
    except UnicodeEncodeError:
        return False
    return True


def _share(text: str) -> float:
    letters = _LETTER.findall(text[:20_000])
    return len(_HANGUL.findall(text[:20_000])) / len(letters) if letters else 0.0


def _encoded(text: str, encoding: str) -> bytes | None:
    """The bytes that were decoded wrongly. CP1252 leaves five bytes undefined; browsers pass them through."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        if encoding != "cp1252":
            return None
    try:
        return b"".join(c.encode("latin-1") if "\x80" <= c <= "\x9f" else c.encode("cp1252") for c in text)
    except UnicodeEncodeError:
        return None
