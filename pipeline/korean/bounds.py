"""Where sentences begin: Kiwi's bounds, some of them moved, some taken out and some put in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ..records import Block
from .bullets import SHAPES
from .columns import Morphemes
from .endings import FINAL
from .labels import ANSWERS, ASKS
from .particles import SYLLABLES
from .spelling import CRIES, EMOJI, FIRST_SYLLABLE, LAUGHS, is_syllable
from .tags import STEMS
from .units import LATIN, SIGNS

_STOPPED = re.compile(r"다[.!?]")
_WORD = re.compile(r"\w")
# What may stand behind a sentence's end without a space: an emoji, a note's number, an emoticon.
_EMOJI = rf"(?:[{EMOJI}]\ufe0f?\u200d?){{1,20}}[{LAUGHS}{CRIES}]*(?:[.!~^]*)"
_NOTE = (
    r"(?:\[(?:주\s?|\^)?\d{1,3}(?:[,-]\s?\d{1,3})?\]|\(주?\d{1,2}\)|\d{1,2}\)|[¹²³⁰⁴-⁹]{1,3}\)?|\*{1,3}|[†‡])"
)
_FACE = r"(?:[:;=]['’]?-?[)(DPp3](?![\w])|<3|\^_*\^|;{2,})"
_GLUED = re.compile(rf"{_EMOJI}\s*")
_NOTED = re.compile(
    rf"(?:{_NOTE}{{1,5}}(?=[.!?]|\s|$)|\s\[\d{{1,3}}\](?=\s|$)|\s{_NOTE}{{1,5}}(?=[.!?]))[.!?]*\s*"
    rf"|(?:\s?{_FACE}){{1,5}}\s*"
)
# Bullets and labels that Kiwi leaves at the end of the sentence before.
_BULLETED = re.compile(
    rf"\s(?<=[.!?…다요]\s)\s{{0,2}}(?:[{SHAPES}•☞※▲–—-]|\[[^\[\]\d][^\[\]]{{0,30}}\])\s{{0,3}}"
)
# What goes on after a quotation, a question or a sentence without its stop, as a part of the same sentence.
_ON = re.compile(
    r"이?라(?:는|고|며|면서|면)\s|하(?:며|고|면서|는|자)\s|(?:했|한)(?:다|던|지만|으나|으며)"
    r"|(?:같은|따위의|등의|식의)\s(?:문장|문구|말|글|질문|물음|구호|표현|반응|목소리|의견|제목|답|메시지|댓글|후기|생각|불만|지적|이야기|얘기)"
)
_THOUGHT = re.compile(r"생각|싶|하[는며고여]\s|했|한다")
# Each branch begins with its mark: so `re` skips to the marks.
_QUOTED = re.compile(
    r"“[^“”]{1,300}”|‘[^‘’]{1,300}’|\"(?<!\d\")[^\"]{1,300}\"|'(?<![A-Za-z0-9]')[^']{1,300}'|<[^<>]{1,300}>"
)
# A particle glued to a stop that is no stop: [.를, Cmd+.를, Yahoo!이다.
_PARTICLE = re.compile(
    rf"(?:[{SYLLABLES}다]|으로|에서|에게|이나|란|이란|이?라[는고]|[이였]다|이었다)(?=[\s.,!?]|$)"
)
#: How far back a quotation that is still open is looked for.
_REACH = 600
_ARROW = re.compile(r"[→⇒➔➜=]")
_SINGLE = re.compile(r"(?<![A-Za-z0-9])'|'(?![A-Za-z0-9])")  # not an apostrophe
_LABEL = re.compile(rf"(?:[{ASKS}{ANSWERS}]|질문|답변)\s?\d{{0,2}}\s?[.:)]\s*")
# The letter before the stop stands in front, so that `re` skips to such letters.
_STOPS = re.compile(
    rf"[{FINAL}0-9만억조천백](?:(?<=[{FINAL}])(?:"
    rf"\s?[{LAUGHS}{CRIES}]{{2,}}[.!?~]*\s+"
    r"|[.!?](?:\s+(?=[“‘\"'「『《〈]\S|<[가-힣A-Z])|(?=[“‘「『《〈]\S|[\"'][가-힣A-Za-z0-9]))"
    rf"|{_NOTE}{{1,5}}[.!?]\s+(?=\S)|\d{{1,2}}[.]\s+(?=[가-힣A-Za-z“‘\"'])"
    rf"|[.!?]{_NOTE}{{1,5}}(?:\s+(?=\S)|(?=[가-힣A-Z]))"
    r")"
    rf"|(?<=[0-9만억조천백])(?:{'|'.join(LATIN)}|[{SIGNS}])\.\s+(?=[가-힣“‘]))"
)
# All that somebody says, on a line of its own: [김보람/주민 : "…. …."]. Kiwi does not look into it.
_SPOKEN = re.compile(
    r"\[?[^\[\]:：\"“”]{2,40}[:：]\s?(?:\"(?P<said>[^\"]{1,600})\"|“(?P<told>[^“”]{1,600})”)\s?\]?"
)
_SAID = re.compile(rf"(?<=[{FINAL}지])[.?!]{{1,3}}\s+(?=\S)")


class Sentence(NamedTuple):
    """A sentence, with offsets into the text of its block, and which of the block's morphemes are its own."""

    start: int
    end: int
    first: int
    last: int


def pieces(
    block: Block, sentences: Sequence[Sentence], tokens: Morphemes
) -> list[tuple[int, int, Morphemes]]:
    """Sentences of a block: Kiwi's, with some of their bounds moved, some taken out and some put in.

    Returns
    -------
    list
        Where each starts and ends, and its morphemes, whose offsets count from its start.
    """
    text = block.text
    if block.whole or not sentences:
        return [(0, len(text), tokens)]
    bounds = _bounds(text, sentences, tokens)
    found = []
    last = 0
    for start, end in pairwise((*bounds, len(text))):
        first, last = last, bisect_left(tokens.starts, end, last)
        a, b = _trimmed(text, start, end)
        own = tokens.cut(first, last, a)
        if max(own.ends, default=0) > end - a:
            own = own.without({i for i, at in enumerate(own.ends) if at > end - a})
        found.append((a, b, own))
    return found


def _bounds(text: str, sentences: Sequence[Sentence], tokens: Morphemes) -> list[int]:
    """Where the sentences of a block begin."""
    quoted = [match.span() for match in _QUOTED.finditer(text) if _embedded(text, *match.span())]
    taken = {
        at
        for one, other in pairwise(sentences)
        if not _within(at := _word_at(text, _moved(text, one, other, tokens)), quoted)
    }
    ours = {_word_at(text, match.end()) for match in _STOPS.finditer(text)}
    if spoken := _SPOKEN.fullmatch(text):
        said = spoken.span("said" if spoken["said"] else "told")
        taken |= {match.end() for match in _SAID.finditer(text, *said)}
    bounds = [sentences[0].start]
    for at in sorted(taken | ours):
        kept = at in taken or _outside_quotes(text[max(bounds[-1], at - _REACH) : at])
        if kept and bounds[-1] < at < len(text) and _WORD.search(text, at):
            bounds.append(at)
    return bounds


def _embedded(text: str, start: int, end: int) -> bool:
    """Whether a quotation is a part of a sentence; one that stands alone is sentences like any other."""
    goes_on = is_syllable(text[end : end + 1]) or _ON.match(text, _word_at(text, end)) is not None
    # [김보람/주민 : "…"], as broadcasters caption whoever speaks.
    return goes_on or text[max(0, start - 9) : start].rstrip()[-1:] not in ("", *".!?…”’\"':：")


def _within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    place = bisect_left(spans, (at,)) - 1
    return place >= 0 and spans[place][0] < at < spans[place][1]


def _moved(text: str, before: Sentence, sentence: Sentence, tokens: Morphemes) -> int:
    """Where the sentence of Kiwi's really begins; 0 where it goes on with the one before.

    One that begins with an emoji or the mark of a note, or has no word at all, gives it to the one before.
    None begins with a particle glued to what is before it, nor in the middle of a word.
    """
    start, end = sentence.start, sentence.end
    glued = before.end == start
    if not _WORD.search(text, before.start, start):
        return 0
    if glued and (_particle(text, sentence, tokens) or _in_word(text, before, start, tokens)):
        return 0
    if _LABEL.fullmatch(text, before.start, start) or _open(text, before.end, start):
        return 0
    if not _WORD.search(text, start, end):
        return end
    if match := (_GLUED.match(text, start, end) if glued else None) or _NOTED.match(text, start, end):
        return match.end()
    for match in _BULLETED.finditer(text, max(before.start, before.end - 40), start):
        if match.end() >= before.end:
            return match.start()
    return start


def _open(text: str, end: int, start: int) -> bool:
    """Whether what ends is no sentence by itself, for it goes on: 되겠다 | 생각했다, 영상?? | 이라는 말."""
    last = text[end - 1 : end]
    if last in ",、" or _ARROW.match(text, start):
        return True
    if last == "워" and _STOPPED.search(text):
        return True  # 쉬워 | 배로 나른다: who ends sentences in 다. leaves out no stop after such an ending
    if last in "([{":
        return text[end - 2 : end - 1].isalnum()  # 읽었다(아무 도움도 안 됐다).
    if last in "냐까나":
        # 셋이 남느냐 | 넷이 남느냐보다, 갈까 | 말까 망설인다
        return (
            re.match(rf"[^.!?]{{0,30}}?{last}(?:[\s는가를도의에고보로라]|$)", text[start : start + 40])
            is not None
        )
    if last == "고":
        return text[end - 2 : end - 1] not in "라다냐자"
    if last in "다며":
        return last == "며" or _THOUGHT.match(text, start) is not None
    if last == ")":
        begin = text.rfind("(", max(0, end - 200), end)
        return begin > 0 and text[end - 2 : end - 1] in "다요" and text[begin - 1] not in " .!?다요"
    if last in "\"'”’" and text[end - 2 : end - 1] not in ".!?…~" + FINAL:
        return True
    return last in "?!~\"”'’" and _ON.match(text, start) is not None


def _word_at(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _particle(text: str, sentence: Sentence, tokens: Morphemes) -> bool:
    """Whether it begins with the particle of the word before: '데이터센터 골목'으로, [.를."""
    if sentence.first < sentence.last and tokens.tags[sentence.first].startswith(("J", "VCP")):
        return True
    stop = text[sentence.start - 1] in ".!?" and not re.match(r"[가-힣]", text[sentence.start - 2])
    return stop and _PARTICLE.match(text, sentence.start) is not None


def _in_word(text: str, before: Sentence, at: int, tokens: Morphemes) -> bool:
    """Whether Kiwi cut a word after a syllable that is no ending there: 베이스 다|이."""
    if not (text[at - 1] >= FIRST_SYLLABLE and is_syllable(text[at : at + 1])):
        return False
    word = max(text.rfind(" ", max(0, at - 40), at) + 1, before.start)
    return not any(
        word <= tokens.starts[i] < tokens.ends[i] and tokens.tags[i][:2] in STEMS
        for i in range(before.first, before.last)
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end - 1 and text[start].isspace():
        start += 1
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return start, end


def _outside_quotes(text: str) -> bool:
    pairs = all(text.count(a) <= text.count(b) for a, b in ("“”", "‘’", "()", "「」", "『』"))
    return pairs and text.count('"') % 2 == 0 and len(_SINGLE.findall(text)) % 2 == 0
