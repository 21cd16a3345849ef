"""Traces made by hand, and the program run in-process."""

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tracer.cli.app import build_app
from tracer.cli.language import choose_language
from tracer.graph.result import (
    AccessHop,
    BlockedPair,
    Candidate,
    Chain,
    Gap,
    Hop,
    IncidentTally,
    Sender,
    Trace,
    TracedParty,
    Traffic,
)
from tracer.model.evidence import Allocation, Contract, Evidence, RoutingTotal
from tracer.model.party import Party
from tracer.model.period import ALL_DAYS, Period
from tracer.model.segment import parse_segments
from tracer.model.source import RecordRef

YEAR = Period(date(2023, 1, 1), date(2023, 12, 31))
DAY = date(2023, 7, 5)


class Papers:
    """Makes records and traces; rows are numbered in the order in which they are made."""

    def __init__(self, number: str = "10687415") -> None:
        self.number = number
        self.row = 1

    def ref(self, table: str) -> RecordRef:
        self.row += 1
        return RecordRef(table, "ab" * 32, f"case/{table}.csv", 0, None, self.row, self.row)

    def allocation(self, holder: str, term: Period = ALL_DAYS) -> Allocation:
        segment = parse_segments(self.number)[0]
        return Allocation(self.ref("allocations"), segment, holder, term, "工信部", "B1-001")

    def contract(
        self, number: str, upstream: str, downstream: str, segments: str = "", **other: Any
    ) -> Contract:
        term = other.pop("term", YEAR)
        ends = (upstream, downstream)
        parts = parse_segments(segments or self.number)
        return Contract(self.ref("contracts"), number, *ends, parts, term, **other)

    def hop(
        self, upstream: str, downstream: str, *papers: Contract, messages: int = 0, **other: Any
    ) -> Hop:
        status = "corroborated" if messages else "contract_only"
        if not papers:
            status = "routing_only"
        values: dict[str, Any] = {
            "status": status,
            "attested": "upstream" if messages else "none",
            "messages_covered": messages if papers else 0,
            "blocked": 0,
            "parts": None,
            "unit": "messages",
            "first_day": papers[0].term.first if papers else DAY,
            "last_day": papers[0].term.last if papers else DAY,
            "traffic": (Traffic(self.number + "01", DAY, messages, bool(papers)),)
            if messages
            else (),
            "routing": (self.total(upstream, downstream, messages),) if messages else (),
        }
        values |= other
        return Hop(upstream, downstream, messages=messages, contracts=papers, **values)

    def total(self, upstream: str, downstream: str, messages: int) -> RoutingTotal:
        ref = self.ref("routing")
        return RoutingTotal(ref, upstream, downstream, self.number + "01", DAY, None, 1, messages)

    def chain(self, *parties: str, **other: Any) -> Chain:
        values: dict[str, Any] = {
            "starts": ("holder",),
            "ends": ("terminal",),
            "messages": 0,
            "maximal": True,
            "first_day": YEAR.first,
            "last_day": YEAR.last,
            "fingerprint": "00" * 32,
        }
        values |= other
        return Chain(parties, **values)

    def party(self, name: str, layer: int | None, **flow: Any) -> TracedParty:
        carrier = flow.pop("carrier", False)
        names = ("forwarded", "received", "originated", "own", "unresolved", "withheld")
        return TracedParty(
            Party(name), carrier, layer, **{each: flow.get(each, 0) for each in names}
        )

    def trace(
        self,
        hops: Iterable[Hop] = (),
        chains: Iterable[Chain] = (),
        parties: Sequence[TracedParty] = (),
        **other: Any,
    ) -> Trace:
        values: dict[str, Any] = {
            "allocations": (),
            "access": (),
            "senders": (),
            "incidents": IncidentTally(),
            "gaps": (),
            "truncated": False,
            "roots": {each.name: ("holder",) for each in parties if each.layer == 0},
        }
        values |= other
        evidence = Evidence(self.number)
        return Trace(
            self.number,
            values.pop("window", ALL_DAYS),
            evidence,
            parties=tuple(parties),
            hops=tuple(hops),
            chains=tuple(chains),
            **values,
        )

    def simple(self) -> Trace:
        """H lets to A, A to B; B sends."""
        papers = (
            self.contract("C1", "甲公司", "乙公司", "10687415XXXX", unit_price=35000),
            self.contract(
                "C2", "乙公司", "丙公司", term=Period(None, YEAR.last), start_stated=False,
                sublease_clause="forbidden",
            ),
        )  # fmt: skip
        hops = (
            self.hop("乙公司", "丙公司", papers[1], messages=1234, attested="both"),
            self.hop("甲公司", "乙公司", papers[0], messages=1234),
        )
        parties = (
            self.party("甲公司", 0, received=1234),
            self.party("乙公司", 1, received=1234, forwarded=1234),
            self.party("丙公司", 2, forwarded=1234, originated=1234, own=1234),
        )
        chain = self.chain("甲公司", "乙公司", "丙公司", messages=1234)
        senders = (Sender("丙公司", 1234, "last_on_record"),)
        allocations = (self.allocation("甲公司", Period(date(2020, 1, 1), None)),)
        return self.trace(hops, [chain], parties, senders=senders, allocations=allocations)

    def circle(self) -> Trace:
        """The worked case of the semantics page: C gives back to A, and X sends below C."""
        summer = Period(date(2023, 7, 1), date(2023, 8, 31))
        august = Period(date(2023, 8, 1), date(2023, 8, 31))
        narrow = "1068741501"
        hops = (
            self.hop("A", "B", self.contract("C2", "A", "B", narrow, term=summer), messages=10),
            self.hop("B", "C", self.contract("C3", "B", "C", narrow, term=summer), messages=7),
            self.hop("C", "A", self.contract("C4", "C", "A", narrow, term=august)),
            self.hop("C", "X", messages=7),
            self.hop("H", "A", self.contract("C1", "H", "A"), messages=10),
        )
        parties = (
            self.party("H", 0, received=10),
            self.party("A", 1, forwarded=10, received=10),
            self.party("B", 2, forwarded=10, received=7, originated=3, unresolved=3),
            self.party("C", 3, forwarded=7, received=7),
            self.party("X", 4, forwarded=7, originated=7, own=7),
        )
        chains = (
            self.chain("H", "A"),
            self.chain(
                "H", "A", "B", "C", ends=("cycle", "terminal"), maximal=False,
                first_day=summer.first, last_day=summer.last,
            ),
            self.chain("H", "A", "B", "C", "X", messages=7, first_day=DAY, last_day=DAY),
        )  # fmt: skip
        return self.trace(hops, chains, parties, senders=(Sender("X", 7, "last_on_record"),))

    def merge(self) -> Trace:
        """Two ways from H to C, and the same below C on both; D by the first way only."""
        pairs = [("H", "A"), ("H", "B"), ("A", "C"), ("B", "C"), ("C", "D"), ("C", "E"), ("B", "F")]
        hops = [self.hop(*ends, self.contract("M" + "".join(ends), *ends)) for ends in pairs]
        layers = {"H": 0, "A": 1, "B": 1, "C": 2, "F": 2, "D": 3, "E": 3}
        ways = ("HACD", "HACE", "HBCD", "HBCE", "HBF")
        parties = [self.party(name, layer) for name, layer in layers.items()]
        return self.trace(hops, [self.chain(*way) for way in ways], parties)

    def broken(self) -> Trace:
        """A gap with candidates, a root below no holder, and all that stands beside a picture."""
        hops = (
            self.hop("G", "K", messages=5, blocked=3, parts=9, unit="parts", status="routing_only"),
            self.hop("U", "V", self.contract("Z-1", "U", "V")),
        )
        parties = (
            self.party("H", 0),
            self.party("G", None, received=5, withheld=2),
            self.party("K", None, forwarded=5, originated=5, own=5),
            self.party("U", None),
            self.party("V", None),
            self.party("中国移动某省公司", None, carrier=True),
        )
        chains = (
            self.chain("G", "K", messages=5, starts=("gap",), first_day=DAY, last_day=DAY),
            self.chain("U", "V", starts=("unallocated",)),
        )
        july = (date(2023, 7, 1), date(2023, 7, 31))
        candidates = (
            Candidate("contracts:x:9", "no_segment", "B", self.ref("contracts"), "HT-9"),
            Candidate("routing:x:7", "other_routing", "D", self.ref("routing"), "106874159"),
        )
        unsegmented = Contract(self.ref("contracts"), "N-1", "H", "G", (), YEAR)
        return self.trace(
            hops,
            chains,
            parties,
            gaps=(Gap("G", 31, *july, candidates), Gap("U", None, None, None)),
            roots={"H": ("holder",), "G": ("gap",), "U": ("unallocated",)},
            senders=(Sender("K", 5, "own_log"),),
            access=(AccessHop("中国移动某省公司", "H", 5, 0, (), (), DAY, DAY),),
            blocked_only=(BlockedPair("H", "Q", 4, ()),),
            unsegmented=(unsegmented,),
            incidents=IncidentTally(7, 4, 2, 1, 3, 15_000_000),
            window=Period(date(2023, 1, 1), None),
        )

    def cut(self) -> Trace:
        """More chains than were asked for: one is listed, another hop is in none that is."""
        hops = (
            self.hop("H", "A", self.contract("T1", "H", "A")),
            self.hop("H", "B", self.contract("T2", "H", "B"), messages=9),
        )
        parties = [self.party("H", 0), self.party("A", 1), self.party("B", 1)]
        return self.trace(hops, [self.chain("H", "A")], parties, truncated=True)


@pytest.fixture
def papers() -> Papers:
    return Papers()


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compare a text with the one on file; with UPDATE_GOLDEN=1 in the environment, write it."""

    def compare(name: str, text: str) -> None:
        file = Path(__file__).parent / "golden" / name
        if os.environ.get("UPDATE_GOLDEN"):
            file.write_text(text, encoding="utf-8", newline="\n")
        assert text == file.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run the program on some words, in a folder of its own, in the language it would choose."""
    monkeypatch.chdir(tmp_path)
    for name in ("TRACER_DB", "TRACER_LANG", "TRACER_DEBUG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def call(*words: str) -> Result:
        app = build_app(choose_language(words, os.environ))
        return CliRunner().invoke(app, list(words), prog_name="tracer")

    return call
