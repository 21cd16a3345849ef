"""The law that rules cite, read from `clauses.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tracer.messages import Language, text

__all__ = ["Clause", "clauses"]


@dataclass(frozen=True, slots=True)
class Clause:
    """One article, or one rule of a paper, that findings cite.

    Parameters
    ----------
    clause_id : str
        By which rules name it.
    law_zh, law_en : str
        Full title with year.
    article, article_zh : str
        Its number, `28(3)` and 第二十八条第三款; blank where it is not known or there is none.
    brief_zh, brief_en : str
        What it says, as far as rules rest on it.
    verified : bool
        False where it could not be read at the source: printed as such.
    """

    clause_id: str
    law_zh: str
    law_en: str
    article: str
    article_zh: str
    brief_zh: str
    brief_en: str
    verified: bool

    def law(self, lang: Language) -> str:
        """Give the title."""
        return self.law_zh if lang == "zh" else self.law_en

    def brief(self, lang: Language) -> str:
        """Give what it says, in short."""
        return self.brief_zh if lang == "zh" else self.brief_en

    def citation(self, lang: Language) -> str:
        """Give title and article in one line, marked where unverified."""
        article = self.article_zh if lang == "zh" else self.article
        cited = self.law(lang)
        if article:
            cited = text("clause.article", lang, law=cited, article=article)
        return cited if self.verified else text("clause.unverified", lang, cited=cited)


@cache
def clauses() -> Mapping[str, Clause]:
    """Give every clause, by id."""
    import tomllib  # only where a clause is printed: it is slow to import

    content = tomllib.loads(
        resources.files("tracer.rules").joinpath("clauses.toml").read_text("utf-8")
    )
    return {name: Clause(name, **entry) for name, entry in content.items()}
