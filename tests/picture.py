"""``python -m tests.picture FILE.png``: the digest of ``seeds/`` as a reader sees it, for the README."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from pipeline import Pipeline, read
from pipeline.settings import load_messages
from pipeline.writers import DIGEST_WRITERS

from .chromium import Chromium, find

_WIDTH, _HEIGHT = 900, 1240


def main(target: Path) -> int:
    """Make the digest, open it in Chromium, and save the top of the page."""
    if find() is None:
        print("no Chromium on this machine: apt-get install chromium fonts-noto-cjk", file=sys.stderr)
        return 1
    pipeline = Pipeline()
    digest = pipeline.digest(list(pipeline.stream(read(Path(__file__).parents[1] / "seeds"))))
    with tempfile.TemporaryDirectory() as folder, Chromium() as browser:
        page = Path(folder) / "digest.html"
        page.write_text(DIGEST_WRITERS["html"](digest, load_messages("ko"), None), encoding="utf-8")
        browser.look(_WIDTH, _HEIGHT)
        browser.open(page)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(browser.picture(_HEIGHT))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/digest.png")))
