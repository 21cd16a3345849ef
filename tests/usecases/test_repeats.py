"""Which rows repeat those of another file is told by what the totals leave out."""

from datetime import date

from tracer.ingest.rawrows import FoundRow
from tracer.model.rawhop import HopTotal
from tracer.usecases.repeats import SourceRows, mark_repeats


def source(delivery: int, summed: int, *identities: str) -> SourceRows:
    """Make a source of one total that sums so many of these rows; a blank one has no id."""
    total = HopTotal(
        source_id=1,
        record="r",
        row=2,
        last_row=9,
        part="",
        upstream="甲",
        downstream="乙",
        number="1068",
        day=date(2023, 7, 5),
        reporter="",
        account="",
        delivery=delivery,
        messages=summed,
        blocked=0,
        parts=None,
        unit="messages",
        rows=summed,
    )
    seen: set[str] = set()
    rows = []
    for row, text in enumerate(identities, 2):
        repeats = text in seen
        seen.update([text] if text else [])
        rows.append(FoundRow(row, (), 0, 1, 0, (text,) if text else None, repeats))
    return SourceRows(delivery, (total,), tuple(rows))


def marks(*sources: SourceRows) -> list[list[bool]]:
    return [[row.repeats for row in each.rows] for each in mark_repeats(sources)]


def test_what_adds_up_is_left_alone() -> None:
    assert marks(source(1, 2, "a", "b"), source(1, 2, "a", "b")) == [[False, False]] * 2


def test_rows_of_an_earlier_file_that_were_not_summed() -> None:
    assert marks(source(1, 2, "a", "b"), source(1, 1, "c", "a")) == [[False] * 2, [False, True]]


def test_the_nearest_files_are_one_load() -> None:
    """The first file came in another load of the delivery: its row was summed again."""
    found = marks(source(1, 1, "a"), source(1, 1, "b"), source(1, 2, "a", "b", "c"))
    assert found[2] == [False, True, False]


def test_other_deliveries_are_not_compared() -> None:
    second = source(2, 1, "a", "b")
    assert marks(source(1, 1, "a"), second) == [[False], [False, False]]
    assert not mark_repeats([source(1, 1, "a"), second])[1].is_short


def test_rows_without_an_id_never_repeat() -> None:
    assert marks(source(1, 2, "", ""), source(1, 3, "", "", "", "")) == [[False] * 2, [False] * 4]


def test_repetitions_within_a_file_stay_marked() -> None:
    assert marks(source(1, 1, "a"), source(1, 1, "b", "b", "a")) == [[False], [False, True, True]]


def test_short_of_rows() -> None:
    assert source(1, 3, "a", "b", "b").is_short
    assert not source(1, 1, "a", "b").is_short
    assert not source(1, 1).is_short, "nothing was read"
