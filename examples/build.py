"""Builds the input files of the examples: `python -m examples.build`, from the repository root.

What is built is committed; this script says where it comes from. Two runs give the same bytes
(with the same versions of openpyxl and pyarrow). `case.toml`, the READMEs, `EXPECTED.md` and
the `expected.json` files are written by hand: nothing here, and nothing of tracer, makes them.
"""

from pathlib import Path

from examples import audit_files, hangzhou_files, supplement_files

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Write both cases, and the papers that go with the first."""
    hangzhou_files.build(HERE / "hangzhou")
    supplement_files.build(HERE / "hangzhou-supplement")
    audit_files.build(HERE / "audit")


if __name__ == "__main__":
    main()
