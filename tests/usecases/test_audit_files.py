"""An audit in files: by extension, whole or not at all, with a page per code."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from tracer import UsageError, open_case
from tracer.model.period import ALL_DAYS
from tracer.rules.audited import Audit, AuditFilter
from tracer.store.engine import open_engine
from tracer.usecases.audit import audit_codes
from tracer.usecases.audit_files import FORMATS, form_of, write_audit, write_pages
from tracer.usecases.written import write_whole

EXAMPLE = Path(__file__).parents[2] / "examples" / "hangzhou"
AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Connection, Audit]]:
    file = tmp_path_factory.mktemp("audit") / "case.db"
    with open_case(file, now=lambda: AT) as case:
        case.load([EXAMPLE])
    engine = open_engine(str(file))
    with engine.connect() as conn:
        yield conn, audit_codes(conn, ALL_DAYS, AuditFilter())
    engine.dispose()


@pytest.mark.parametrize("form", FORMATS)
def test_two_runs_same_bytes(found: tuple[Connection, Audit], form: str, tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.{form.upper()}" for name in ("one", "two")]
    for file in files:
        write_audit(*found, file, "zh")
    one, two = (file.read_bytes() for file in files)
    assert one == two
    assert one
    assert sorted(tmp_path.iterdir()) == sorted(files), "nothing is left beside them"


def test_json_in_a_file_is_the_document(found: tuple[Connection, Audit], tmp_path: Path) -> None:
    write_audit(*found, tmp_path / "a.json", "en")
    document = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert [each["code"] for each in document["codes"]] == [each.code for each in found[1].codes]
    assert len(document["findings"]) == found[1].finding_count


def test_every_row_leads_to_a_page_that_is_there(
    found: tuple[Connection, Audit], tmp_path: Path
) -> None:
    conn, audit = found
    told: list[tuple[int, int]] = []
    folder = tmp_path / "页 面" / "codes"
    count = write_pages(
        conn, audit, folder, "zh", max_chains=100, progress=lambda *at: told.append(at)
    )
    assert told == [(done, count) for done in range(1, count + 1)]
    (tmp_path / "out").mkdir()
    out = tmp_path / "out" / "overview.html"
    write_audit(conn, audit, out, "zh", folder)
    links = re.findall(r'<a href="([^"]+)"', out.read_text("utf-8"))
    assert len(links) == count == len(audit.codes)
    from urllib.parse import unquote

    for link in links:
        page = out.parent / unquote(link)
        assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "%20" in links[0]


def test_without_pages_nothing_leads_anywhere(
    found: tuple[Connection, Audit], tmp_path: Path
) -> None:
    write_audit(*found, tmp_path / "a.html", "zh")
    assert "<a " not in (tmp_path / "a.html").read_text("utf-8")


@pytest.mark.parametrize("name", ["a.docx", "a", "a.htm", ".json"])
def test_other_extensions_are_refused(name: str) -> None:
    with pytest.raises(UsageError):
        form_of(Path(name))


def test_a_file_that_cannot_be_finished_is_not_there(tmp_path: Path) -> None:
    out = tmp_path / "a.json"
    out.write_bytes(b"before")

    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_whole(out, pieces())
    assert out.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [out]
