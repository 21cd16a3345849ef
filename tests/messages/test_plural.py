"""Words that agree with a number, wherever the number is filled in."""

import pytest

from tracer.messages import text
from tracer.messages.plural import agreeing


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 msgs"), (1, "1 msg"), (2, "2 msgs"), ("1", "1 msg"), ("1,001", "1,001 msgs")],
)
def test_a_word_goes_by_its_number(count: object, said: str) -> None:
    assert text("cli.messages", "en", count=count) == said
    assert text("cli.messages", "zh", count=count) == f"{count} 条"


def test_a_verb_goes_with_it() -> None:
    few, many = (text("error.rows_rejected", "en", count=count) for count in (1, 12))
    assert few.startswith("1 row was rejected")
    assert many.startswith("12 rows were rejected")


def test_each_choice_goes_by_its_own_number() -> None:
    said = text("page.fold.head", "en", parties=1, hops=2)
    assert said == "▸ Folded: 1 party · 2 hops"


def test_what_a_script_fills_in_is_left_to_it() -> None:
    assert text("page.messages", "en", count="{count}") == "{count} {count:msg|msgs}"


def test_values_are_never_read_as_choices() -> None:
    assert (
        text("cli.gap.candidate", "en", upstream="{x:a|b}", record="|")
        == "might close it: {x:a|b}, |"
    )
    assert (
        agreeing("{name} | {count:row|rows}", {"name": "{count:a|b}", "count": 1}) == "{name} | row"
    )


def test_a_number_that_is_missing_is_a_fault() -> None:
    with pytest.raises(KeyError):
        text("cli.messages", "en")
