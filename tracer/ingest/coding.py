"""From texts to keys: every distinct text of a sheet is read once, and its rows carry a number.

`SheetCoder` turns blocks of a log into rows of the table `raw` of `expression`, and what the
texts say into the mapping tables beside it. An engine that reads elsewhere asks it for the keys
of distinct texts (`keys`, columns of each book in `BOOKS`), and for the same `mappings`.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar
from zoneinfo import ZoneInfo

from tracer.ingest.accountbook import AccountBook
from tracer.ingest.codebooks import Codebook, TextMemory, measured
from tracer.ingest.codetables import Numbering, arrow_schema, map_values
from tracer.ingest.joinedcells import CellLayout
from tracer.ingest.logblocks import JOINED, LogBlock
from tracer.ingest.logcells import (
    Fault,
    is_blocked,
    read_amount,
    read_moment,
    read_reporter,
    read_source,
)
from tracer.ingest.loghops import HopRun, faulty_hop, read_hop
from tracer.ingest.logshape import LogShape
from tracer.ingest.messageids import MessageIds
from tracer.ingest.timecoding import TimeCoder
from tracer.ingest.values import CellError
from tracer.model.segment import MAX_DIGITS

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Ints = np.ndarray[Any, np.dtype[np.int32]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]

__all__ = ["BOOKS", "Numbering", "SheetCoder", "arrow_schema"]

Said = TypeVar("Said")

BOOKS: Final[dict[str, tuple[str, ...]]] = {
    "moments": ("sent_at",),
    "sources": ("number", "extension"),
    "hops": ("upstream", "downstream", "account", "connector"),
    "amounts": ("messages", "parts"),
    "statuses": ("status",),
    "reporters": ("reported_by",),
}
"""The columns whose texts, together, have a key in each mapping table of `expression`."""

_BOOKS_OF: Final = tuple(
    tuple(book for book, columns in BOOKS.items() if group.issuperset(columns)) for group in JOINED
)
"""The books whose columns are joined, group by group."""


class SheetCoder:
    """Codes the rows of one sheet.

    Parameters
    ----------
    sheet : int
        Number of the sheet within the load.
    columns : collection of str
        Canonical columns the sheet has.
    book : AccountBook
        Accounts on record.
    zone : zoneinfo.ZoneInfo
        Zone the calendar days are counted in.
    reporter : str or None
        Whose log it is where no cell says.
    numbering : Numbering
        Where its keys begin; moved on by `mappings`.
    shape : LogShape or None
        What a profile says of the log.

    Attributes
    ----------
    unit : str
        What the log counts: `messages`, or `parts` where it states nothing else.
    faults : list of Fault
        By the number that rows at fault get; complete once `mappings` was called.
    """

    def __init__(
        self,
        sheet: int,
        columns: Iterable[str],
        book: AccountBook,
        zone: ZoneInfo,
        reporter: str | None,
        numbering: Numbering,
        shape: LogShape | None = None,
    ) -> None:
        import numpy as np

        self._sheet, self._numbering = sheet, numbering
        self._shape = shape = shape or LogShape()
        self._columns = frozenset(columns) | frozenset(shape.constants)
        self.unit = (
            "parts" if "parts" in self._columns and "messages" not in self._columns else "messages"
        )
        counts_parts = self.unit == "parts"
        named_by = "downstream" if "downstream" in self._columns else "account"
        self._fault_ids: dict[Fault, int] = {}
        self.faults: list[Fault] = []
        for column in ("account", "connector"):  # TOO_LONG and TOO_LONG_ABOVE of the expression
            self._fault(Fault(column, "number_too_long"))
        self._moments = self._book(
            "moments",
            lambda text: read_moment(text, zone),
            is_odd=lambda value: isinstance(value, Fault) or not value.steady,
        )
        self._sources = self._book("sources", read_source)
        self._hops: Codebook[tuple[HopRun, ...]] = self._book(
            "hops",
            lambda *cells: read_hop(book, *cells, named_by=named_by),
            refuse=faulty_hop,
            is_odd=lambda runs: any(run.fault is not None for run in runs),
        )
        self._amounts = self._book(
            "amounts",
            lambda messages, parts: read_amount(messages, parts, counts_parts=counts_parts),
        )
        self._statuses = self._book("statuses", is_blocked)
        self._reporters = self._book("reporters", lambda text: read_reporter(text, reporter))
        self._books: dict[str, Codebook[Any]] = {
            "moments": self._moments,
            "sources": self._sources,
            "hops": self._hops,
            "amounts": self._amounts,
            "statuses": self._statuses,
            "reporters": self._reporters,
        }
        self._digits: Ints = np.zeros(0, dtype=np.int32)
        self._added: Ints = np.zeros(0, dtype=np.int32)
        self._ids = MessageIds(self._reshaped("message_id"))
        self._times = TimeCoder(self._moments, is_rewritten=bool(self._reshaped("sent_at")))
        self._memories: dict[tuple[tuple[str, ...], CellLayout], TextMemory] = {}

    def _book(
        self,
        name: str,
        read: Callable[..., Said | Fault],
        refuse: Callable[[Fault], Said | Fault] = lambda fault: fault,
        is_odd: Callable[[Any], bool] = lambda value: isinstance(value, Fault),
    ) -> Codebook[Any]:
        """Make a codebook that obeys the profile before it reads."""
        reshaped = [self._reshaped(column) for column in BOOKS[name]]

        def read_reshaped(*cells: str) -> Said | Fault:
            texts = []
            for column, reshape, cell in zip(BOOKS[name], reshaped, cells, strict=True):
                try:
                    texts.append(reshape(cell) if reshape else cell)
                except CellError as error:
                    return refuse(Fault.of(column, error))
            return read(*texts)

        chosen = read_reshaped if any(reshaped) else read
        return Codebook(chosen, self._numbering.first[name], is_odd)

    def _reshaped(self, column: str) -> Callable[[str], str] | None:
        """Give what a profile makes of the texts of a column; None: it leaves them alone."""
        rewrite = self._shape.rewrite.get(column)
        constant = self._shape.constants.get(column, "")
        if rewrite is None and not constant:
            return None

        def reshape(cell: str) -> str:
            text = rewrite(cell) if rewrite and not _is_empty(cell) else cell
            return constant if constant and _is_empty(text) else text

        return reshape

    def keys(self, book: str, texts: Sequence[tuple[str, ...]]) -> "Ints":
        """Give the keys of rows of texts, as `encode` would; new texts are read.

        Parameters
        ----------
        book : str
            One of `BOOKS`.
        texts : sequence of tuple of str
            Cells of the columns of that book; blank where the sheet lacks the column.

        Examples
        --------
        >>> coder = SheetCoder(1, ["number"], AccountBook([]), ZoneInfo("UTC"), None, Numbering())
        >>> coder.keys("sources", [("10687415", ""), ("1068 7415", "*"), ("1068", "")]).tolist()
        [0, 0, 1]
        """
        return self._books[book].keys(texts)

    def said(self, book: str, texts: tuple[str, ...]) -> Any:
        """Give what the texts of one row say: the value behind their key.

        Examples
        --------
        >>> coder = SheetCoder(1, ["number"], AccountBook([]), ZoneInfo("UTC"), None, Numbering())
        >>> coder.said("sources", ("1068 7415", "01"))
        '1068741501'
        """
        found = self._books[book]
        return found.values[int(found.keys([texts])[0]) - found.first]

    def message_id(self, cell: str) -> str | Fault | None:
        """Give the message id of one row as it is compared; None where there is none."""
        import pyarrow as pa

        ids, _, refused = self._ids.encode(pa.array([cell], pa.string()), 1)
        if refused:
            return Fault.of("message_id", refused[0][1])
        found: str | None = ids[0].as_py()
        return found

    def encode(self, block: LogBlock) -> "pa.Table":
        """Code a block: rows of the table `raw`."""
        import numpy as np
        import pyarrow as pa

        count = len(block.rows)
        keys: dict[str, Any] = {}
        moments, past, suspect = self._times.encode(block.columns.get("sent_at"), count)
        for books, joined in zip(_BOOKS_OF, block.joined, strict=True):
            *found, odd = self._memory(books, joined.layout).numbers(joined.texts)
            suspect |= odd.astype(np.bool_)
            keys |= dict(zip(books, found, strict=True))
        ids, hashes, refused = self._ids.encode(block.columns.get("message_id"), count)
        id_fault = pa.nulls(count, pa.int32())
        if refused:
            faults = np.full(count, -1, dtype=np.int32)
            for place, error in refused:
                faults[place] = self._fault(Fault.of("message_id", error))
            suspect = suspect | (faults >= 0)
            id_fault = pa.array(faults, mask=faults < 0)
        return pa.Table.from_arrays(
            [
                pa.array(np.full(count, self._sheet, dtype=np.int32)),
                pa.array(np.asarray(block.rows, dtype=np.int64)),
                pa.array(moments),
                pa.array(past),
                *(pa.array(keys[name]) for name in list(BOOKS)[1:]),
                ids,
                hashes,
                id_fault,
                pa.array(suspect),
            ],
            schema=arrow_schema("raw"),
        )

    def _memory(self, books: tuple[str, ...], layout: CellLayout) -> TextMemory:
        """Give what remembers, of texts joined so, the key in each book and whether one is odd."""
        memory = self._memories.get((books, layout))
        if memory is None:
            memory = TextMemory(len(books) + 1, partial(self._read_joined, books, layout))
            self._memories[books, layout] = memory
        return memory

    def _read_joined(
        self, books: tuple[str, ...], layout: CellLayout, texts: list[str]
    ) -> "list[Ints]":
        cells = layout.split(texts)
        blanks = ("",) * len(texts)
        keys = {
            book: self._books[book].keys(
                list(zip(*(cells.get(name, blanks) for name in BOOKS[book]), strict=True))
            )
            for book in books
        }
        return [*keys.values(), self._odd(keys).astype("int32")]

    def _odd(self, keys: "dict[str, Ints]") -> "Flags":
        """Tell which of these keys, side by side, want a second look."""
        import numpy as np

        odd = np.zeros(len(next(iter(keys.values()))), dtype=np.bool_)
        for name, found in keys.items():
            flags = self._books[name].odd(found)
            if flags is not None:
                odd |= flags
        if "hops" in keys:
            odd |= self._may_be_too_long(keys["sources"], keys["hops"])
        return odd

    def _may_be_too_long(self, source: "Ints", hop: "Ints") -> "Flags":
        import numpy as np

        self._added = measured(
            self._added,
            self._hops.values,
            lambda runs: max(len(run.appends) + len(run.above_appends) for run in runs),
        )
        if not self._added.any():
            return np.zeros(len(source), dtype=np.bool_)
        self._digits = measured(
            self._digits,
            self._sources.values,
            lambda value: 0 if isinstance(value, Fault) else len(value),
        )
        total = self._digits[source - self._sources.first] + self._added[hop - self._hops.first]
        return np.asarray(total > MAX_DIGITS)

    @property
    def has_connectors(self) -> bool:
        """Tell whether rows may give a second hop."""
        return "connector" in self._columns

    @property
    def has_ids(self) -> bool:
        """Tell whether rows may have a message id."""
        return "message_id" in self._columns

    def mappings(self) -> "dict[str, pa.Table]":
        """Give what the texts of the sheet say, and move the numbering on to the next sheet."""
        return map_values(self._books, self._numbering, self._fault)

    def _fault(self, fault: Fault) -> int:
        number = self._fault_ids.setdefault(fault, len(self.faults))
        if number == len(self.faults):
            self.faults.append(fault)
        return number


def _is_empty(text: str) -> bool:
    return not text or text.isspace()
