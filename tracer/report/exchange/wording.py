"""What an exchange file says of itself, in the reader's language."""

from collections.abc import Iterable

from tracer.messages import Language, text
from tracer.model.mark import Correction
from tracer.report.corrected import corrected_words
from tracer.report.exchange.network import Network
from tracer.report.wording import window

__all__ = ["about_words", "corrected_line", "heading"]


def heading(network: Network, lang: Language) -> str:
    """Name the numbers and the window."""
    numbers = text("page.list_mark", lang).join(network.numbers)
    return text("exchange.heading", lang, numbers=numbers, window=window(network.window).get(lang))


def about_words(network: Network, lang: Language, *, links: str = "links") -> str:
    """Say what the links of a graph mean and what they do not, a sentence a line.

    Parameters
    ----------
    links : {"links", "strands"}
        What a link stands for: one record, or a contract row or a whole log.
    """
    said = [
        text(f"exchange.{links}", lang),
        text("exchange.paths", lang),
        text("exchange.sums", lang),
        text("exchange.layer", lang),
        text("finding_part.leads", lang),
    ]
    if network.aside:
        said.append(text("exchange.aside", lang, count=f"{len(network.aside):,}"))
    return "\n".join(said)


def corrected_line(made: Iterable[Correction], lang: Language) -> list[str]:
    """Say which values of a record were put right; nothing where none was."""
    words = corrected_words(made)
    return [] if words is None else [f"{text('page.field.corrected', lang)}: {words}"]
