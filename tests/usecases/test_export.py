"""Packages: made of a case, checked, run again; and what is changed in one is named."""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from errno import ENOSPC
from pathlib import Path
from typing import Any

import bagit
import pytest

from tracer import Case, LoadOptions, open_case
from tracer.casefile.bag import make_bag
from tracer.casefile.contents import Options, read_contents
from tracer.casefile.inspection import Inspected, inspect_package
from tracer.errors import IntegrityError, NothingOnRecord, UsageError
from tracer.model.event import GENESIS, Event, chain_hash
from tracer.model.period import ALL_DAYS
from tracer.store.engine import open_engine
from tracer.store.evidence import fetch_evidence
from tracer.usecases import render
from tracer.usecases.commenting import comment
from tracer.usecases.correcting import correct
from tracer.usecases.export import Exported, ExportOrder, export_package
from tracer.usecases.forms import FORMS
from tracer.usecases.log import read_log
from tracer.usecases.parties import merge
from tracer.usecases.redaction import Redaction, read_pseudonyms
from tracer.usecases.sources import list_sources, retract
from tracer.usecases.undo import undo
from tracer.usecases.verify import check_package, opened_package, rerun_package

from .conftest import WriteTable

AT = datetime.fromisoformat("2026-03-01T09:00:00+08:00")
EXAMPLE = Path(__file__).parents[2] / "examples" / "hangzhou"
OPTIONS = Options(
    numbers=("10687415",),
    first=None,
    last=None,
    as_of=None,
    lang="zh",
    max_chains=1000,
    with_sources=True,
    is_redacted=False,
    forms=(".html", ".json"),
)
NAMES = ("广东某科技公司", "武汉某信息科技公司", "北京某科技公司", "安徽某信息公司")


def order(out: Path, **said: Any) -> ExportOrder:
    options = replace(OPTIONS, **{k: said.pop(k) for k in list(said) if hasattr(OPTIONS, k)})
    return ExportOrder(options, out, out.parent, AT, "张三", **said)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Load the example case into `case.db`, a withdrawn source and rejected rows among it."""
    folder = tmp_path_factory.mktemp("export")
    shutil.copytree(EXAMPLE, folder / "case")
    stray = "合同编号,上游,下游,号段\nX-1,甲公司,,10687415\nX-2,甲公司,乙公司,10687415\n"
    (folder / "case" / "误收.csv").write_text(stray, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        with open_case("case.db", now=lambda: AT) as case:
            case.load([Path("case")], LoadOptions(operator="李四"))
            with case._engine.connect() as conn:
                strays = [e.id for e in list_sources(conn) if e.sheet.path.endswith("误收.csv")]
            retract(case._engine, strays[0], "误收", "李四", lambda: AT)
        yield folder


@pytest.fixture
def make(home: Path, tmp_path: Path) -> Iterator[Callable[..., Exported]]:
    """Export from a copy of the case, so that every package is of the same state of it."""
    shutil.copy(home / "case.db", tmp_path / "case.db")
    (tmp_path / "case").symlink_to(home / "case")
    engines = []

    def export(name: str, **said: Any) -> Exported:
        engines.append(open_engine(str(tmp_path / "case.db")))
        return export_package(engines[-1], order(tmp_path / name, **said))

    yield export
    for engine in engines:
        engine.dispose()


@pytest.fixture(scope="module")
def package(home: Path) -> Path:
    """Give one package of the case, not to be changed."""
    shutil.copy(home / "case.db", home / "other.db")
    engine = open_engine(str(home / "other.db"))
    made = export_package(engine, order(home / "made"))
    engine.dispose()
    return made.out


def files(folder: Path) -> dict[str, bytes]:
    found = sorted(each for each in folder.rglob("*") if each.is_file())
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in found}


def faults(folder: Path) -> list[str]:
    return [f"{note.key} {note.values.get('file', '')}".strip() for note in check(folder).faults]


def check(folder: Path) -> Inspected:
    return inspect_package(folder, "p")


def test_a_package_holds_together_and_runs_again_to_the_same_bytes(package: Path) -> None:
    found = check(package)
    assert found.faults == ()
    assert found.contents is not None
    assert found.contents.head == found.events[-1].digest
    assert [event.action for event in found.events].count("retract") == 1
    again = rerun_package(found)
    assert again.faults == again.remarks == ()
    assert again.results == len(found.contents.results) >= 5
    assert again.files == len([each for each in found.contents.inputs if each.place])


def test_the_stock_validator_accepts_it(package: Path) -> None:
    assert bagit.Bag(str(package)).validate()


def test_source_files_are_packed_as_they_were(package: Path, home: Path) -> None:
    packed = files(package / "data" / "inputs")
    for path, content in packed.items():
        assert (home / path).read_bytes() == content
    assert "case/扫描件-合同AH-2023-03.pdf" in packed
    assert "case/误收.csv" in packed


def test_equal_states_give_equal_bytes_as_folder_and_as_archive(
    make: Callable[..., Exported], home: Path, tmp_path: Path, package: Path
) -> None:
    one = make("a.zip")
    shutil.copy(home / "case.db", tmp_path / "case.db")
    other = make("b.zip")
    assert one.out.read_bytes() == other.out.read_bytes()
    with opened_package(one.out) as folder:
        assert files(folder) == files(package)


def test_the_export_is_entered_in_the_log_with_digest_and_head(
    make: Callable[..., Exported], tmp_path: Path
) -> None:
    made = make("p")
    with open_engine(str(tmp_path / "case.db")).connect() as conn:
        last = read_log(conn)[-1]
    assert (last.action, last.operator, last.params["digest"]) == ("export", "张三", made.digest)
    assert (last.params["head"], last.params["events"]) == (made.contents.head, last.seq - 1)


def test_a_later_package_tells_of_the_earlier_and_runs_again(make: Callable[..., Exported]) -> None:
    make("first")
    found = check(make("second").out)
    assert found.events[-1].action == "export"
    assert rerun_package(found).faults == ()


@pytest.mark.parametrize(
    "place",
    [
        "bag-info.txt",
        "manifest-sha256.txt",
        "sm3sum.txt",
        "data/README.txt",
        "data/reproduction.json",
        "data/custody/events.jsonl",
        "data/inputs/case/主体.csv",
        "data/inputs/case/合同一览表.xlsx",
        "data/results/10687415/10687415.html",
        "data/lists/电子数据清单.xlsx",
    ],
)
def test_one_bit_in_any_file_is_found_and_the_file_named(
    package: Path, tmp_path: Path, place: str
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    content = bytearray((copy / place).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / place).write_bytes(content)
    assert f"package_file_changed {place}" in faults(copy)


def test_files_added_removed_and_renamed_are_named(package: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    inputs = copy / "data" / "inputs" / "case"
    (inputs / "主体.csv").rename(inputs / "主体2.csv")
    (inputs / "报案登记.xlsx").unlink()
    (copy / "note.txt").write_text("x")
    (copy / "link").symlink_to("/etc/passwd")
    assert faults(copy) == [
        "package_file_missing data/inputs/case/主体.csv",
        "package_file_missing data/inputs/case/报案登记.xlsx",
        "package_file_extra data/inputs/case/主体2.csv",
        "package_file_extra link",
        "package_file_extra note.txt",
    ]


def test_a_link_in_place_of_a_file_is_no_file(package: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    target = copy / "data" / "inputs" / "case" / "主体.csv"
    kept = target.rename(tmp_path / "kept.csv")
    target.symlink_to(kept)
    assert faults(copy) == ["package_file_changed data/inputs/case/主体.csv"]


@pytest.mark.parametrize("name", ["README.txt", "reproduction.json", "custody/events.jsonl"])
def test_a_pipe_in_place_of_a_file_is_no_file_and_is_not_waited_for(
    package: Path, tmp_path: Path, name: str
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    target = copy / "data" / name
    target.unlink()
    os.mkfifo(target)
    assert f"package_file_changed data/{name}" in faults(copy)


def test_a_package_with_new_manifests_is_told_by_its_digest(package: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    digest = check(copy).digest
    (copy / "data" / "README.txt").write_text("another")
    bag = bagit.Bag(str(copy))
    bag.save(manifests=True)
    assert [fault for fault in faults(copy) if "README" in fault]  # SM3 sums are not bagit's
    with pytest.raises(IntegrityError, match="not that package"):
        check_package(copy, "p", digest)


def test_a_log_that_was_cut_or_altered_is_found(package: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    log = copy / "data" / "custody" / "events.jsonl"
    lines = log.read_text("utf-8").splitlines(keepends=True)
    log.write_text("".join(lines[:-1]), "utf-8")
    assert "package_log_head" in faults(copy)
    log.write_text("".join([lines[0], lines[1].replace("李四", "王五"), *lines[2:]]), "utf-8")
    assert "package_log_broken" in faults(copy)


def test_names_unpacked_in_decomposed_letters_are_the_same_files(
    home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "é.csv").write_text(
        "合同编号,上游,下游,号段\nX-1,甲公司,乙公司,10687415\n", encoding="utf-8"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        with open_case("nfd.db") as case:
            case.load([Path("case")])
        engine = open_engine("nfd.db")
        made = export_package(engine, order(tmp_path / "p"))
        engine.dispose()
    packed = made.out / "data" / "inputs" / "case" / "é.csv"
    packed.rename(packed.with_name(unicodedata.normalize("NFD", "é.csv")))
    assert faults(made.out) == []


def test_a_source_that_is_gone_or_changed_stops_the_export(
    make: Callable[..., Exported], home: Path, tmp_path: Path
) -> None:
    (tmp_path / "case").unlink()
    with pytest.raises(UsageError, match="--no-sources"):
        make("p")
    shutil.copytree(home / "case", tmp_path / "case")
    with (tmp_path / "case" / "主体.csv").open("a") as file:
        file.write("\n")
    with pytest.raises(UsageError, match="主体"):
        make("p")
    assert not [each for each in tmp_path.iterdir() if each.name.startswith((".p", "p"))]


def test_without_sources_the_rows_used_are_packed(make: Callable[..., Exported]) -> None:
    made = make("p", with_sources=False)
    assert not (made.out / "data" / "inputs").exists()
    extract = (made.out / "data" / "extract" / "records.csv").read_text("utf-8-sig")
    assert "AH-2023-03" in extract
    assert all(each.sha256 and each.place is None for each in made.contents.inputs)
    assert faults(made.out) == []


def test_nothing_is_overwritten(make: Callable[..., Exported], tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    with pytest.raises(UsageError, match="overwrites nothing"):
        make("p")


def test_a_number_without_records_leaves_nothing(
    make: Callable[..., Exported], tmp_path: Path
) -> None:
    with pytest.raises(NothingOnRecord):
        make("p", numbers=("10699999",))
    assert not (tmp_path / "p").exists()


def test_a_broken_log_makes_no_package(make: Callable[..., Exported], tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "case.db") as conn:
        conn.execute("UPDATE events SET operator = 'x' WHERE seq = 3")
    with pytest.raises(IntegrityError, match="entry 3"):
        make("p")


def signed_anew(folder: Path) -> None:
    """Make all lists of a package anew, as somebody would who wants to hide a change."""
    payload = folder / "data"
    said = dict(bagit.Bag(str(folder)).info)
    for file in folder.iterdir():
        if file.is_file():
            file.unlink()
    for file in list(payload.iterdir()):
        file.rename(folder / file.name)
    payload.rmdir()
    make_bag(folder, said)


def test_a_result_that_was_changed_is_found_whoever_signed_it_anew(
    make: Callable[..., Exported],
) -> None:
    made = make("p")
    digest = check(made.out).digest
    page = made.out / "data" / "results" / "10687415" / "10687415.json"
    old = hashlib.sha256(page.read_bytes()).hexdigest()
    page.write_text(page.read_text("utf-8").replace("3915", "3916"), "utf-8")
    signed_anew(made.out)
    assert faults(made.out) == ["package_file_unlike data/results/10687415/10687415.json"]
    # and so is whoever changes what the package says of it, by running it again
    said = made.out / "data" / "reproduction.json"
    new = hashlib.sha256(page.read_bytes()).hexdigest()
    said.write_text(said.read_text("utf-8").replace(old, new), "utf-8")
    signed_anew(made.out)
    found = check(made.out)
    assert found.faults == ()
    assert found.digest != digest
    differing = [note.values["file"] for note in rerun_package(found).faults]
    assert differing == ["results/10687415/10687415.json", "reproduction.txt"]


def test_a_file_slipped_in_and_signed_is_found(make: Callable[..., Exported]) -> None:
    made = make("p")
    (made.out / "data" / "results" / "more.html").write_text("x")
    signed_anew(made.out)
    assert faults(made.out) == ["package_file_unstated data/results/more.html"]


@pytest.mark.parametrize(
    ("old", "new"),
    [('"source":', '"sources":'), ('"sheets":[', '"sheet":['), ("retract", "dream")],
)
def test_a_log_that_holds_but_tells_nonsense_is_refused_in_one_line(
    package: Path, old: str, new: str
) -> None:
    """Each entry hashes the one before it, but nobody's program ever wrote them."""
    found = check(package)
    forged: list[Event] = []
    for event in found.events:
        told = json.dumps([event.action, event.params], separators=(",", ":")).replace(old, new)
        action, params = json.loads(told)
        previous = forged[-1].digest if forged else GENESIS
        digest = chain_hash(previous, event.seq, event.at, event.operator, action, params)
        said = (event.seq, event.at, event.operator, action, params, previous, digest)
        forged.append(Event(*said))
    told = outcome(replace(found, events=tuple(forged)))
    assert told != "the same"
    assert "\n" not in told


def outcome(package: Inspected) -> str:
    """Say what came of running a package again."""
    try:
        return "it differs" if rerun_package(package).faults else "the same"
    except IntegrityError as fault:
        return fault.message("zh")


def test_a_log_with_an_entry_more_than_can_be_made_differs(package: Path) -> None:
    found = check(package)
    cut = replace(found, events=found.events[:-1])
    assert found.events[-1].action == "retract"
    assert rerun_package(cut).faults


def test_a_source_exchanged_in_the_package_cannot_be_run_again(
    make: Callable[..., Exported],
) -> None:
    made = make("p")
    place = made.out / "data" / "inputs" / "case" / "主体.csv"
    place.write_text(place.read_text("utf-8").replace("广东", "广西"), "utf-8")
    found = check(made.out)
    again = rerun_package(found)
    assert "rerun_log_differs" in [note.key for note in again.faults]


@pytest.mark.parametrize("forms", [tuple(FORMS)])
def test_a_redacted_package_holds_no_hidden_value(
    make: Callable[..., Exported], tmp_path: Path, forms: tuple[str, ...]
) -> None:
    key = tmp_path / "key.csv"
    made = make(
        "p.zip",
        forms=forms,
        with_sources=False,
        is_redacted=True,
        redaction=Redaction(key, keep=("广东某科技公司",)),
    )
    hidden = [line.split(",")[2] for line in key.read_text("utf-8-sig").splitlines()[1:]]
    assert len(hidden) > 40
    assert key.stat().st_mode & 0o777 == 0o600
    with opened_package(made.out) as folder:
        assert inspect_package(folder, "p").faults == ()
        content = dict(_unpacked(folder))
    wanted = [value for value in hidden if len(value) > 2]
    for name, text in content.items():
        assert not [value for value in wanted if value in text or value in name], name
    everything = "".join(content.values())
    assert "广东某科技公司" in everything
    assert "乙2" in everything
    for name in NAMES[1:]:
        assert name in hidden


def _unpacked(folder: Path) -> Iterator[tuple[str, str]]:
    """Give every file as text, those in workbooks too; escapes of JSON undone."""
    for file in (each for each in folder.rglob("*") if each.is_file()):
        name = file.relative_to(folder).as_posix()
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                for inner in archive.namelist():
                    yield f"{name}/{inner}", archive.read(inner).decode("utf-8", "replace")
            continue
        text = file.read_bytes().decode("utf-8", "replace")
        yield name, text + re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text)


def test_pseudonyms_are_stable_and_may_be_given(
    make: Callable[..., Exported], tmp_path: Path
) -> None:
    (tmp_path / "names.csv").write_text("安徽某信息公司,A公司\n", encoding="utf-8")
    given = read_pseudonyms(tmp_path / "names.csv")
    keys = []
    for name in ("p", "q"):
        key = tmp_path / f"{name}.csv"
        redaction = Redaction(key, given=given)
        make(name, with_sources=False, is_redacted=True, redaction=redaction)
        keys.append(key.read_bytes())
    assert keys[0] == keys[1]
    assert "party,A公司,安徽某信息公司" in keys[0].decode()


def test_a_key_is_never_overwritten(make: Callable[..., Exported], tmp_path: Path) -> None:
    (tmp_path / "key.csv").write_text("kept")
    redaction = Redaction(tmp_path / "key.csv")
    with pytest.raises(UsageError, match="key"):
        make("p", with_sources=False, is_redacted=True, redaction=redaction)
    assert (tmp_path / "key.csv").read_text() == "kept"


def test_a_redacted_file_that_cannot_be_written_leaves_no_key_and_none_is_without(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a key to nothing, nor a copy nobody has the key of."""

    def full(*_: object) -> None:
        raise OSError(ENOSPC, "full")

    with open_engine(str(home / "case.db")).connect() as conn:
        wanted = Redaction(tmp_path / "key.csv")
        out = tmp_path / "x.json"
        with monkeypatch.context() as patch:
            patch.setattr(render, "write_whole", full)
            with pytest.raises(OSError, match="full"):
                render.render_file(conn, ["10687415"], out, ALL_DAYS, "zh", redaction=wanted)
        assert not wanted.key.exists()
        nowhere = Redaction(out / "key.csv")
        with pytest.raises((OSError, UsageError)):
            render.render_file(conn, ["10687415"], out, ALL_DAYS, "zh", redaction=nowhere)
        assert not out.exists()
        render.render_file(conn, ["10687415"], out, ALL_DAYS, "zh", redaction=wanted)
        assert wanted.key.exists()


@pytest.mark.parametrize("line", ["甲公司", "甲公司,A\n乙公司,A", ",A"])
def test_a_list_of_pseudonyms_that_cannot_be_used_names_its_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "n.csv").write_text(line, encoding="utf-8")
    with pytest.raises(UsageError, match="Line"):
        read_pseudonyms(tmp_path / "n.csv")


def test_a_log_read_by_a_profile_of_ones_own_runs_again(
    write_table: WriteTable, case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The profile, and the place it was in, go with the package."""
    monkeypatch.chdir(tmp_path)
    lines = ['owner = "upstream"', "[columns]", 'sent_at = "t"', 'number = "src"']
    lines += ['downstream = "who"', 'messages = "n"']
    (tmp_path / "own.toml").write_text("\n".join(lines), encoding="utf-8")
    write_table("log.csv", [["t", "src", "who", "n"], ["2023-07-05 10:00", "10687415", "乙", "2"]])
    case.load([Path("case/log.csv")], LoadOptions(profile="own.toml", reported_by="甲公司"))
    found = check(export_package(case._engine, order(tmp_path / "p")).out)
    assert found.contents is not None
    assert [each.path for each in found.contents.inputs if each.kind == "beside"] == ["own.toml"]
    (tmp_path / "own.toml").unlink()
    assert rerun_package(found).faults == ()


def test_contents_of_another_kind_are_refused() -> None:
    for text in ("{", "{}", "[]", '{"schema": "tracer.package/9"}'):
        with pytest.raises(IntegrityError):
            read_contents(text, "p")


def test_decisions_corrections_and_notes_run_again_and_may_be_left_out_by_date(
    write_table: WriteTable, case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package tells a case as it stands, or as it stood before somebody decided."""
    monkeypatch.chdir(tmp_path)
    rows = [
        ["合同编号", "上游", "下游", "号段", "终止日期"],
        ["A-1", "甲公司", "乙信息有限公司", "10687415", "2023-12-31"],
        ["A-2", "乙信息公司", "丙公司", "10687415", "2023-11-30"],
    ]
    write_table("合同.csv", rows)
    case.load([Path("case")])
    engine = case._engine
    with engine.connect() as conn:
        before = read_log(conn)[-1]
        (first,) = [
            each.ref.record_id
            for each in fetch_evidence(conn, "10687415").contracts
            if each.contract_no == "A-1"
        ]
    later = datetime.fromisoformat(before.at) + timedelta(days=1)
    said = ("核对", "张三", lambda: later)
    merge(engine, ["乙信息有限公司", "乙信息公司"], None, *said)
    corrected = correct(engine, first, "终止日期", "2023-10-31", *said)
    comment(engine, "丙公司", "待核实", "张三", lambda: later)
    undo(engine, corrected.event, *said)
    now = check(export_package(engine, order(tmp_path / "now")).out)
    assert rerun_package(now).faults == ()
    assert [event.action for event in now.events][-4:] == ["merge", "correct", "note", "undo"]
    then = check(export_package(engine, order(tmp_path / "then", as_of=before.at)).out)
    assert rerun_package(then).faults == ()
    assert then.events[-1].digest == before.digest
    for name, moment in (("veiled", None), ("early", before.at)):
        hidden = order(
            tmp_path / name,
            as_of=moment,
            with_sources=False,
            is_redacted=True,
            redaction=Redaction(tmp_path / f"{name}.csv"),
        )
        assert check(export_package(engine, hidden).out).faults == ()
