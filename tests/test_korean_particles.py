"""Particles at the end of a word."""

from __future__ import annotations

import pytest

from pipeline.korean.particles import COMMON, PARTICLES, SYLLABLES, bare


@pytest.mark.parametrize(
    ("word", "without"),
    [
        ("가람전자는", "가람전자"),
        ("서울에서는", "서울"),
        ("데이터센터로", "데이터센터"),
        ("위기라는", "위기"),
        ("나라", "나라"),
        ("나이", "나이"),
        ("가람", "가람"),
    ],
)
def test_a_word_without_its_particle(word: str, without: str) -> None:
    assert bare(word) == without


def test_longer_particles_are_tried_first() -> None:
    assert [len(one) for one in PARTICLES] == sorted((len(one) for one in PARTICLES), reverse=True)
    assert set(COMMON) <= set(PARTICLES)
    assert set(SYLLABLES) == {one for one in COMMON if len(one) == 1}
