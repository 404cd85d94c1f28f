"""Sentences and morphemes, by Kiwi: one analysis of the text gives both."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .records import Block, Document, Layout, Token, Unit

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

_WORD = re.compile(r"\w")
_NAMING = frozenset({"NNG", "NNP", "SL"})
_ENDINGS = "다요죠네까"
# 다.AWS, 다.2025년, 다.site.txt: Kiwi takes it for one word. Not before what follows a quotation (다.라고),
# nor in the name of a site or file (요기요.com).
_UNSPACED = re.compile(
    rf"(?<=[{_ENDINGS}])[.!?](?=[가-힣A-Za-z0-9“‘])(?!라[고는며]|이라|고\s|며\s|는\s)"
    r"(?!(?:com|net|org|co|kr|io|ai|me|tv|txt|md|pdf|hwpx?|docx?|xlsx?|pptx?|csv|json|html?|jpe?g|png|gif|zip|exe|py|js)"
    r"(?![A-Za-z0-9.]))"
)
# What may stand behind a sentence's end without a space: an emoji, a note's number, an emoticon.
_EMOJI = r"(?:[\u2600-\u27bf\U0001f000-\U0001faff]\ufe0f?\u200d?){1,20}[ㅋㅎㅠㅜ]*(?:[.!~^]*)"
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
_BULLETED = re.compile(r"(?<=[.!?…다요])\s{1,3}(?:[▶▷■□◆◇●○•☞※▲–—-]|\[[^\[\]\d][^\[\]]{0,30}\])\s{0,3}")
# What goes on after a quotation, a question or a sentence without its stop, as a part of the same sentence.
_ON = re.compile(r"이?라(?:는|고|며|면서|면)\s|하(?:며|고|면서|는|자)\s|(?:했|한)(?:다|던|지만|으나|으며)")
_THOUGHT = re.compile(r"생각|싶|하[는며고여]\s|했|한다")
_QUOTED = re.compile(
    r"“[^“”]{1,300}”|‘[^‘’]{1,300}’|(?<!\d)\"[^\"]{1,300}\"|(?<![A-Za-z0-9])'[^']{1,300}'|<[^<>]{1,300}>"
)
# A particle glued to a stop that is no stop: [.를, Cmd+.를, Yahoo!이다.
_PARTICLE = re.compile(
    r"(?:[를을이가은는의와과로에도만다]|으로|에서|에게|이나|란|이란|이?라[는고]|[이였]다|이었다)(?=[\s.,!?]|$)"
)
#: How far back a quotation that is still open is looked for.
_REACH = 600
_SINGLE = re.compile(r"(?<![A-Za-z0-9])'|'(?![A-Za-z0-9])")  # not an apostrophe
_STEMS = frozenset({"VV", "VA", "VX", "VC", "XS", "EP"})
_LABEL = re.compile(r"(?:[QA]|문|답|질문|답변)\s?\d{0,2}\s?[.:)]\s*")
_STOPS = re.compile(
    rf"(?<=[{_ENDINGS}])(?:"
    r"\s?[ㅋㅎㅠㅜ]{2,}[.!?~]*\s+"
    r"|[.!?](?:\s+(?=[“‘\"'「『《〈]\S|<[가-힣A-Z])|(?=[“‘「『《〈]\S|[\"'][가-힣A-Za-z]))"
    rf"|{_NOTE}{{1,5}}[.!?]\s+(?=\S)|\d{{1,2}}[.]\s+(?=[가-힣])"
    rf"|[.!?]{_NOTE}{{1,5}}(?:\s+(?=\S)|(?=[가-힣A-Z]))"
    r")"
    r"|(?<=[0-9])(?:kg|km|cm|mm|m|g|t|L|MW|GW|kW|GB|TB|%|㎡|㎞|㎏|㎿)\.\s+(?=[가-힣“‘])"
)


@lru_cache(maxsize=4)
def load_kiwi(
    words: Path | None = None,
    multi_word_dictionary: bool = False,
    workers: int = 0,
    user_words: Path | None = None,
) -> Kiwi:
    """One Kiwi a process, for each set of options.

    Parameters
    ----------
    words
        User dictionary in Kiwi's own format (form, tag, score, tab-separated).
    multi_word_dictionary
        Names of several words (젠슨 황) as one. Without it Kiwi starts in two thirds of the time and takes
        190 MiB less; such names then come from `words`, or are put together by the keywords.
    workers
        Kiwi's own threads; 0 for as many as there are processors.
    user_words
        A second dictionary, on top of `words`.

    Raises
    ------
    ValueError
        When a line of a dictionary is no word.
    """
    from kiwipiepy import Kiwi

    kiwi = Kiwi(num_workers=workers or None, load_multi_dict=multi_word_dictionary)
    for dictionary in (words, user_words):
        if dictionary is not None:
            kiwi.load_user_dictionary(str(dictionary))
    return kiwi


#: Longest text, in code points, that Kiwi is given at once.
_AT_ONCE = 8_000
_CUT = re.compile(r"[.!?…다요][.!?\"'”’)\]]? ")
#: Characters of a title that are analysed.
_TITLE = 500


def tokenize(kiwi: Kiwi, texts: Sequence[str]) -> list[tuple[Token, ...]]:
    """Morphemes of whole texts, for what is not an article: theme examples, queries, titles."""
    return [
        tuple(
            Token(token.form, token.tag, token.start, token.start + token.len)
            for sentence in sentences
            for token in sentence.tokens
        )
        for sentences in kiwi.split_into_sents(list(texts), return_tokens=True)
    ]


def split(kiwi: Kiwi, laid_out: Iterable[Layout]) -> list[Document]:
    """Documents out of articles that have been laid out.

    All their blocks go to Kiwi in one call, so that its threads have work; a block's analysis does not
    depend on its neighbours, hence not on the batch.
    """
    layouts = list(laid_out)
    texts = [block.text for one in layouts for block in one.blocks if block.kind != "boilerplate"]
    # A title of the metadata may be anything; Kiwi takes 10 s for 100,000 syllables without a space.
    titles = [one.title[:_TITLE] for one in layouts if one.title]
    spaced = [_spaced(text) for text in (*texts, *titles)]
    analysed = _sentences(kiwi, [text for text, _ in spaced])
    sentences = (
        [_Sentence.of(sentence, added) for sentence in found]
        for found, (_, added) in zip(analysed, spaced, strict=True)
    )
    units = [tuple(_units(one.blocks, sentences)) for one in layouts]
    return [
        Document(
            one.article, one.title, own, one.tables, _title_tokens(sentences) if one.title else (), one.genre
        )
        for one, own in zip(layouts, units, strict=True)
    ]


class _Morpheme(NamedTuple):
    """A token of Kiwi's, elsewhere."""

    form: str
    tag: str
    start: int
    len: int


class _Found(NamedTuple):
    """A sentence of Kiwi's, elsewhere."""

    start: int
    end: int
    tokens: list[_Morpheme]


def _sentences(kiwi: Kiwi, texts: Sequence[str]) -> Iterator[Sequence[Any]]:
    """Kiwi's sentences; of a very long text piece by piece, for its time grows with the square of the length."""
    cuts = [_cuts(text) for text in texts]
    parts = [text[a:b] for text, own in zip(texts, cuts, strict=True) for a, b in pairwise(own)]
    found = iter(kiwi.split_into_sents(parts, return_tokens=True))
    for text, own in zip(texts, cuts, strict=True):
        yield next(found) if len(own) == 2 else _put_together(text, own, found)


def _cuts(text: str) -> tuple[int, ...]:
    """Where a text is cut for Kiwi: after a sentence where one ends, else after a word."""
    cuts = [0]
    while len(text) - cuts[-1] > _AT_ONCE:
        start, end = cuts[-1], cuts[-1] + _AT_ONCE
        stops = [match.end() for match in _CUT.finditer(text, end - _AT_ONCE // 4, end)]
        space = text.rfind(" ", start + 1, end)
        cuts.append(stops[-1] if stops else space + 1 if space > 0 else end)
    return (*cuts, len(text))


def _put_together(text: str, cuts: Sequence[int], found: Iterator[Sequence[Any]]) -> list[_Found]:
    sentences: list[_Found] = []
    for start in cuts[:-1]:
        for i, one in enumerate(next(found)):
            tokens = [_Morpheme(t.form, t.tag, t.start + start, t.len) for t in one.tokens]
            if i == 0 and sentences and not _CUT.fullmatch(text, max(0, start - 3), start):
                before = sentences.pop()  # the cut was inside a sentence
                before.tokens.extend(tokens)
                sentences.append(_Found(before.start, one.end + start, before.tokens))
            else:
                sentences.append(_Found(one.start + start, one.end + start, tokens))
    return sentences


def _title_tokens(analysed: Iterator[list[_Sentence]]) -> tuple[Token, ...]:
    return tuple(token for sentence in next(analysed) for token in sentence.tokens)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of Kiwi's, with offsets into the text of the block."""

    start: int
    end: int
    tokens: tuple[Token, ...]

    @classmethod
    def of(cls, sentence: Any, added: Sequence[int]) -> _Sentence:
        """Offsets without the spaces that were added for Kiwi."""

        def back(offset: int) -> int:
            return offset - bisect_left(added, offset)

        tokens = (
            Token(token.form, token.tag, back(token.start), back(token.start + token.len))
            for token in sentence.tokens
        )
        return cls(back(sentence.start), back(sentence.end), tuple(tokens))


def _spaced(text: str) -> tuple[str, list[int]]:
    """The text with a space after each 다. that lacks one, and where they are (offsets into the new text)."""
    places = [match.end() for match in _UNSPACED.finditer(text)]
    if not places:
        return text, []
    parts = [text[start:end] for start, end in zip((0, *places), (*places, len(text)), strict=True)]
    return " ".join(parts), [place + i for i, place in enumerate(places)]


def _units(blocks: Sequence[Block], analysed: Iterator[list[_Sentence]]) -> Iterable[Unit]:
    index, section = 0, None
    for number, block in enumerate(blocks):
        sentences = [] if block.kind == "boilerplate" else next(analysed)
        for piece in _pieces(block, sentences):
            if block.kind == "heading":
                section = index
            yield Unit(
                index=index,
                text=block.text[piece.start : piece.end],
                start=block.starts[piece.start],
                end=block.ends[piece.end - 1],
                kind=block.kind,
                section=section if block.kind != "heading" else None,
                block=number,
                tokens=tuple(
                    Token(token.form, token.tag, token.start - piece.start, token.end - piece.start)
                    for token in piece.tokens
                ),
            )
            index += 1


def _pieces(block: Block, sentences: Sequence[_Sentence]) -> list[_Sentence]:
    """Sentences of a block: Kiwi's, with some of their bounds moved, some taken out and some put in."""
    text = block.text
    tokens = [token for sentence in sentences for token in sentence.tokens]
    if block.whole or not sentences:
        return [_Sentence(0, len(text), tuple(tokens))]
    quoted = [match.span() for match in _QUOTED.finditer(text) if _embedded(text, *match.span())]
    taken = {
        at
        for one, other in pairwise(sentences)
        if not _within(at := _word_at(text, _moved(text, one, other)), quoted)
    }
    ours = {_word_at(text, match.end()) for match in _STOPS.finditer(text)}
    bounds = [sentences[0].start]
    for at in sorted(taken | ours):
        kept = at in taken or _outside_quotes(text[max(bounds[-1], at - _REACH) : at])
        if kept and bounds[-1] < at < len(text) and _WORD.search(text, at):
            bounds.append(at)
    pieces = []
    last = 0
    for start, end in pairwise((*bounds, len(text))):
        first = last
        while last < len(tokens) and tokens[last].start < end:
            last += 1
        own = tuple(token for token in tokens[first:last] if token.end <= end)
        pieces.append(_trimmed(_Sentence(start, end, own), text))
    return pieces


def _embedded(text: str, start: int, end: int) -> bool:
    """Whether a quotation is a part of a sentence; one that stands alone is sentences like any other."""
    goes_on = "가" <= text[end : end + 1] <= "힣" or _ON.match(text, _word_at(text, end)) is not None
    return goes_on or text[max(0, start - 9) : start].rstrip()[-1:] not in ("", *".!?…”’\"'")


def _within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    place = bisect_left(spans, (at,)) - 1
    return place >= 0 and spans[place][0] < at < spans[place][1]


def _moved(text: str, before: _Sentence, sentence: _Sentence) -> int:
    """Where the sentence of Kiwi's really begins; 0 where it goes on with the one before.

    One that begins with an emoji or the mark of a note, or has no word at all, gives it to the one before.
    None begins with a particle glued to what is before it, nor in the middle of a word.
    """
    start, end = sentence.start, sentence.end
    glued = before.end == start
    if not _WORD.search(text, before.start, start):
        return 0
    if glued and (_particle(text, sentence) or _in_word(text, before, start)):
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
    if last == "고":
        return text[end - 2 : end - 1] not in "라다냐자"
    if last in "다며":
        return last == "며" or _THOUGHT.match(text, start) is not None
    if last == ")":
        begin = text.rfind("(", max(0, end - 200), end)
        return begin > 0 and text[end - 2 : end - 1] in "다요" and text[begin - 1] not in " .!?다요"
    if last in "\"'”’" and text[end - 2 : end - 1] not in ".!?…~" + _ENDINGS:
        return True
    return last in "?!\"”'’" and _ON.match(text, start) is not None


def _word_at(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _particle(text: str, sentence: _Sentence) -> bool:
    """Whether it begins with the particle of the word before: '데이터센터 골목'으로, [.를."""
    if sentence.tokens and sentence.tokens[0].tag.startswith(("J", "VCP")):
        return True
    stop = text[sentence.start - 1] in ".!?" and not re.match(r"[가-힣]", text[sentence.start - 2])
    return stop and _PARTICLE.match(text, sentence.start) is not None


def _in_word(text: str, before: _Sentence, at: int) -> bool:
    """Whether Kiwi cut a word after a syllable that is no ending there: 베이스 다|이."""
    if not (text[at - 1] >= "가" and "가" <= text[at : at + 1] <= "힣"):
        return False
    word = max(text.rfind(" ", max(0, at - 40), at) + 1, before.start)
    return not any(token.start >= word and token.tag[:2] in _STEMS for token in before.tokens)


def _trimmed(sentence: _Sentence, text: str) -> _Sentence:
    start, end = sentence.start, sentence.end
    while start < end - 1 and text[start].isspace():
        start += 1
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return _Sentence(start, end, sentence.tokens)


def _outside_quotes(text: str) -> bool:
    pairs = all(text.count(a) <= text.count(b) for a, b in ("“”", "‘’", "()", "「」", "『』"))
    return pairs and text.count('"') % 2 == 0 and len(_SINGLE.findall(text)) % 2 == 0


def neighbours(kiwi: Kiwi, word: str, top: int) -> list[tuple[str, float]]:
    """Nouns and names near a word in the vectors of Kiwi's language model, with their cosine.

    A word of several morphemes has the neighbours of its nouns; one that the model does not know has none.
    """
    near: dict[str, float] = {}
    for token in kiwi.tokenize(word):
        if token.tag in _NAMING:
            try:
                found = kiwi.most_similar_morphemes((token.form, token.tag), top_n=4 * top)
            except ValueError:  # a word of the user's dictionary has no vector
                continue
            for one in found:
                if one.tag in _NAMING and len(one.form) > 1:
                    near[one.form] = max(near.get(one.form, 0.0), float(one.score))
    return sorted(near.items(), key=lambda pair: (-round(pair[1], 6), pair[0]))[:top]
