"""A newsroom that is killed at random moments loses nothing and sends nothing twice.

More kills: ``python -m tests.crashing_newsroom 200``.
"""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from .crashing_newsroom import READERS, Box, crash, gathered, sent
from .thorough import thorough

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such end on this system")


@thorough
def test_kills_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    told, *lost = crash(2, 3, tmp_path)
    assert int(told.split()[0]) >= 4 * 2
    assert lost == []
    # What would be a loss is seen as one.
    box = Box()
    box.got["reader0@example.com", "제목"] = 2
    readers = [f"reader{n}@example.com" for n in range(READERS)]
    assert len(sent(tmp_path / "room", "1999-01-01", readers, box)) == 1 + READERS
    assert gathered(tmp_path / "room", 999)
