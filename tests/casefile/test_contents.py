"""What a package says of itself: read back as written, refused where it asks for anything odd."""

from dataclasses import replace
from typing import Any

import pytest

from tracer.casefile.contents import (
    Contents,
    InputFile,
    Options,
    Result,
    read_contents,
    write_contents,
)
from tracer.errors import IntegrityError

CONTENTS = Contents(
    exported_at="2026-01-01T00:00:00+08:00",
    exported_by="张三",
    case_no=None,
    options=Options(
        numbers=("10687415",),
        first="2023-07-01",
        last=None,
        as_of="2026-01-01T00:00:00+08:00",
        lang="zh",
        max_chains=1000,
        with_sources=True,
        is_redacted=False,
        forms=(".html", ".ftm.json"),
    ),
    versions={"tracer": "1"},
    inputs=(InputFile("a.csv", "source", "0" * 64, "0" * 64, 1, "inputs/a.csv"),),
    results=(Result("results/10687415/10687415.html", "0" * 64),),
    events=0,
    head=None,
)


def test_what_is_written_is_read_back() -> None:
    assert read_contents(write_contents(CONTENTS), "p") == CONTENTS


@pytest.mark.parametrize(
    "odd",
    [
        {"numbers": ("../../../tmp/10687415",)},
        {"numbers": ()},
        {"forms": ("nope",)},
        {"forms": ("./../../x",)},
        {"lang": "fr"},
        {"first": "gestern"},
        {"as_of": "gestern"},
        {"max_chains": 0},
        {"max_chains": "x"},
    ],
)
def test_odd_options_are_refused(odd: dict[str, Any]) -> None:
    said = write_contents(replace(CONTENTS, options=replace(CONTENTS.options, **odd)))
    with pytest.raises(IntegrityError):
        read_contents(said, "p")


@pytest.mark.parametrize("place", ["../../../../etc/passwd", "/etc/passwd", "inputs\\..\\x", ""])
def test_places_outside_the_package_are_refused(place: str) -> None:
    inputs = (replace(CONTENTS.inputs[0], place=place),)
    for said in (
        replace(CONTENTS, inputs=inputs),
        replace(CONTENTS, results=(Result(place, "0" * 64),)),
    ):
        with pytest.raises(IntegrityError):
            read_contents(write_contents(said), "p")


@pytest.mark.parametrize("text", ["[", "[]", "3", "[" * 100_000, '{"schema": "tracer.package/9"}'])
def test_what_is_no_description_is_refused(text: str) -> None:
    with pytest.raises(IntegrityError):
        read_contents(text, "p")
