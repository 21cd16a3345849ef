import subprocess
import sys

import duckdb
import ibis
import pytest

from tracer.ingest.duckdb_queries import FILE, compile_queries, query, write_down
from tracer.ingest.scratch import Scratch

NAMES = sorted(compile_queries())


def test_the_file_is_what_ibis_makes_of_the_expression() -> None:
    written = FILE.read_text("utf-8")
    if f"by Ibis {ibis.__version__}." not in written.partition("\n")[0]:
        pytest.skip("another Ibis may put the same in other words")
    assert written == write_down()


@pytest.mark.parametrize("name", NAMES)
def test_query_and_expression_give_the_same_columns(name: str) -> None:
    scratch = Scratch(None, "100MB")
    try:
        scratch.begin()
        found = scratch.table(query(name))
        assert found.schema == scratch.table(compile_queries()[name]).schema
    finally:
        scratch.close()


def test_no_query_is_left_over() -> None:
    assert FILE.read_text("utf-8").count("-- query: ") == len(NAMES)
    with pytest.raises(KeyError):
        query("other")
    with pytest.raises(duckdb.CatalogException):
        duckdb.sql(query("faulty"))


def test_reading_a_log_does_without_ibis() -> None:
    code = (
        "import sys\n"
        "from tracer.ingest.scratch import Scratch\n"
        "scratch = Scratch(None, '100MB')\n"
        "scratch.begin()\n"
        "scratch.find_rejected()\n"
        "scratch.sum()\n"
        "scratch.close()\n"
        "sys.exit('ibis' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
