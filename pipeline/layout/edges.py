"""Lines that are boilerplate because of where they stand: around the title, below the text, alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ..korean.endings import QUOTED
from ..korean.press import DONE, GOING, SIGNS, one_of, spelled
from ..korean.times import DAY, MONTH, YEAR_MONTH
from .dress import Rules, facts
from .pieces import Piece
from .plain import plain
from .stretches import closed, is_sentence, narrates, places, tells

#: Longest line, in code points, that can be such a line.
_LONGEST = 300
#: Lines at the top that may stand before the text: mastheads, title, decks, by-lines.
_TOP = 10
#: Lines from the end up at which the box on the writer may begin.
_BOX = 12
#: Lines at the top that are looked at, boilerplate among them.
_PAGE = 24
#: What a first line, which may be the title, must say to be the head of a post.
_DATED = re.compile(rf"[|·ㅣ][^|]{{0,20}}(?:{MONTH}\s?{DAY}|{YEAR_MONTH})")
_ASKS = re.compile(r"^[^.!?]{4,100}[!?…]{1,3}[\"'”’]?$")
#: An outlet's name by itself, once the text says elsewhere that it is one.
_NAME = re.compile(r"(?P<publisher>\S{2,20})(?:\s(?:구독(?:하기|\s중)?|홈))?")
_BREAK = re.compile(r"[\r\n\v\f\x85\u2028\u2029]")
# Something that happens before the camera (주민들이 버스를 기다리고 있다), or the name of a picture.
_SHOWN = re.compile(
    spelled(
        r"(?:(?:[이가도]|에서|께서|앞에|위에|곁에)\s.{0,200}(?:있다|모습이다|보인다)|(?&sight)|(?&series))\.?$"
    )
)
# … but not what only goes on in numbers or in words (값이 오르고 있다).
_ABSTRACT = re.compile(
    rf"(?:[{QUOTED}]고|것으로|(?<![던만찢])(?<!떨어)(?<!쏟아)(?<!쓰러)(?<!무너)지고|나오고|갖고|가지고"
    rf"|{one_of(GOING)}|{one_of(DONE)}하고)"
    r"(?:\s\S{1,6}고)?\s있다\.?$|(?:수|적이|바|데|뿐|필요가|문제가|까닭이|이유가)\s?있다\.?$"
)
_NOTED = f"※[【(*{SIGNS}"
_NAMED = re.compile(r"[^.!?…]$|(?<=있다)\.$")
_CREDIT = re.compile(
    spelled(r"(?&reporter)|(?&given)|(?<!보도)(?&labelled)|(?&sign)|뉴스|일보|신문|(?&agency)")
)
_OWNED = re.compile(
    spelled(r"^[\[(</|]?.{0,60}(?:(?&given)|(?<!보도)(?&labelled))(?!.{0,80}(?:(?&unpermitted)|저작권|전재))")
)
# What a line opens with that stands below a name: 서울대 통계학 박사.
_PHRASE = re.compile(r"[^.!?“”\"]{3,60}\.(?=\s|$)")
_MAIL = re.compile(r"[\w.-]@[\w-]")
_ITALIC = re.compile(r"\s*([*_])(?![*_\s])[^*_\n]{1,200}\1\s*")


def trim(text: str, pieces: Sequence[Piece], rules: Rules) -> tuple[Piece, ...]:
    """Make boilerplate of what the rules for an article's edges and for lone lines take."""
    found = list(pieces)
    _top(text, found, rules)
    _credited(text, found)
    _lone(text, found, rules)
    return (*_bottom(text, found, rules),)


def named(text: str, pieces: Sequence[Piece], publisher: str | None) -> Iterator[Piece]:
    """Pieces with the article's own outlet, in brackets in front of them, as boilerplate."""
    front = re.compile(rf"[\[【(〈<《]\s?{re.escape(publisher)}\s?[\]】)〉>》]\s*") if publisher else None
    for piece in pieces:
        match = front.match(text, piece.start, piece.end) if front and piece.kind != "boilerplate" else None
        if match is None:
            yield piece
            continue
        end = match.start() + len(match[0].rstrip())
        yield Piece("boilerplate", piece.start, end, gap=piece.gap)
        if match.end() < piece.end:
            yield replace(piece, start=match.end(), gap=False)


def _top(text: str, pieces: list[Piece], rules: Rules) -> None:
    """Above the title, and between it and the first sentence."""
    opened: list[int] = []
    for i, piece in enumerate(pieces[:_PAGE]):
        if piece.kind == "boilerplate":
            continue
        line = _read(text, piece)
        asks = not opened and _ASKS.search(line) is not None  # a title, it may be
        if (closed(line) and not asks) or len(line) > _LONGEST or piece.table or len(opened) == _TOP:
            break
        opened += [i]
    said = {value for piece in pieces for name, value in piece.facts if name == "publisher"}
    edges = {i: rules.find("edge", _read(text, pieces[i])) for i in opened}
    started = False
    for at, i in enumerate(opened):
        line, piece = _read(text, pieces[i]), pieces[i]
        match = edges[i] if started or _DATED.search(line) else None
        if not started and match is None and not all(edges[j] for j in opened[at + 1 :]):
            match = rules.find("masthead", line) or (
                _NAME.fullmatch(line) if next(iter(line.split()), "") in said else None
            )
        if piece.kind in ("paragraph", "heading", "quote") and match:
            pieces[i] = replace(piece, kind="boilerplate", bare=False, facts=facts(match))
        else:
            started = True
    # The outlet's name on the title's line, when a by-line follows there.
    for i in opened:
        name = next(iter(_read(text, pieces[i]).split()[-1:]), "")
        if name and pieces[i].mark == "deck" and name in said and text.endswith(name, 0, pieces[i].end):
            start = pieces[i].end - len(name)
            pieces[i : i + 1] = [
                replace(pieces[i], end=len(text[:start].rstrip())),
                Piece("boilerplate", start, pieces[i].end),
            ]
            break


def _lone(text: str, pieces: list[Piece], rules: Rules) -> None:
    """Captions: below a blank line, above another or the end."""
    started = False
    for i, piece in enumerate(pieces):
        if piece.kind == "boilerplate":
            continue
        alone = piece.gap and (i + 1 == len(pieces) or pieces[i + 1].gap)
        alone = alone or (i > 0 and _below_image(text, pieces, i))
        if started and alone and piece.bare and piece.end - piece.start <= _LONGEST:
            line = _read(text, piece)
            if rules.find("alone", line) or _below_image(text, pieces, i):
                pieces[i] = replace(piece, kind="boilerplate", bare=False)
        started = True


def _credited(text: str, pieces: list[Piece]) -> None:
    """Captions that a credit follows, as paragraphs of their own: a scene in the present, or no sentence."""
    last = max((i for i, piece in enumerate(pieces) if piece.kind != "boilerplate"), default=0)
    for i, piece in enumerate(pieces[:-1]):
        if not (piece.bare and piece.gap) or piece.end - piece.start > _LONGEST:
            continue
        end = i + 1
        while end < len(pieces) and pieces[end].kind == "boilerplate" and not pieces[end].gap:
            end += 1
        if end == i + 1 or (end < len(pieces) and not pieces[end].gap):
            continue
        line = _read(text, piece)
        credit = text[pieces[i + 1].start : pieces[end - 1].end]
        below = _BREAK.search(text, piece.end, pieces[i + 1].start) is not None
        # The first line may be the title, above its by-line.
        shows = _NAMED if below and any(one.kind != "boilerplate" for one in pieces[:i]) else _SHOWN
        if (
            len(places(line)) <= 2
            and shows.search(line)
            and not _ABSTRACT.search(line)
            and (_OWNED if below or i == last else _CREDIT).search(credit)
            and not _MAIL.search(credit)
            and (i < last or i > 1)
        ):
            pieces[i] = replace(piece, kind="boilerplate", bare=False)


def _below_image(text: str, pieces: Sequence[Piece], i: int) -> bool:
    """Whether a line in italics stands straight below an image: its caption."""
    return bool(_ITALIC.fullmatch(text, pieces[i].start, pieces[i].end)) and text.startswith(
        "![", pieces[i - 1].start
    )


def _bottom(text: str, pieces: list[Piece], rules: Rules) -> list[Piece]:
    """From the end upwards, as long as there are such lines, or sentences at a paragraph's end."""
    below: list[Piece] = []
    _under_rights(text, pieces)
    while pieces:
        piece = pieces.pop()
        if piece.kind == "boilerplate" or piece.table:
            below.append(piece)
            continue
        first = all(one.kind == "boilerplate" for one in pieces)
        cut = None if first and not _sentences(text, piece) else _closing(text, piece, rules, first)
        if cut is None:
            pieces.append(piece)
            if (at := _box(text, pieces, rules)) is None:
                break
            below.extend(replace(one, kind="boilerplate", bare=False) for one in reversed(pieces[at:]))
            del pieces[at:]
            continue
        start, said = cut
        below.append(
            Piece("boilerplate", start, piece.end, gap=piece.gap and start == piece.start, facts=said)
        )
        if start > piece.start:
            end = start
            while text[end - 1].isspace():
                end -= 1
            pieces.append(replace(piece, end=end))
    return [*pieces, *reversed(below)]


def _under_rights(text: str, pieces: list[Piece]) -> None:
    """What stands below the notice of rights that ends an article is the page's, if it holds no sentence."""
    for i in range(len(pieces) - 1, -1, -1):
        piece = pieces[i]
        if any(name == "rights" for name, _ in piece.facts):
            if any(closed(_read(text, one)) for one in pieces[:i] if one.kind != "boilerplate"):
                pieces[i:] = [
                    one if one.kind == "boilerplate" else replace(one, kind="boilerplate", bare=False)
                    for one in pieces[i:]
                ]
            return
        line = _read(text, piece)
        if piece.kind != "boilerplate" and (closed(line) or narrates(line) or len(line) > _LONGEST // 3):
            return


def _box(text: str, pieces: Sequence[Piece], rules: Rules) -> int | None:
    """Where the box on the writer or on who was asked begins: below the text, under a line that says so."""
    first = next((i for i, piece in enumerate(pieces) if closed(_read(text, piece))), len(pieces))
    length = 0
    for i in range(len(pieces) - 1, max(first, len(pieces) - _BOX), -1):
        line = _read(text, pieces[i])
        below = _read(text, pieces[i + 1]) if i + 1 < len(pieces) else ""
        # A name may stand on a line of its own, above who that is.
        if not (heads := rules.find("box", line)) and (who := _PHRASE.match(below)):
            heads = rules.find("box", f"{line} {who[0]}")
        if pieces[i].kind in ("paragraph", "heading", "item") and heads:
            return i
        length += len(line) if pieces[i].kind != "boilerplate" else 0
        if length > _LONGEST:
            break
    return None


def _sentences(text: str, piece: Piece) -> bool:
    return len(places(_read(text, piece))) > 2


def _closing(
    text: str, piece: Piece, rules: Rules, first: bool
) -> tuple[int, tuple[tuple[str, str], ...]] | None:
    """Where the boilerplate at a piece's end begins, and its facts; None where there is none."""
    read = plain(text, max(piece.start, piece.end - 4 * _LONGEST), piece.end)
    line = read.text.strip()
    if not line or tells(line):
        return None
    if not first and len(line) <= _LONGEST:
        cuts = places(line)
        told = len(cuts) > 2 and any(is_sentence(line[a:b]) for a, b in pairwise(cuts))
        match = rules.find("closing", line) if not told or line[0] in _NOTED else None
        if match is None and piece.kind in ("paragraph", "heading") and not closed(line):
            match = rules.find("edge", line)
        if match is not None:
            return piece.start, facts(match)
    cuts = places(read.text)
    last = read.text[cuts[-2] :].strip() if len(cuts) > 2 else ""
    if 0 < len(last) <= _LONGEST and (match := rules.find("closing", last)):
        return read.starts[cuts[-2]], facts(match)
    return None


def _read(text: str, piece: Piece) -> str:
    return plain(text, piece.start, min(piece.end, piece.start + 2 * _LONGEST)).text.strip()
