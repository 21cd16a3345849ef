"""One sheet of a workbook, or one file without sheets, ready to be read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tracer.errors import UsageError
from tracer.ingest.casetoml import FileSettings
from tracer.ingest.compression import reading_error
from tracer.ingest.digests import Digests
from tracer.ingest.headers import HeaderMatch
from tracer.ingest.logshape import LogShape
from tracer.ingest.rows import RawRow, join_cells
from tracer.ingest.textfiles import detect_encoding
from tracer.model.diagnostic import Diagnostic, Note

__all__ = ["Misjudged", "OpenSheet", "Reader", "SettingsFor", "Show"]


class Misjudged(Exception):  # noqa: N818 - a signal to the caller, not a fault
    """The encoding of a file is not the one that was presumed: it must be opened again."""


Show = Callable[[tuple[str, ...]], str]
SettingsFor = Callable[[str | None], FileSettings]
Reader = Callable[[HeaderMatch, Show], Iterator[RawRow | Diagnostic]]
"""Yields the rows below a header, and what of them cannot be one."""


@dataclass(frozen=True)
class OpenSheet:
    """One sheet of a workbook, or one file without sheets, ready to be read.

    Parameters
    ----------
    path, sheet_no, sheet : str, int, str or None
        As in `SourceSheet`.
    digests : Digests
        Of the file's bytes; perhaps still in the making.
    encoding, delimiter : str or None
        Of a text file.
    header : HeaderMatch or None
        None when the sheet matches no table.
    file : pathlib.Path
        Where the bytes are.
    notes : tuple of Note
        What opening it brought to light.
    settings : FileSettings
        What was said of this very sheet; pass it on to `read_paper`.
    fault : UsageError or None
        Why the sheet is refused while others of its workbook can be read; it has no header then.
    shape : LogShape or None
        What a profile says of a gateway's log.
    is_presumed : bool
        Whether the encoding was told by the beginning of the file; see `confirm`.
    """

    path: str
    sheet_no: int
    sheet: str | None
    digests: Digests
    encoding: str | None
    header: HeaderMatch | None
    delimiter: str | None
    file: Path
    notes: tuple[Note, ...] = ()
    settings: FileSettings = field(default_factory=FileSettings)
    reader: Reader | None = field(default=None, repr=False, compare=False)
    fault: UsageError | None = None
    shape: LogShape | None = None
    is_presumed: bool = False

    @property
    def sha256(self) -> str:
        """SHA-256 of the file's bytes."""
        return self.digests.sha256

    @property
    def sm3(self) -> str:
        """SM3 of the file's bytes."""
        return self.digests.sm3

    @property
    def size(self) -> int:
        """Give the length of the file."""
        return self.digests.size

    def confirm(self) -> None:
        """Make sure of the encoding, because something of the file could not be read in it.

        Raises
        ------
        Misjudged
            If it is another.
        """
        if self.is_presumed and detect_encoding(self.file) != self.encoding:
            raise Misjudged(self.path)

    def rows(self, show: Show = join_cells) -> Iterator[RawRow | Diagnostic]:
        """Yield the data rows below the header.

        Each is a row of the header's width, or a `Diagnostic`: a row of another width, a line
        that cannot be decoded, the header once more, an error cell. Blank rows are no rows.

        Parameters
        ----------
        show : callable
            Writes the raw text of a reject from its cells; mask people there.

        Raises
        ------
        UsageError
            If the file cannot be read on.
        """
        if self.header is None or self.reader is None:
            return
        try:
            self.confirm()
            for row in self.reader(self.header, show):
                yield _checked(row, self.header, show)
        except OSError as fault:
            raise reading_error(self.path, fault) from fault


def _checked(row: RawRow | Diagnostic, header: HeaderMatch, show: Show) -> RawRow | Diagnostic:
    """Turn down a header that comes once more, as at the top of every printed page."""
    if (
        isinstance(row, RawRow)
        and " ".join(row.cells[0].split()) == header.printed[0]
        and tuple(" ".join(cell.split()) for cell in row.cells) == header.printed
    ):
        return Diagnostic(row.row, None, show(row.cells), "repeated_header")
    return row
