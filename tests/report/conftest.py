"""Traces made by hand, so that what the report shows is tested apart from the engine."""

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

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
from tracer.model.case import CaseInfo
from tracer.model.evidence import Allocation, Contract, Document, Evidence, RoutingTotal
from tracer.model.party import Party
from tracer.model.period import ALL_DAYS, Period
from tracer.model.segment import Segment
from tracer.model.source import RecordRef

GOLDEN = Path(__file__).parent / "golden"
YEAR = Period(date(2023, 1, 1), date(2023, 12, 31))


def pytest_addoption(parser: pytest.Parser) -> None:
    with suppress(ValueError):  # another folder's conftest may bring the same option
        parser.addoption("--update", action="store_true", help="write the golden files anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a golden file, or write it with --update."""

    def check(name: str, text: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("--update", default=False):
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        assert file.read_text(encoding="utf-8") == text

    return check


def ref_of(table: str, path: str, row: int, last: int | None = None) -> RecordRef:
    digest = sha256(path.encode()).hexdigest()
    in_book = path.endswith(".xlsx")
    sheet = "合同" if in_book else None
    return RecordRef(table, digest, path, int(in_book), sheet, row, last or row)


@dataclass
class TraceBuilder:
    """Gathers rows as the engine would return them; layers and statuses are worked out plainly."""

    number: str = "10687415"
    allocations: list[Allocation] = field(default_factory=list)
    contracts: dict[tuple[str, str], list[Contract]] = field(default_factory=dict)
    routing: dict[tuple[str, str], list[RoutingTotal]] = field(default_factory=dict)
    covered: dict[tuple[str, str], int] = field(default_factory=dict)
    blocked: dict[tuple[str, str], int] = field(default_factory=dict)
    chains: list[Chain] = field(default_factory=list)
    senders: list[Sender] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    access: list[AccessHop] = field(default_factory=list)
    blocked_only: list[BlockedPair] = field(default_factory=list)
    unsegmented: list[Contract] = field(default_factory=list)
    unresolved: dict[str, int] = field(default_factory=dict)
    unallocated: list[str] = field(default_factory=list)
    truncated: bool = False
    window: Period = ALL_DAYS
    row: int = 1

    def _next(self) -> int:
        self.row += 1
        return self.row

    def allocate(self, holder: str, segment: str | None = None) -> "TraceBuilder":
        ref = ref_of("allocations", "分配表.csv", self._next())
        issued = f"号[2022]{ref.row:05d}-A01"
        term = Period(date(2022, 3, 1), None)
        named = Segment(segment or self.number)
        row = Allocation(ref, named, holder, term, "工业和信息化部", issued)
        self.allocations.append(row)
        return self

    def contract(
        self,
        no: str,
        up: str,
        down: str,
        term: Period = YEAR,
        *,
        segment: str | None = None,
        scope: str = "hop",
        **more: object,
    ) -> "TraceBuilder":
        fields: dict[str, object] = {
            "unit_price_raw": "0.035元/条",
            "sublease_clause": "forbidden",
            "signed_on": date(2022, 12, 20),
            "source_ref": "证据卷二第15页",
        } | more
        named = () if scope == "unsegmented" else (Segment(segment or self.number, segment or ""),)
        row = Contract(
            ref_of("contracts", "合同台账.xlsx", self._next()),
            no,
            up,
            down,
            named,
            term,
            **fields,  # type: ignore[arg-type]
        )
        if scope == "unsegmented":
            self.unsegmented.append(row)
        else:
            self.contracts.setdefault((up, down), []).append(row)
        return self

    def log(
        self,
        up: str,
        down: str,
        messages: int,
        *,
        reporter: str | None = None,
        first: date = date(2023, 7, 3),
        days: int = 2,
        number: str | None = None,
        covered: int | None = None,
    ) -> "TraceBuilder":
        for index in range(days):
            row = self._next()
            share = messages // days + (messages % days if index == 0 else 0)
            total = RoutingTotal(
                ref_of("routing", f"{reporter or '日志'}-{up}.csv", row * 10, row * 10 + 9),
                up,
                down,
                number or self.number + "01",
                first + timedelta(days=index),
                reporter,
                1,
                share,
                rows=10,
            )
            self.routing.setdefault((up, down), []).append(total)
        if covered is not None:
            self.covered[up, down] = covered
        return self

    def send(self, name: str, messages: int, basis: str = "last_on_record") -> "TraceBuilder":
        self.senders.append(Sender(name, messages, basis))
        return self

    def chain(
        self, *parties: str, start: str = "holder", end: str = "terminal", messages: int = 0
    ) -> "TraceBuilder":
        digest = sha256(",".join(parties).encode()).hexdigest()
        self.chains.append(Chain(parties, (start,), (end,), messages, True, None, None, digest))
        return self

    def gap(self, name: str, leads: Sequence[tuple[str, str, str]] = ()) -> "TraceBuilder":
        candidates = []
        for upstream, why, detail in leads:
            ref = ref_of("contracts", "合同台账.xlsx", self._next())
            candidates.append(Candidate(ref.record_id, why, upstream, ref, detail))
        self.gaps.append(Gap(name, 31, date(2023, 7, 1), date(2023, 7, 31), tuple(candidates)))
        return self

    def build(self) -> Trace:
        pairs = sorted({*self.contracts, *self.routing})
        hops = tuple(self._hop(up, down) for up, down in pairs)
        names = {name for pair in pairs for name in pair} | {a.holder for a in self.allocations}
        names |= {name for hop in self.access for name in (hop.carrier, hop.party)}
        layers = self._layers(pairs)
        own = {sender.name: sender.messages for sender in self.senders}
        parties = [self._party(name, layers.get(name), own, hops) for name in names]
        parties.sort(key=lambda p: (p.layer is None, p.layer or 0, p.name))
        roots = dict.fromkeys((a.holder for a in self.allocations), ("holder",))
        roots |= {gap.party: ("gap",) for gap in self.gaps}
        roots |= dict.fromkeys(self.unallocated, ("unallocated",))
        return Trace(
            number=self.number,
            window=self.window,
            evidence=Evidence(self.number, allocations=tuple(self.allocations)),
            allocations=tuple(self.allocations),
            parties=tuple(parties),
            access=tuple(self.access),
            hops=hops,
            chains=tuple(self.chains),
            senders=tuple(self.senders),
            incidents=IncidentTally(),
            gaps=tuple(sorted(self.gaps, key=lambda gap: gap.party)),
            truncated=self.truncated,
            blocked_only=tuple(self.blocked_only),
            unsegmented=tuple(self.unsegmented),
            roots=roots,
        )

    def _party(
        self, name: str, layer: int | None, own: dict[str, int], hops: tuple[Hop, ...]
    ) -> TracedParty:
        forwarded = sum(hop.messages for hop in hops if hop.downstream == name)
        received = sum(hop.messages for hop in hops if hop.upstream == name)
        unresolved = self.unresolved.get(name, 0)
        return TracedParty(
            Party(name, spellings=(name,)),
            carrier=name.startswith("中国"),
            layer=layer,
            forwarded=forwarded,
            received=received,
            originated=own.get(name, 0) + unresolved,
            own=own.get(name, 0),
            unresolved=unresolved,
            withheld=0,
        )

    def _layers(self, pairs: Sequence[tuple[str, str]]) -> dict[str, int]:
        layers = dict.fromkeys((a.holder for a in self.allocations), 0)
        queue = deque(sorted(layers))
        while queue:
            name = queue.popleft()
            for up, down in pairs:
                if up == name and down not in layers:
                    layers[down] = layers[name] + 1
                    queue.append(down)
        return layers

    def _hop(self, up: str, down: str) -> Hop:
        contracts = tuple(self.contracts.get((up, down), ()))
        routing = tuple(self.routing.get((up, down), ()))
        sums: dict[str | None, int] = {}
        for total in routing:
            sums[total.reporter] = sums.get(total.reporter, 0) + total.messages
        messages = max(sums.values(), default=0)
        covered = self.covered.get((up, down), messages if contracts else 0)
        status = "corroborated" if covered else "routing_only"
        if not messages:
            status = "contract_only"
        elif 0 < covered < messages:
            status = "partly_covered"
        known = {name for name in sums if name}
        attested = "none" if not routing else "unattributed"
        if known:
            attested = "both" if len(known) > 1 else "upstream" if up in known else "downstream"
        return Hop(
            up,
            down,
            status,
            attested,
            messages,
            covered,
            self.blocked.get((up, down), 0),
            None,
            "messages",
            contracts,
            routing,
            date(2023, 1, 1),
            date(2023, 12, 31),
            tuple(
                Traffic(
                    total.number,
                    total.day,
                    total.messages,
                    any(c.covers(total.number, total.day.toordinal()) for c in contracts),
                )
                for total in routing
                if total.messages
            ),
        )


@pytest.fixture
def case() -> CaseInfo:
    return CaseInfo("（2025）浙0192民初1号", "涉诈短信民事公益诉讼案")


@pytest.fixture
def new_trace() -> type[TraceBuilder]:
    return TraceBuilder


CHAIN = (
    "广东某科技公司",
    "武汉某信息科技公司",
    "北京某科技公司",
    "安徽某信息公司",
    "原河北某网络科技公司",
)


def _chain_of_five() -> Trace:
    builder = TraceBuilder().allocate(CHAIN[0])
    segments = ("10687415", "10687415", "1068741501", "1068741501")
    prices = ("0.030元/条", "0.032元/条", "0.035元/条", "0.042元/条")
    for index, segment in enumerate(segments):
        up, down = CHAIN[index], CHAIN[index + 1]
        builder.contract(
            f"HT-2023-{index + 1:03d}",
            up,
            down,
            Period(date(2023, 1 + index, 1), date(2023, 12, 31)),
            segment=segment,
            unit_price_raw=prices[index],
            document=Document("扫描件/HT-2023-001.pdf", "ab" * 32, "1") if index == 0 else None,
        )
        builder.log(up, down, 6525, reporter=up, days=59)
        builder.log(up, down, 6525, reporter=down, days=59)
    return builder.send(CHAIN[-1], 6525).chain(*CHAIN, messages=6525).build()


@pytest.fixture
def hangzhou() -> Trace:
    return _chain_of_five()


@pytest.fixture
def one_hop() -> Trace:
    builder = TraceBuilder("10690999").allocate("杭州某通信公司")
    builder.contract(
        "C-1",
        "杭州某通信公司",
        "宁波某商贸公司",
        Period(date(2023, 1, 1), None),
        end_stated=False,
        start_stated=True,
    )
    return builder.chain("杭州某通信公司", "宁波某商贸公司").build()


def _messy() -> Trace:
    long = "深圳市前海某某数据互联网络信息技术服务集团（深圳）股份有限公司杭州分公司"
    b = TraceBuilder("1068")
    b.allocate("广东某科技公司", "10687415").allocate("无锡某网络公司", "10684500")
    b.contract("HT-1", "广东某科技公司", "武汉某信息科技公司", segment="10687415")
    b.contract("HT-2", "无锡某网络公司", "武汉某信息科技公司", segment="10684500")
    b.log("广东某科技公司", "武汉某信息科技公司", 900, reporter="广东某科技公司", covered=300)
    b.log("武汉某信息科技公司", long, 800, reporter="武汉某信息科技公司")
    b.contract("2023年度短信通道合作框架协议（补充）之三", "武汉某信息科技公司", "安徽某信息公司")
    b.contract(
        "HT-4", long, "安徽某信息公司", Period(None, None), start_stated=False, end_stated=False
    )
    b.log(long, "安徽某信息公司", 750, reporter=long)
    b.log("安徽某信息公司", long, 30, reporter="安徽某信息公司", first=date(2023, 8, 9))
    b.contract("HT-9", "安徽某信息公司", "武汉某信息科技公司")
    b.log("安徽某信息公司", "原河北某网络科技公司", 700, reporter="安徽某信息公司")
    b.contract("HT-5", "安徽某信息公司", "原河北某网络科技公司", segment="106874150101")
    b.log("上海某云通信公司", "成都某广告公司", 210, reporter="上海某云通信公司")
    b.contract("HT-7", "上海某云通信公司", "成都某广告公司")
    b.log("重庆某传媒公司", "安徽某信息公司", 44, number="10685555")
    b.log("广东某科技公司", "原河北某网络科技公司", 12, reporter=None)
    b.gap(
        "上海某云通信公司",
        [("广东某科技公司", "no_segment", "HT-88"), (long, "other_days", "HT-89")],
    )
    b.unallocated.append("重庆某传媒公司")
    b.unresolved["安徽某信息公司"] = 50
    b.contract("HT-88", "广东某科技公司", "上海某云通信公司", scope="unsegmented")
    b.send("原河北某网络科技公司", 700).send("成都某广告公司", 210, "own_log")
    b.chain(
        "广东某科技公司",
        "武汉某信息科技公司",
        long,
        "安徽某信息公司",
        "原河北某网络科技公司",
        messages=700,
    )
    b.chain("上海某云通信公司", "成都某广告公司", start="gap", messages=210)
    b.chain("重庆某传媒公司", "安徽某信息公司", start="unallocated", messages=44)
    stopped = RoutingTotal(
        ref_of("routing", "拦截.csv", 5, 9), "北京某科技公司", "天津某贸易公司", "1068741509",
        date(2023, 7, 9), None, 1, 0, blocked=17,
    )  # fmt: skip
    b.blocked_only.append(BlockedPair("北京某科技公司", "天津某贸易公司", 17, (stopped,)))
    access = RoutingTotal(
        ref_of("routing", "网关.csv", 2, 90), "中国移动通信集团广东有限公司", "广东某科技公司",
        "106874150101", date(2023, 7, 3), "中国移动通信集团广东有限公司", 1, 880,
    )  # fmt: skip
    b.access.append(
        AccessHop(access.upstream, access.downstream, 880, 0, (), (access,), access.day, access.day)
    )
    b.truncated = True
    return b.build()


@pytest.fixture
def messy() -> Trace:
    return _messy()


@pytest.fixture
def traces(hangzhou: Trace, one_hop: Trace, messy: Trace) -> tuple[Trace, ...]:
    return (hangzhou, one_hop, messy)
