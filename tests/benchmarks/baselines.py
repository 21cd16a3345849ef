"""What others do with the same files, each as a process of its own.

`python -m tests.benchmarks.baselines contracts FILE DATABASE`, `… log FILE DATABASE`,
`… count FILE`.
"""

import sqlite3
import sys
from pathlib import Path

__all__ = ["count_rows", "load_contracts", "load_log"]


def load_contracts(file: Path, database: Path) -> None:
    """Write a table as it stands with pandas; nothing is checked."""
    import pandas as pd
    from sqlalchemy import create_engine

    engine = create_engine(f"sqlite:///{database}")
    for chunk in pd.read_csv(file, dtype=str, chunksize=100_000):
        chunk.to_sql("contracts", engine, if_exists="append", index=False)
    engine.dispose()


def load_log(file: Path, database: Path) -> None:
    """Check, clear of duplicates, sum and write a log as one would with pandas."""
    import pandas as pd

    names = ["at", "number", "upstream", "downstream", "message_id", "status", "reporter"]
    log = pd.read_csv(
        file, header=0, names=names, dtype=str, keep_default_na=False, na_values=[], engine="c"
    )
    log.insert(0, "row", range(2, len(log) + 2))
    times = log["at"].str.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
    parsed = pd.to_datetime(log["at"], format="%Y-%m-%d %H:%M:%S", errors="coerce")
    good = (
        times.fillna(value=False).astype(bool)
        & parsed.notna()
        & log["number"].str.fullmatch(r"\d{3,20}").fillna(value=False).astype(bool)
        & (log["upstream"].str.strip().str.len() > 0)
        & (log["downstream"].str.strip().str.len() > 0)
        & log["reporter"].notna()
    )
    rejected = log.loc[~good]
    log = log.loc[good].assign(day=parsed.dt.strftime("%Y-%m-%d"))
    log = log.drop_duplicates(["reporter", "message_id", "number", "upstream", "downstream", "at"])
    log["stopped"] = log["status"].str.contains("REJECTD").astype(int)
    keys = ["upstream", "downstream", "number", "day", "reporter"]
    totals = (
        log.groupby(keys, sort=True)
        .agg(
            rows=("at", "size"),
            blocked=("stopped", "sum"),
            first_row=("row", "min"),
            last_row=("row", "max"),
            first_at=("at", "min"),
            last_at=("at", "max"),
        )
        .reset_index()
    )
    with sqlite3.connect(database) as connection:
        connection.execute(f"CREATE TABLE routing ({', '.join(totals.columns)})")
        marks = ", ".join("?" * len(totals.columns))
        rows = totals.astype(object).itertuples(index=False, name=None)
        connection.executemany(f"INSERT INTO routing VALUES ({marks})", rows)
        connection.execute("CREATE TABLE rejected (row, raw)")
        raws = zip(rejected["row"].tolist(), rejected["at"].tolist(), strict=True)
        connection.executemany("INSERT INTO rejected VALUES (?, ?)", raws)


def count_rows(file: Path) -> None:
    """Let DuckDB count the rows of a file, all of whose columns it takes for text."""
    import duckdb

    if file.suffix == ".parquet":
        query = f"SELECT count(*), count(DISTINCT length(消息ID)) FROM read_parquet('{file}')"
    else:
        with file.open("rb") as stream:
            names = [f"c{place}" for place in range(stream.readline().count(b",") + 1)]
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
        query = (
            f"SELECT count(*) FROM read_csv('{file}', header=true, all_varchar=true,"
            f" null_padding=true, columns={{{columns}}})"
        )
    duckdb.execute(query).fetchall()


def main() -> None:
    """Do what the words of the command line say."""
    what, *paths = sys.argv[1:]
    work = {"contracts": load_contracts, "log": load_log, "count": count_rows}[what]
    work(*map(Path, paths))  # type: ignore[operator]


if __name__ == "__main__":
    main()
