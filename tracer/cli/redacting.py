"""What `--redact`, `--keep`, `--pseudonyms` and `--key` say."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tracer.errors import UsageError

if TYPE_CHECKING:
    from tracer.usecases.redaction import Redaction

__all__ = ["read_redaction"]


def read_redaction(
    redact: bool,
    out: Path,
    keep: Sequence[str] | None,
    pseudonyms: str | None,
    key: str | None,
    codes: Sequence[str],
) -> "Redaction | None":
    """Read what is to be hidden; None if nothing is.

    Raises
    ------
    UsageError
        If an option speaks of hiding and `--redact` is not given, or a file cannot be used.
    """
    if not redact:
        said = (("--keep", keep), ("--pseudonyms", pseudonyms), ("--key", key))
        for name, value in (*said, ("--mask-digits", codes)):
            if value:
                raise UsageError("redact_only", option=name)
        return None
    from tracer.usecases.redaction import Redaction, key_file_of, read_pseudonyms

    given = {} if pseudonyms is None else read_pseudonyms(Path(pseudonyms))
    file = key_file_of(out) if key is None else Path(key)
    return Redaction(file, tuple(keep or ()), tuple(codes), given)
