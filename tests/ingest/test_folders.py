from pathlib import Path

import pytest

from tracer.errors import UsageError
from tracer.ingest.folders import find_case_file, find_files


def make(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")


def shown(folder: Path, *paths: Path) -> list[str]:
    return [path.removeprefix(folder.as_posix() + "/") for _, path in find_files(paths)]


def test_a_folder_gives_its_tables_in_code_point_order(tmp_path: Path) -> None:
    make(tmp_path, "b.csv", "a/z.XLSX", "a.tsv", "合同.xls", "c.parquet", "d.xlsm", "e.ods")
    assert shown(tmp_path, tmp_path) == [
        "a.tsv",
        "a/z.XLSX",
        "b.csv",
        "c.parquet",
        "d.xlsm",
        "e.ods",
        "合同.xls",
    ]


def test_other_kinds_hidden_files_and_locks_are_left_alone(tmp_path: Path) -> None:
    make(tmp_path, "a.csv", "说明.txt", "scan.pdf", "~$a.xlsx", ".~lock.a.csv", ".git/x.csv")
    make(tmp_path, "__MACOSX/a.csv", ".DS_Store", "case.toml", "tracer.db")
    assert shown(tmp_path, tmp_path) == ["a.csv"]


def test_a_file_named_outright_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    make(tmp_path, "log.txt", "case.toml")
    assert shown(tmp_path, tmp_path / "log.txt", tmp_path / "case.toml") == ["log.txt"]


def test_a_file_reached_twice_is_taken_once(tmp_path: Path) -> None:
    make(tmp_path, "a.csv", "b.csv")
    assert shown(tmp_path, tmp_path / "b.csv", tmp_path) == ["b.csv", "a.csv"]


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        find_files([tmp_path / "nowhere"])
    assert refused.value.key == "no_such_path"
    make(tmp_path, "readme.md")
    with pytest.raises(UsageError) as refused:
        find_files([tmp_path])
    assert refused.value.key == "no_tables"


def test_the_case_file_is_found_in_the_folder_or_beside_the_file(tmp_path: Path) -> None:
    make(tmp_path, "case/case.toml", "case/a.csv", "other/b.csv")
    expected = tmp_path / "case/case.toml"
    assert find_case_file([tmp_path / "case"]) == expected
    assert find_case_file([tmp_path]) == expected
    assert find_case_file([tmp_path / "case/a.csv"]) == expected
    assert find_case_file([tmp_path / "case", tmp_path / "case/a.csv"]) == expected
    assert find_case_file([tmp_path / "other"]) is None


def test_two_case_files_are_one_too_many(tmp_path: Path) -> None:
    make(tmp_path, "one/case.toml", "two/case.toml")
    with pytest.raises(UsageError) as refused:
        find_case_file([tmp_path / "one", tmp_path / "two"])
    assert refused.value.key == "two_case_files"
