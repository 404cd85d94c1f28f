"""Other libraries beside ours: those that are installed run on the same articles, the others are named."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from pipeline import Pipeline
from pipeline.evaluate.peers import PEERS, Given, contest

from .conftest import SEEDS

TEXTS = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))[:3]]


@pytest.mark.parametrize("name", PEERS)
def test_a_peer_runs_on_articles_and_on_what_is_too_short_for_it(pipeline: Pipeline, name: str) -> None:
    package, run = PEERS[name]
    assert run.__doc__
    if find_spec(package) is None:
        with pytest.raises(ModuleNotFoundError, match=package):
            contest(name, Given(pipeline.tools.kiwi, ["제목"], ["아마존이 설비투자를 늘린다."]))()
        return
    contest(name, Given(pipeline.tools.kiwi, [f"제목 {n}" for n in range(3)], TEXTS))()
    contest(name, Given(pipeline.tools.kiwi, ["제목"], ["아마존이 설비투자를 늘린다. 2천억 달러다."]))()


def test_peers_get_words_and_sentences_of_kiwi(pipeline: Pipeline) -> None:
    given = Given(pipeline.tools.kiwi, [""], [""])
    assert given.sentences("아마존이 설비투자를 늘린다. 2천억 달러다.") == [
        "아마존이 설비투자를 늘린다.",
        "2천억 달러다.",
    ]
    assert {"아마존", "늘리"} <= set(given.words("아마존이 설비투자를 늘린다."))
