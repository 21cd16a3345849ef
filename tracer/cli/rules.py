"""`tracer rules`: what the rules flag, on which clauses, and what would rebut it."""

from typing import TYPE_CHECKING, Annotated

import typer

from tracer.cli.options import option
from tracer.cli.output import print_lines, print_text, terminal_cells
from tracer.cli.parsing import read_choice
from tracer.cli.rulecodes import read_rule
from tracer.cli.settings import settings_of
from tracer.cli.wording import LocalCommand
from tracer.messages import Language, text

if TYPE_CHECKING:
    from tracer.rules.base import RegisterRule, Rule

__all__ = ["register"]


def register(app: typer.Typer, lang: Language) -> None:
    """Add the command to the program."""

    @app.command("rules", cls=LocalCommand, help=text("help.rules", lang))
    def rules(
        ctx: typer.Context,
        code: Annotated[
            str | None, typer.Argument(metavar="CODE", help=text("help.rules.code", lang))
        ] = None,
        form: Annotated[str, option("--format", "table|json", "format", lang)] = "table",
    ) -> None:
        settings = settings_of(ctx)
        form = read_choice("--format", form, ("table", "json"))
        listed = _listed(code)
        if form == "json":
            from tracer.report.rules_json import rules_json

            print_text(rules_json(listed))
            return
        from tracer.cli.rule_lines import rule_detail, rule_table

        cells = terminal_cells()
        if code is None:
            print_lines(rule_table(listed, settings.lang, cells))
        else:
            print_lines(rule_detail(listed[0], settings.lang, cells))


def _listed(code: str | None) -> "tuple[Rule | RegisterRule, ...]":
    from tracer.rules.registry import ALL_RULES

    if code is None:
        return ALL_RULES
    wanted = read_rule("CODE", code)
    return tuple(rule for rule in ALL_RULES if rule.code == wanted)
