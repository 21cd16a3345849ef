"""The key that victims' and recipients' digests are made with."""

import os
import secrets
from pathlib import Path

from tracer.errors import UsageError

__all__ = ["case_key", "key_file"]

_KEY_BYTES = 32


def key_file(database: str | None) -> Path | None:
    """Say where the key of a database lies: beside its file.

    Parameters
    ----------
    database : str or None
        Path of an SQLite file; None, blank or `:memory:` for a database without one.

    Returns
    -------
    pathlib.Path or None
        None for a database in memory.

    Examples
    --------
    >>> key_file("case/tracer.db").as_posix(), key_file(":memory:")
    ('case/tracer.db.key', None)
    """
    if not database or database == ":memory:":
        return None
    return Path(f"{database}.key")


def case_key(file: Path | None) -> bytes:
    """Read the key, or make one at first use, for its owner's eyes only.

    Without it the digests in the database tell nobody whose number they were made from.

    Raises
    ------
    UsageError
        If the file holds no key.
    """
    if file is None:
        return secrets.token_bytes(_KEY_BYTES)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        try:
            key = bytes.fromhex(file.read_text("ascii").strip())
        except ValueError:
            key = b""
        if len(key) != _KEY_BYTES:
            raise UsageError("bad_key_file", path=file.as_posix()) from None
        return key
    key = secrets.token_bytes(_KEY_BYTES)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(key.hex() + "\n")
    return key
