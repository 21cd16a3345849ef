"""Places in a package: below one folder, and never two alike, whatever the paths were."""

import posixpath
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tracer.casefile.places import folded_place, is_safe_place, packed_places

_NAMES = st.text(st.sampled_from("aAbé\u0301ß .~%0dA\n:\\/CON合同"), min_size=1, max_size=8)
_PATHS = st.lists(_NAMES, min_size=1, max_size=4).map("/".join)


def _names_a_file(path: str) -> bool:
    return path.replace("\\", "/").rsplit("/", 1)[-1] not in {"", ".", ".."}


@given(st.lists(_PATHS.filter(_names_a_file), max_size=6))
def test_every_path_has_a_safe_place_of_its_own(paths: list[str]) -> None:
    places = packed_places(paths)
    assert places.keys() == set(paths)
    assert all(map(is_safe_place, places.values()))
    assert len({folded_place(place) for place in places.values()}) == len(places)
    assert all("%0a" not in place.casefold() for place in places.values())


@given(st.lists(_PATHS.filter(_names_a_file), max_size=6))
def test_places_do_not_depend_on_order(paths: list[str]) -> None:
    assert packed_places(paths) == packed_places(reversed(paths))


def test_what_lies_beside_a_file_still_does() -> None:
    places = packed_places(["../in/log.csv", "../in/sub/scan.pdf", "../users.csv"])
    folder = posixpath.dirname(places["../in/log.csv"])
    assert places["../in/sub/scan.pdf"] == f"{folder}/sub/scan.pdf"
    assert posixpath.normpath(f"{folder}/../users.csv") == places["../users.csv"]


def test_names_that_only_composition_tells_apart_get_numbers() -> None:
    one, other = "é.csv", unicodedata.normalize("NFD", "é.csv")
    assert sorted(packed_places([one, other]).values()) == sorted([other, "é~2.csv"])


def test_names_no_windows_takes_are_spelt_otherwise() -> None:
    assert packed_places(["con.csv", "a/NUL", "x:y"]) == {
        "con.csv": "_con.csv",
        "a/NUL": "a/_NUL",
        "x:y": "_x/y",
    }
