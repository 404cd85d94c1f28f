"""Sentences and morphemes, by Kiwi: one analysis of the text gives both."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from ..records import Block, Document, Layout, Token, Unit
from .bounds import Sentence, pieces
from .columns import TAG_IDS, TAGS, Morphemes, columns, morphemes, rows, some, stacked, starting, table
from .endings import CHATTED, FINAL
from .seams import sewn
from .tags import NAMING

if TYPE_CHECKING:
    from kiwipiepy import Kiwi
    from kiwipiepy import Token as KiwiToken

__all__ = [
    "CUTOFF",
    "TAGS",
    "TAG_IDS",
    "columns",
    "forget",
    "load_kiwi",
    "neighbours",
    "rows",
    "some",
    "split",
    "starting",
    "table",
    "tokenize",
    "tokenize_as_it_comes",
]

# 다.AWS, 다.2025년, 다.site.txt: Kiwi takes it for one word. Not before what follows a quotation (다.라고),
# nor in the name of a site or file (요기요.com).
_UNSPACED = re.compile(
    rf"[.!?](?<=[{FINAL}][.!?])(?=[가-힣A-Za-z0-9“‘])(?!라[고는며]|이라|고\s|며\s|는\s)"
    r"(?!(?:com|net|org|co|kr|io|ai|me|tv|txt|md|pdf|hwpx?|docx?|xlsx?|pptx?|csv|json|html?|jpe?g|png|gif|zip|exe|py|js)"
    r"(?![A-Za-z0-9.]))"
)


_KIWIS_OWN = 8.0
#: How far behind the best a reading may fall before Kiwi gives it up, in its log likelihood; Kiwi's own is 8.
#: By 3 a fifth of its time goes. Of 1,000 morphemes 5 are read otherwise; sentence ends agree with the sets
#: of kiwipiepy a little more often (.841 for .834 exactly), and no other measure moves.
CUTOFF = 3.0


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
    kiwi.global_config.cutoff_threshold = CUTOFF
    for dictionary in (words, user_words):
        if dictionary is not None:
            kiwi.load_user_dictionary(str(dictionary))
    return kiwi


#: Of boilerplate, which is not analysed.
_NOTHING: tuple[list[Sentence], Morphemes] = ([], Morphemes([], [], [], []))
#: Longest text, in code points, that Kiwi is given at once.
_AT_ONCE = 8_000
#: Paragraphs of which the analysis is kept for copies to come, some 30 MB, and the shortest of them.
_LATELY, _WORTH = 4096, 30
_KEEPING = Lock()
#: Where somebody may chat: an end with a consonant that may be added (되용!), letters of laughs and tears.
#: Kiwi takes 3 % less time where it need not look for them.
_CHAT = re.compile(rf"[{CHATTED}](?=\s*(?:[^\w\s,'\"()]|$))|[ㄱ-ㅣ]")
_CUT = re.compile(r"[.!?…다요][.!?\"'”’)\]]? ")
#: Characters of a title that are analysed.
_TITLE = 500


def tokenize_as_it_comes(kiwi: Kiwi, texts: Sequence[str]) -> Iterable[object]:
    """What Kiwi finds where nobody set how far it looks: what a report costs is told as a ratio to this."""
    settings = replace(kiwi.global_config, cutoff_threshold=_KIWIS_OWN)
    found: Iterable[object] = kiwi.tokenize(texts, override_config=settings)
    return found


def tokenize(kiwi: Kiwi, texts: Sequence[str]) -> list[tuple[Token, ...]]:
    """Morphemes of whole texts, for what is not an article: theme examples, queries, titles."""
    return [tokens.view() for _, tokens in _analysed(kiwi, texts)]


def split(kiwi: Kiwi, laid_out: Iterable[Layout]) -> list[Document]:
    """Documents out of articles that have been laid out.

    All their blocks go to Kiwi in one call, so that its threads have work; a block's analysis does not
    depend on its neighbours, hence not on the batch.
    """
    layouts = [sewn(kiwi, one) for one in laid_out]
    texts = [block.text for one in layouts for block in one.blocks if block.kind != "boilerplate"]
    # A title of the metadata may be anything; Kiwi takes 10 s for 100,000 syllables without a space.
    titles = [one.title[:_TITLE] for one in layouts if one.title and not _has_title(one)]
    spaced = [_spaced(text) for text in (*texts, *titles)]
    analysed = (
        _unspaced(*found, added)
        for found, (_, added) in zip(_analysed(kiwi, [text for text, _ in spaced]), spaced, strict=True)
    )
    # The titles come after all blocks.
    split_up = [list(_units(one.blocks, analysed)) for one in layouts]
    return [
        Document(
            article=one.article,
            title=one.title,
            units=tuple(unit for unit, _ in own),
            tokens=stacked([tokens for _, tokens in own]),
            tables=one.tables,
            title_tokens=_title_tokens(one, [unit for unit, _ in own], analysed),
            genre=one.genre,
        )
        for one, own in zip(layouts, split_up, strict=True)
    ]


def _analysed(kiwi: Kiwi, texts: Sequence[str]) -> Iterator[tuple[list[Sentence], Morphemes]]:
    """Kiwi's sentences and morphemes; of a long text piece by piece: its time grows with the square."""
    cuts = [_cuts(text) for text in texts]
    parts = [text[a:b] for text, own in zip(texts, cuts, strict=True) for a, b in pairwise(own)]
    found = iter(_looked_up(kiwi, parts))
    for text, own in zip(texts, cuts, strict=True):
        yield next(found) if len(own) == 2 else _put_together(text, own, found)


def _looked_up(kiwi: Kiwi, texts: Sequence[str]) -> list[tuple[list[Sentence], Morphemes]]:
    """Each text's analysis: of what was seen lately, a copy's paragraph, that of before."""
    seen = _lately(kiwi)
    found = {text: one for text in texts if (one := seen.get(text)) is not None}
    new = [text for text in dict.fromkeys(texts) if text not in found]
    # All of Kiwi's before ours: in turns they drive each other out of the caches, a twentieth of its time.
    own = dict(zip(new, map(_parted, _morphemes(kiwi, new)), strict=True))
    with _KEEPING:  # threads of a service share one Kiwi
        seen.update((text, one) for text, one in own.items() if len(text) >= _WORTH)
        while len(seen) > _LATELY:
            del seen[next(iter(seen))]
    found.update(own)
    return [found[text] for text in texts]


def _morphemes(kiwi: Kiwi, texts: Sequence[str]) -> list[list[KiwiToken]]:
    """Kiwi's morphemes of each text; it looks for consonants that chatting adds where somebody may chat."""
    chats = [_CHAT.search(text) is not None for text in texts]
    chatty = [text for text, chat in zip(texts, chats, strict=True) if chat]
    plain = [text for text, chat in zip(texts, chats, strict=True) if not chat]
    of_chatty, of_plain = kiwi.tokenize(chatty), kiwi.tokenize(plain, z_coda=False)
    found = {True: iter(list(of_chatty)), False: iter(list(of_plain))}
    return [next(found[chat]) for chat in chats]


def forget(kiwi: Kiwi) -> None:
    """Forget what was analysed lately: who measures the same articles twice would measure nothing."""
    with _KEEPING:
        _lately(kiwi).clear()


@lru_cache(maxsize=4)  # as many as `load_kiwi` keeps
def _lately(kiwi: Kiwi) -> dict[str, tuple[list[Sentence], Morphemes]]:
    """What a Kiwi found lately, the oldest first. Nobody may change it."""
    return {}


def _has_title(laid_out: Layout) -> bool:
    """Whether the title is a block of the text, so that it has been analysed."""
    title = laid_out.title or ""
    return len(title) <= _TITLE and any(one.kind == "title" and one.text == title for one in laid_out.blocks)


def _title_tokens(
    laid_out: Layout, units: Sequence[Unit], analysed: Iterator[tuple[list[Sentence], Morphemes]]
) -> tuple[Token, ...]:
    if not laid_out.title:
        return ()
    if _has_title(laid_out):
        return next(unit.tokens for unit in units if unit.kind == "title")
    return next(analysed)[1].view()


_sentence_number = attrgetter("sent_position")


def _parted(tokens: Sequence[Any]) -> tuple[list[Sentence], Morphemes]:
    """Kiwi's tokens in columns, and its sentences: each token has the number of its own."""
    own = morphemes(tokens)
    sentences: list[Sentence] = []
    last = 0
    while last < len(tokens):
        first, number = last, _sentence_number(tokens[last])
        # Numbers rise, and a sentence is some twenty tokens: most are not asked for theirs.
        last = bisect_right(tokens, number, first + 1, key=_sentence_number)
        if sentences and own.tags[first - 1] == "SP":  # no sentence ends with a comma: 비싸요, 오래 쓰니까요.
            first = sentences.pop().first
        sentences.append(Sentence(own.starts[first], own.ends[last - 1], first, last))
    return sentences, own


def _cuts(text: str) -> tuple[int, ...]:
    """Where a text is cut for Kiwi: after a sentence where one ends, else after a word."""
    cuts = [0]
    while len(text) - cuts[-1] > _AT_ONCE:
        start, end = cuts[-1], cuts[-1] + _AT_ONCE
        stops = [match.end() for match in _CUT.finditer(text, end - _AT_ONCE // 4, end)]
        space = text.rfind(" ", start + 1, end)
        cuts.append(stops[-1] if stops else space + 1 if space > 0 else end)
    return (*cuts, len(text))


def _put_together(
    text: str, cuts: Sequence[int], found: Iterator[tuple[list[Sentence], Morphemes]]
) -> tuple[list[Sentence], Morphemes]:
    sentences: list[Sentence] = []
    tokens = Morphemes([], [], [], [])
    for start in cuts[:-1]:
        own, further = next(found)
        count = len(tokens.forms)
        for i, one in enumerate(own):
            here = Sentence(one.start + start, one.end + start, one.first + count, one.last + count)
            if i == 0 and sentences and not _CUT.fullmatch(text, max(0, start - 3), start):
                before = sentences.pop()  # the cut was inside a sentence
                here = here._replace(start=before.start, first=before.first)
            sentences.append(here)
        tokens.forms.extend(further.forms)
        tokens.tags.extend(further.tags)
        tokens.starts.extend(at + start for at in further.starts)
        tokens.ends.extend(at + start for at in further.ends)
    return sentences, tokens


def _spaced(text: str) -> tuple[str, list[int]]:
    """The text with a space after each 다. that lacks one, and where they are (offsets into the new text)."""
    places = [match.end() for match in _UNSPACED.finditer(text)]
    if not places:
        return text, []
    parts = [text[start:end] for start, end in zip((0, *places), (*places, len(text)), strict=True)]
    return " ".join(parts), [place + i for i, place in enumerate(places)]


def _unspaced(
    sentences: list[Sentence], tokens: Morphemes, added: Sequence[int]
) -> tuple[list[Sentence], Morphemes]:
    """Sentences and morphemes with offsets without the spaces that were added for Kiwi."""
    if not added:
        return sentences, tokens

    def moved(at: int) -> int:
        return at - bisect_left(added, at)

    return [one._replace(start=moved(one.start), end=moved(one.end)) for one in sentences], tokens._replace(
        starts=list(map(moved, tokens.starts)), ends=list(map(moved, tokens.ends))
    )


def _units(
    blocks: Sequence[Block], analysed: Iterator[tuple[list[Sentence], Morphemes]]
) -> Iterable[tuple[Unit, Morphemes]]:
    index, section = 0, None
    for number, block in enumerate(blocks):
        sentences, tokens = _NOTHING if block.kind == "boilerplate" else next(analysed)
        for start, end, own in pieces(block, sentences, tokens):
            if block.kind == "heading":
                section = index
            unit = Unit(
                index=index,
                text=block.text[start:end],
                start=block.starts[start],
                end=block.ends[end - 1],
                kind=block.kind,
                section=section if block.kind != "heading" else None,
                block=number,
                tokens=own.view(),
            )
            yield unit, own
            index += 1


def neighbours(kiwi: Kiwi, word: str, top: int) -> list[tuple[str, float]]:
    """Nouns and names near a word in the vectors of Kiwi's language model, with their cosine.

    A word of several morphemes has the neighbours of its nouns; one that the model does not know has none.
    """
    near: dict[str, float] = {}
    for token in kiwi.tokenize(word):
        if token.tag in NAMING:
            try:
                found = kiwi.most_similar_morphemes((token.form, token.tag), top_n=4 * top)
            except ValueError:  # a word of the user's dictionary has no vector
                continue
            for one in found:
                if one.tag in NAMING and len(one.form) > 1:
                    near[one.form] = max(near.get(one.form, 0.0), float(one.score))
    return sorted(near.items(), key=lambda pair: (-round(pair[1], 6), pair[0]))[:top]
