"""`tracer trace`: through whose hands a number went, and who sent."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracer.cli.options import flag, option
from tracer.cli.output import print_lines, print_text, remark, terminal_cells
from tracer.cli.parsing import read_choice, read_count, read_moment, read_number, read_window
from tracer.cli.rulecodes import read_rules
from tracer.cli.settings import Settings, settings_of
from tracer.cli.status import FINDINGS
from tracer.cli.wording import LocalCommand
from tracer.messages import Language, text
from tracer.model.mark import GRADES

if TYPE_CHECKING:
    from tracer.rules.examined import ExaminedTrace

__all__ = ["register"]

_FORMATS = ("tree", "table", "json", "csv")


def register(app: typer.Typer, lang: Language) -> None:
    """Add the command to the program."""

    @app.command("trace", cls=LocalCommand, help=text("help.trace", lang))
    def trace(
        ctx: typer.Context,
        number: Annotated[str, typer.Argument(metavar="NUMBER", help=text("help.number", lang))],
        first: Annotated[str | None, option("--from", "D", "from", lang)] = None,
        last: Annotated[str | None, option("--to", "D", "to", lang)] = None,
        only: Annotated[str | None, option("--on", "D", "on", lang)] = None,
        as_of: Annotated[str | None, option("--as-of", "TIME", "as_of", lang)] = None,
        form: Annotated[str, option("--format", "|".join(_FORMATS), "trace.format", lang)] = "tree",
        every: Annotated[bool, flag("--all", "trace.all", lang)] = False,
        most: Annotated[str, option("--max-chains", "N", "max_chains", lang)] = "1000",
        grade: Annotated[str | None, option("--min-grade", "G", "trace.min_grade", lang)] = None,
        fail_on: Annotated[
            list[str] | None, option("--fail-on", "CODE|any", "trace.fail_on", lang)
        ] = None,
    ) -> None:
        settings = settings_of(ctx)
        form = read_choice("--format", form, _FORMATS)
        digits, window = read_number(number), read_window(first, last, only)
        moment = read_moment("--as-of", as_of)
        max_chains = read_count("--max-chains", most)
        least = None if grade is None else read_choice("--min-grade", grade, GRADES)
        failing = read_rules("--fail-on", fail_on or ())

        from tracer.store.asof import connect_as_of
        from tracer.store.engine import open_engine
        from tracer.usecases.trace import examine_number

        with connect_as_of(open_engine(settings.database), moment) as connection:
            answer = examine_number(
                connection, digits, window, max_chains=max_chains, min_grade=least
            )
        _print(answer, form, settings, every=every)
        if any(finding.rule in failing for finding in answer.findings):
            raise typer.Exit(FINDINGS)


def _print(answer: "ExaminedTrace", form: str, settings: Settings, *, every: bool) -> None:
    trace, findings = answer.trace, answer.findings
    if form == "json":
        from tracer.report.trace_json import trace_json

        print_text(trace_json(trace, findings))
    elif form == "csv":
        from tracer.report.tables import trace_csv

        print_text(trace_csv(trace, findings))
        if findings:
            said = settings.text("cli.finding.csv", count=f"{len(findings):,}")
            remark(settings, said)
    elif form == "table":
        from tracer.cli.tabular import trace_tables

        print_lines(trace_tables(trace, findings, settings.lang, terminal_cells(), every=every))
    else:
        from tracer.cli.picture import draw_trace

        cells = terminal_cells()
        print_lines(draw_trace(trace, findings, settings.lang, every=every, cells=cells))
