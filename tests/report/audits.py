"""Audits made by hand, so that what is shown of them is tested apart from the engine."""

from datetime import date
from typing import Any

from tracer.graph.figures import Figures
from tracer.graph.result import Sender
from tracer.model.finding import Finding
from tracer.model.period import ALL_DAYS, Period
from tracer.model.source import RecordRef
from tracer.rules.audited import Audit, AuditedCode, AuditFilter, CodeFinding, PartyLine
from tracer.rules.extensions import Extensions, UnletTraffic
from tracer.rules.registers import RegisterLine, Use

__all__ = ["make_audit", "make_code", "make_finding"]

DAY = date(2023, 7, 5)


def make_code(code: str, *holders: str, **other: Any) -> AuditedCode:
    """Make a code; what is not said is nought or empty."""
    figures = Figures(
        holders,
        other.get("parties", 3),
        other.get("depth", 2),
        other.get("hops", 2),
        0,
        tuple(Sender(name, 7, "last_on_record") for name in other.get("senders", ())),
        other.get("messages", 0),
        other.get("incidents", 0),
        other.get("loss", 0),
        0,
        truncated=other.get("truncated", False),
    )
    return AuditedCode(
        code,
        other.get("is_exact", False),
        figures,
        other.get("authorities", ()),
        other.get("regions", ()),
        other.get("findings", {}),
        RegisterLine(
            code,
            holders,
            other.get("users", ()),
            (),
            Use(1, 1, DAY, DAY),
            other.get("states", ()),
            other.get("silent", ()),
        ),
        other.get("extensions", Extensions(code, False, (), ())),
    )


def make_finding(*parties: str, **other: Any) -> Finding:
    """Make a finding of TR201 that names some parties."""
    ref = RecordRef("contracts", "ab" * 32, "合同.csv", 0, None, 2, 2)
    upstream, downstream = parties[:2]
    return Finding(
        "TR201",
        parties,
        ((upstream, downstream),),
        other.get("contracts", ("HT-1",)),
        "1068741501",
        (ref,),
        days=3,
        messages=7,
        amount=other.get("amount"),
        first_day=DAY,
        last_day=date(2023, 7, 7),
        sentence="TR201",
        values={"upstream": upstream, "downstream": downstream},
    )


def make_audit(*codes: AuditedCode, **other: Any) -> Audit:
    """Make an audit of some codes, in the order in which an audit has them."""
    findings = other.get("findings", ())
    return Audit(
        other.get("window", ALL_DAYS),
        other.get("asked", AuditFilter()),
        tuple(sorted(codes, key=lambda each: each.order)),
        other.get("finding_count", len(findings)),
        findings,
        other.get("parties", ()),
    )


def full_audit() -> Audit:
    """Make an audit with something of everything."""
    let = Extensions(
        "10687415",
        False,
        ("1068741501",),
        (UnletTraffic("1068741599", 9, 2, DAY, date(2023, 7, 9)),),
    )
    return make_audit(
        make_code(
            "10687415", "广东某公司", "另一公司", senders=("河北某公司", "丙", "丁", "戊"),
            findings={"TR201": 2}, incidents=2, loss=170_000_000_000, messages=6525, depth=4,
            authorities=("工信部",), regions=("全国",), states=("opened_for_another",),
            users=("武汉某公司",), extensions=let,
        ),
        make_code("10690001", "无锡某公司", silent=("openings",), truncated=True),
        make_code(
            "1069", parties=0, depth=0, is_exact=True, states=("used_not_allocated",),
            silent=("openings",),
        ),
        make_code("10650000", extensions=Extensions("10650000", True, ("1065000001",), ())),
        window=Period(date(2023, 7, 1), None),
        asked=AuditFilter("106", "广东某公司", "工信", "全国"),
        finding_count=3,
        findings=(
            CodeFinding("10687415", make_finding("北京某公司", "安徽某公司", amount=15_000_000)),
            CodeFinding("10687415", make_finding("安徽某公司", "河北某公司")),
            CodeFinding(None, make_finding("甲", "乙")),
        ),
        parties=(
            PartyLine("北京某公司", 1, 0, 2, 1, 0, {"TR201": 1}),
            PartyLine("无锡某公司", 2, 1, 0, 3, 0, {}),
            PartyLine("无层公司", 1, 0, None, 0, 12, {}, {"TR206": 3}),
        ),
    )  # fmt: skip
