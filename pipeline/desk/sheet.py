"""An issue on the desk: what its articles make, what its editor changed, and what the file says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from ..digest import Basis
from ..newsroom import CHANGES, Material, Newsroom
from ..records import Changes, Digest, Edited, SentError, StaleError
from ..settings import load_messages, read_changes
from ..writers import changes_toml, write_whole
from .asked import mark

#: States that can be gone back to.
_STEPS = 200


class Sheet:
    """An issue that is being edited, for one thread at a time.

    What an editor does is in its file before it is answered. The file may be written by others, by hand or
    by another desk: it is looked at before each answer.

    Parameters
    ----------
    date
        ISO date of the issue; default: today.

    Attributes
    ----------
    material, basis
        What the issue is made of.
    articles
        Ids of its articles by their short names.
    changes
        As the file has them.

    Raises
    ------
    ConfigError
        The file can't be read; of every method.
    """

    def __init__(self, room: Newsroom, date: str | None = None) -> None:
        self.room = room
        self.texts = load_messages(room.settings.lang)
        self.material: Material
        self.basis: Basis
        self._read(date)
        self.file: Path = room.issue_folder(self.material.date) / CHANGES
        self.changes, self._data = Changes(), b""
        self._done: list[Changes] = []
        self._undone: list[Changes] = []
        self._edited: Edited | None = None
        self.look()

    def _read(self, date: str | None) -> None:
        self.material = self.room.material(date)
        self.basis = self.room.basis(self.material)
        self.articles = {mark(name): name for name in self.basis.reports}
        self._edited = None

    @property
    def edited(self) -> Edited:
        """The issue as it is now."""
        if self._edited is None:
            self._edited = self.room.edited(self.basis, self.changes)
        return self._edited

    @property
    def version(self) -> str:
        """What a window says that it has seen: the number in the file, and what it holds."""
        return f"{self.changes.version}-{sha256(self._data).hexdigest()[:12]}"

    @property
    def fresh(self) -> int:
        """How many articles have come in since those of the issue were read."""
        return 0 if self.material.sent else self.room.waiting(self.material)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether a change was taken back."""
        return bool(self._undone)

    def look(self) -> None:
        """Read the file again if it is another one."""
        data = self._on_disk()
        if data != self._data:
            found = read_changes(data, self.file)
            if self._data:
                self._done.append(self.changes)
            self.changes, self._data, self._edited = found, data, None
            self._undone.clear()

    def change(self, seen: str, make: Callable[[Changes, Basis, Digest], Changes]) -> bool:
        """Change the issue, and save it.

        Parameters
        ----------
        seen
            The version that the editor has seen.

        Returns
        -------
        bool
            Whether anything is another than it was.

        Raises
        ------
        StaleError
            That is not the version there is.
        BadChangeError
            The change makes no sense; nothing is saved.
        SentError
            The issue has gone out.
        OSError
            The file can't be written; nothing is changed.
        """
        self._check(seen)
        made = make(self.changes, self.basis, self.edited.digest)
        if made == self.changes:
            return False
        before = self.changes
        self._save(made)
        self._done = [*self._done[-_STEPS:], before]
        self._undone.clear()
        return True

    def undo(self, seen: str) -> bool:
        """Take the last change back; False where there is none."""
        return self._go(seen, self._done, self._undone)

    def redo(self, seen: str) -> bool:
        """Make again what was taken back last; False where there is none."""
        return self._go(seen, self._undone, self._done)

    def again(self) -> None:
        """Read the articles anew: some may have come in."""
        self._read(self.material.date)

    def write(self) -> tuple[Path, ...]:
        """Write the issue's files."""
        return self.room.write(self.material, self.edited.digest, self.changes)

    def _go(self, seen: str, here: list[Changes], there: list[Changes]) -> bool:
        self._check(seen)
        if not here:
            return False
        before = self.changes
        self._save(here[-1])
        here.pop()
        there.append(before)
        return True

    def _check(self, seen: str) -> None:
        if self.material.sent:
            raise SentError
        self.look()
        if seen != self.version:
            raise StaleError

    def _save(self, made: Changes) -> None:
        """Write the file, if nobody else has meanwhile."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        lock = self.room.lock("changes")
        try:
            if self._on_disk() != self._data:
                raise StaleError
            made = replace(made, version=self.changes.version + 1)
            data = changes_toml(made, self._data.decode("utf-8-sig")).encode("utf-8")
            write_whole(self.file, data, synced=True)
        finally:
            lock.release()
        self.changes, self._data, self._edited = made, data, None

    def _on_disk(self) -> bytes:
        try:
            return self.file.read_bytes()
        except FileNotFoundError:
            return b""
