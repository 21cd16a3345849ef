"""Both engines over logs drawn as for the slow reader, each test in one session of Spark."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracer.ingest.spark_session import SparkHost

from .spark_logs import QUICK_JAVA, read_by_both, why_no_spark
from .test_traffic_reference import ACCOUNTS, logs, open_log, write

WHY = why_no_spark()
pytestmark = [pytest.mark.skipif(WHY is not None, reason=str(WHY)), pytest.mark.slow]


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkHost]:
    started = SparkHost("spark", tmp_path_factory.mktemp("spark"), QUICK_JAVA)
    yield started
    started.close()


@settings(
    max_examples=4,
    print_blob=True,
)
@given(
    drawn=st.lists(logs().filter(lambda log: len(log[1]) > 1), min_size=1, max_size=2),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"]),
    ends=st.lists(st.sampled_from(["\n", "\r\n"]), min_size=1, max_size=3),
    last_end=st.booleans(),
    span=st.sampled_from([100, 1000]),
)
def test_both_engines_say_the_same(
    host: SparkHost,
    tmp_path_factory: pytest.TempPathFactory,
    drawn: list[tuple[tuple[str, ...], list[list[str]]]],
    encoding: str,
    ends: list[str],
    last_end: bool,
    span: int,
) -> None:
    folder = tmp_path_factory.mktemp("logs")
    sheets = []
    for number, (columns, rows) in enumerate(drawn):
        file = folder / f"{number}.csv"
        write(file, columns, rows, encoding, ends, last_end=last_end)
        sheets.append(open_log(file, encoding))
    found = read_by_both(host, folder, sheets, ACCOUNTS, span=span)
    assert len(found) == len(drawn)
