"""Documents that rows name: found beside the table, hashed, recorded."""

from pathlib import Path

from sqlalchemy import Connection

from tracer.ingest.digests import digest_file
from tracer.model.diagnostic import Note
from tracer.store.documents import add_document

__all__ = ["DocumentFinder"]


class DocumentFinder:
    """Records the documents one table names, and remarks on those that are not there.

    Parameters
    ----------
    conn : Connection
        Where they are recorded.
    table : pathlib.Path
        The file that names them; their paths are relative to its folder.
    shown : str
        That file's path as given.
    root : pathlib.Path
        Nothing outside this folder is followed: a cell must not make the program read and
        hash whatever it names.
    """

    def __init__(self, conn: Connection, table: Path, shown: str, root: Path) -> None:
        self._conn = conn
        self._folder = table.parent
        self._shown = shown.rpartition("/")[0]
        self._root = root.resolve()
        self.notes: list[Note] = []

    def __call__(self, path: str) -> int:
        """Record the document at a path; one that is missing is recorded without a digest."""
        relative = path.replace("\\", "/")
        file = (self._folder / relative).resolve()
        shown = f"{self._shown}/{relative}" if self._shown else relative
        if not file.is_relative_to(self._root):
            self.notes.append(Note("document_outside", {"path": path}))
        elif not file.is_file():
            self.notes.append(Note("document_missing", {"path": path}))
        else:
            digests = digest_file(file)
            return add_document(self._conn, shown, digests.sha256, digests.sm3, digests.size)
        return add_document(self._conn, shown, None, None, None)
