"""Records of the paper lane by the hundred thousand: the columns of one table, typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring

from tracer.model.columns import Column, slice_column
from tracer.model.paper import PaperRow

__all__ = ["PaperColumns", "raw_text"]


def raw_text(cells: Iterable[tuple[str, str]]) -> str:
    """Write the raw cells of a row as they are kept: JSON pairs of header and text.

    Examples
    --------
    >>> raw_text((("合同编号", "HT-1"), ("号段", "10687415")))
    '[["合同编号","HT-1"],["号段","10687415"]]'
    """
    pairs = [f"[{encode_basestring(title)},{encode_basestring(text)}]" for title, text in cells]
    return f"[{','.join(pairs)}]"


@dataclass(frozen=True, slots=True)
class PaperColumns:
    """Records that stand in a table one below the other, as columns.

    It says what as many records of that class would say, and is only a faster way to say it.

    Parameters
    ----------
    record : type
        Class of the records.
    count : int
        How many there are.
    rows : sequence of int
        Physical row of each, ascending.
    raw : column
        Raw cells of each, as `raw_text` writes them; personal data masked.
    fields : Mapping of str to column
        By attribute of the record and of its provenance (`document`, `page`, `obtained_from`,
        `obtained_on`). A period `term` is two columns, `term.first` and `term.last`.
    """

    record: type[PaperRow]
    count: int
    rows: Sequence[int]
    raw: Column
    fields: Mapping[str, Column]

    def part(self, start: int, stop: int) -> "PaperColumns":
        """Take some of the records."""
        if (start, stop) == (0, self.count):
            return self
        return PaperColumns(
            self.record,
            stop - start,
            self.rows[start:stop],
            slice_column(self.raw, start, stop),
            {name: slice_column(column, start, stop) for name, column in self.fields.items()},
        )
