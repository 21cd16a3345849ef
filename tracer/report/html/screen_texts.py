"""The texts that the scripts of the page say themselves."""

from typing import Any, Final

from tracer.messages import LANGUAGES, text

__all__ = ["texts"]

_SCREEN_TEXTS: Final = (
    "details_hint", "finding_head", "finding_cited", "copied", "copied_not", "search_none",
    "search_count", "field.clauses", "field.strip", "hidden_by_filter", "link_other",
    "link_copied",
    "filter.counts", "filter.shown", "filter.whole", "filter.by", "filter.by_code",
    "filter.by_layer", "filter.by_kind", "filter.by_status", "filter.by_rule", "filter.by_from",
    "filter.by_to",
    "filter.by_words", "filter.by_day", "filter.none_here", "filter.within", "filter.no_date",
    "filter.parties", "filter.hops", "filter.rest", "filter.of", "filter.leads", "filter.sources",
    "filter.of_all_days",
    "day.place", "day.on", "day.new", "day.gone", "day.same", "day.no_change",
    "day.play", "day.pause", "layer", "layer_none", "list_mark", "clause_mark", "no_contract",
    "partly", "no_routing", "gaps", "unallocated", "none_missing", "messages",
    "fold.filtered", "citation", "citation_source", "rows_shown", "rows_first",
)  # fmt: skip
_OPEN: Final = {name: f"{{{name}}}" for name in (
    "index", "count", "shown", "all", "what", "words", "day", "layer", "listed", "digest",
    "evidence", "parties", "hops", "leads", "messages", "most", "no", "kind", "title", "ends",
    "segments", "term", "sources", "place", "first", "last",
)}  # fmt: skip
"""Values the script fills in itself."""


def texts() -> dict[str, Any]:
    """Give the texts the script says itself, in every language."""
    return {
        lang: {key: text(f"page.{key}", lang, **_OPEN) for key in _SCREEN_TEXTS}
        for lang in LANGUAGES
    }
