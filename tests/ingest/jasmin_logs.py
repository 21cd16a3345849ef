"""Jasmin's logs written, opened and read, for the tests of its profiles."""

from collections.abc import Sequence
from pathlib import Path

from tracer.ingest.casetoml import FileSettings
from tracer.ingest.reading import open_file
from tracer.ingest.traffic import LaneSettings, LogLane
from tracer.model.case import Account

from .traffic_logs import MASKER, Read, write_csv

OWNER = "甲通信"
ACCOUNTS = (Account(OWNER, "client1", "乙科技"), Account(OWNER, "smppcc1", "丙电信"))
LINES = FileSettings(profile="jasmin-messages-log", reporter=OWNER)
TABLE = FileSettings(profile="jasmin-submit-log", reporter=OWNER)


def read(file: Path, settings: FileSettings, accounts: Sequence[Account] = ACCOUNTS) -> Read:
    [sheet] = [each for each in open_file(file, file.name, settings) if each.header]
    with LogLane(accounts, LaneSettings(), MASKER) as lane:
        found = Read(lane.read(sheet, sheet.settings))
    for reject in found.rejected:
        assert "13800000001" not in reject.raw
        assert "8848" not in reject.raw
    return found


def notes(file: Path, settings: FileSettings) -> dict[str, dict[str, object]]:
    [sheet] = open_file(file, file.name, settings)
    return {note.key: dict(note.values) for note in sheet.notes}


def write(folder: Path, *lines: str, name: str = "messages.log", encoding: str = "utf-8") -> Path:
    file = folder / name
    file.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return file


def hops(found: Read) -> list[tuple[str, str, str, int]]:
    return [(row.upstream, row.downstream, row.number, row.messages) for row in found.rows]


COLUMNS = (
    "msgid", "source_connector", "routed_cid", "source_addr", "destination_addr", "rate", "charge",
    "pdu_count", "short_message", "binary_message", "status", "uid", "trials", "created_at",
    "status_at",
)  # fmt: skip


def row(number: int, **other: str) -> tuple[str, ...]:
    cells = {
        "msgid": f"m-{number}",
        "source_connector": "smppsapi",
        "routed_cid": "smppcc1",
        "source_addr": "10687415",
        "destination_addr": "8613800000001",
        "rate": "0.00",
        "charge": "0.00",
        "pdu_count": "2",
        "short_message": "您的验证码 8848, 'ok'; (勿转)",
        "binary_message": "",
        "status": "ESME_ROK",
        "uid": "client1",
        "trials": "1",
        "created_at": "2023-07-05 12:03:04",
        "status_at": "2023-07-05 12:03:05",
    }
    return tuple({**cells, **other}[name] for name in COLUMNS)


def table(folder: Path, *rows: Sequence[str], encoding: str = "utf-8") -> Path:
    return write_csv(folder / "submit_log.csv", [COLUMNS, *rows], encoding=encoding)
