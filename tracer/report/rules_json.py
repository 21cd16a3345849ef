"""The contract `tracer.rules/1`: the catalogue of rules as JSON."""

from collections.abc import Iterable
from typing import Final

from tracer.messages import LANGUAGES, text
from tracer.report.documents import dump
from tracer.report.findings import clauses_of
from tracer.rules.base import RegisterRule, Rule
from tracer.rules.classes import code_classes, table_date
from tracer.rules.clauses import Clause

__all__ = ["RULES_SCHEMA", "RULE_PARTS", "rules_json"]

RULES_SCHEMA: Final = "tracer.rules/1"
RULE_PARTS: Final = ("title", "flags", "evidence", "limits", "rebuttal")
"""What is told of a rule, in this order: keys `rule.CODE.part` of the texts."""


def rules_json(rules: Iterable[Rule | RegisterRule]) -> str:
    """Write rules as the document `tracer.rules/1`: the same bytes in either language.

    Of each text the Chinese stands under its own name and the English under `…_en`. The keys
    after `clauses`, and those of a clause after `verified`, are additions to the contract's own.
    """
    return dump(
        {
            "schema": RULES_SCHEMA,
            "rules": [_rule(rule) for rule in rules],
            "code_classes": {
                "as_of": table_date().isoformat(),
                "unverified": [each.prefix for each in code_classes() if not each.verified],
            },
        }
    )


def _rule(rule: Rule | RegisterRule) -> dict[str, object]:
    said = {
        part if lang == "zh" else f"{part}_en": text(f"rule.{rule.code}.{part}", lang)
        for part in RULE_PARTS
        for lang in LANGUAGES
    }
    return {
        "code": rule.code,
        "name": rule.name,
        "title": said.pop("title"),
        "flags": said.pop("flags"),
        "clauses": [_clause(clause) for clause in clauses_of(rule.code)],
        **said,
        "audit_only": isinstance(rule, RegisterRule),
    }


def _clause(clause: Clause) -> dict[str, object]:
    return {
        "law": clause.law_zh,
        "article": clause.article,
        "verified": clause.verified,
        "id": clause.clause_id,
        "law_en": clause.law_en,
        "article_zh": clause.article_zh,
        "brief": clause.brief_zh,
        "brief_en": clause.brief_en,
    }
