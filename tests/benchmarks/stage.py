"""The files that are measured, made once and kept under `bench-out/`."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .generate_contracts import Market
from .generate_logs import Planted, write_logs, write_without_ids

__all__ = ["Log", "Stage"]


@dataclass(frozen=True)
class Log:
    """One log in its three forms, and what was planted in it."""

    rows: int
    plain: Path
    gb18030: Path
    parquet: Path
    planted: Planted


@dataclass(frozen=True)
class Stage:
    """A folder of files, and of databases that are made anew.

    Parameters
    ----------
    home : pathlib.Path
        Where they lie.
    """

    home: Path

    def market(self, contracts: int) -> tuple[Market, Path, Path]:
        """Give a market and its tables: contracts, allocations."""
        market = Market(contracts)

        def write(folder: Path) -> None:
            market.write_contracts(folder / "contracts.csv")
            market.write_allocations(folder / "allocations.csv")

        made = self._make(f"market-{contracts}", write)
        return market, made / "contracts.csv", made / "allocations.csv"

    def log(self, rows: int) -> Log:
        """Give a log, over the hops of a market of a tenth as many contracts, a million at most."""
        market = Market(max(2000, min(1_000_000, rows // 10)))
        made = self._make(f"log-{rows}", lambda folder: write_logs(market, rows, folder))
        planted = Planted.load(made / "log.planted.json")
        files = (made / "log.csv", made / "log_gb18030.csv", made / "log.parquet")
        return Log(rows, *files, planted)

    def log_without_ids(self, log: Log) -> Path:
        """Give a log as CSV without message ids."""
        folder = self._make(
            f"log-{log.rows}-without-ids",
            lambda folder: write_without_ids(log.plain, folder / "log.csv"),
        )
        return folder / "log.csv"

    def _make(self, name: str, write: Callable[[Path], object]) -> Path:
        made = self.home / name
        if not made.exists():
            draft = self.home / f"{name}.part"
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir(parents=True)
            write(draft)
            draft.rename(made)
        return made

    def fresh(self, name: str) -> Path:
        """Give the path of a database that is not there (any more)."""
        self.home.mkdir(parents=True, exist_ok=True)
        for old in self.home.glob(f"{name}.db*"):
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        return self.home / f"{name}.db"
