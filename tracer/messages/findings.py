"""Texts: findings and clauses wherever they are shown (keys finding_part.*, clause.*)."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "clause.article": ("{law}{article}", "{law}, art. {article}"),
    "clause.unverified": ("{cited}（未经核对）", "{cited} (unverified)"),
    "finding_part.leads": (
        "线索不是认定：各条只说明记录所载，并列明何种材料可以推翻。",
        "Leads are not conclusions: each says what the records show, and what would rebut it.",
    ),
    "finding_part.one_day": ("{first}", "{first}"),
    "finding_part.days": (
        "{first} 至 {last}，共 {days} 日",
        "{first} to {last}, {days} {days:day|days}",
    ),
    "finding_part.from": ("自 {first} 起，未载止期", "from {first}, no end on record"),
    "finding_part.until": ("至 {last} 止，未载起期", "until {last}, no start on record"),
    "finding_part.open": ("未载起止日期", "no dates on record"),
    "finding_part.between_names": ("、", ", "),
    "finding_part.between_columns": ("；", "; "),
    "finding_part.not_stated": ("未载明", "not stated"),
    "finding_part.shared.representative": ("法定代表人 {cells}", "legal representative {cells}"),
    "finding_part.shared.address": ("地址 {cells}", "address {cells}"),
    "finding_part.shared.phone": ("电话 {cells}", "phone {cells}"),
    "finding_part.no_segment": ("该号段", "the segment"),
}
