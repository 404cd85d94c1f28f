"""``python -m pipeline``: the command, where ``yoyak`` is not on the path of the shell."""

from __future__ import annotations

from .cli import main

if __name__ == "__main__":
    main()
