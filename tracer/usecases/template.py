"""The empty workbook and `case.toml` to fill in."""

from pathlib import Path

from tracer.ingest import template
from tracer.messages import Language

__all__ = ["write_template"]


def write_template(folder: Path, lang: Language) -> tuple[Path, ...]:
    """Write the workbook of all tables and a commented `case.toml`; never over a file there.

    Returns
    -------
    tuple of pathlib.Path
        What was written.
    """
    return template.write_template(folder, lang)
