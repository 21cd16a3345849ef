"""What makes the program stop: the `TracerError` tree.

::

    TracerError                  cannot go on; has one line to say and an exit status
    ├── UsageError        (2)    the command's words, or an input that cannot be used at all
    ├── NothingOnRecord   (4)    no party at all in the scope asked for
    ├── RowsRejected      (5)    rows were rejected and --strict was given
    └── IntegrityError    (6)    a package or a database fails its verification

Bad data is a `Diagnostic` and something found in the world a `Finding`; both are returned.
"""

from typing import ClassVar

from tracer.messages import Language, text

__all__ = ["IntegrityError", "NothingOnRecord", "RowsRejected", "TracerError", "UsageError"]


class TracerError(Exception):
    """The program cannot go on.

    Parameters
    ----------
    key : str
        Key of the message, under `error.` in the catalogue.
    **values : object
        What its placeholders stand for: the file, sheet, row, name concerned; another error
        stands for what it says.
    """

    exit_status: ClassVar[int] = 1

    def __init__(self, key: str, /, **values: object) -> None:
        self.key = key
        self.values = values
        super().__init__(self.message("en"))

    def __reduce__(self) -> tuple[object, ...]:
        """Travel from one process to another as key and values."""
        return _made_anew, (type(self), self.key, self.values)

    def message(self, lang: Language) -> str:
        """Say in one line what is wrong, where, and what to do."""
        said = {
            name: value.message(lang) if isinstance(value, TracerError) else value
            for name, value in self.values.items()
        }
        return " ".join(text(f"error.{self.key}", lang, **said).split())


class UsageError(TracerError):
    """The command's words are off, or an input cannot be used at all."""

    exit_status = 2


class NothingOnRecord(TracerError):  # noqa: N818 - an answer, not a fault
    """Nothing on record answers the question."""

    exit_status = 4


class RowsRejected(TracerError):  # noqa: N818 - ditto
    """Rows were rejected although `--strict` was given."""

    exit_status = 5


class IntegrityError(TracerError):
    """A package or a database is not what it was recorded to be."""

    exit_status = 6


def _made_anew(kind: type[TracerError], key: str, values: dict[str, object]) -> TracerError:
    return kind(key, **values)
