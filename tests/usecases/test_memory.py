"""The search for garbage is paused while an answer is made, and only then."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from tracer.errors import NothingOnRecord
from tracer.model.evidence import Evidence
from tracer.model.period import ALL_DAYS
from tracer.store.codes import Code
from tracer.store.engine import open_engine
from tracer.usecases import portfolio
from tracer.usecases.memory import no_collection
from tracer.usecases.trace import trace_number


@pytest.fixture(params=[True, False], ids=["was_on", "was_off"])
def was_enabled(request: pytest.FixtureRequest) -> Iterator[bool]:
    kept = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if kept else gc.disable)()


def test_afterwards_it_is_as_before(was_enabled: bool) -> None:
    with no_collection():
        assert not gc.isenabled()
        with no_collection():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled() is was_enabled


def test_an_error_within_changes_nothing(was_enabled: bool) -> None:
    with pytest.raises(ZeroDivisionError), no_collection():
        _ = 1 // 0
    assert gc.isenabled() is was_enabled


def test_a_trace_leaves_it_as_it_was(was_enabled: bool, tmp_path: Path) -> None:
    engine = open_engine(str(tmp_path / "case.db"))
    with engine.connect() as conn, pytest.raises(NothingOnRecord):
        trace_number(conn, "10687415", ALL_DAYS)
    assert gc.isenabled() is was_enabled
    engine.dispose()


def test_a_portfolio_pauses_it_code_by_code(
    was_enabled: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = [Code("106"), Code("107"), Code("108")]
    during: list[bool] = []

    def evidence(
        _: Connection, asked: list[Code], _details: frozenset[str]
    ) -> Iterator[tuple[Code, Evidence]]:
        for code in asked:
            during.append(gc.isenabled())
            yield code, Evidence(code.digits)

    monkeypatch.setattr(portfolio, "codes_on_record", lambda _: codes)
    monkeypatch.setattr(portfolio, "scan_evidence", evidence)
    engine = open_engine(str(tmp_path / "case.db"))
    with engine.connect() as conn:
        entries = portfolio.scan_portfolio(conn)
        assert gc.isenabled() is was_enabled
        for _ in range(2):
            next(entries)
            assert gc.isenabled() is was_enabled  # the caller's own work, and walking off
        assert [code for code, _ in portfolio.walk_codes(conn, portfolio.list_codes(conn))] == codes
    assert during == [False] * 5
    assert gc.isenabled() is was_enabled
    engine.dispose()
