"""Help and usage errors in the language chosen: Typer parses, these classes speak.

Typer's own words are English and fixed. So its two command classes are derived from here: they
write the help page themselves and turn what the parser objects to into our own errors.
"""

import contextlib
import difflib
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from tracer.cli.guard import guarded
from tracer.cli.helppage import help_page, is_flag
from tracer.cli.settings import Settings
from tracer.cli.status import PIPE_CLOSED, USAGE
from tracer.errors import UsageError

__all__ = ["LocalCommand", "LocalGroup", "WordsError"]

_GLOBAL_OPTIONS: Final = ("--db", "--lang", "--quiet", "--version")


class WordsError(UsageError):
    """The words of the command line do not parse; the help of `command` would help."""

    def __init__(self, key: str, /, *, command: str, **values: object) -> None:
        self.command = command
        super().__init__(key, **values)


class _AsTyped:
    """Hands a value on as it was typed: our options are texts, checked by `parsing`.

    Typer would check even a text with pydantic, whose import alone takes a fifth of the time a
    whole `trace` may take.
    """

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ARG002 - Typer's signature
        if value is None and (param.nargs == -1 or getattr(param, "multiple", False)):
            return ()
        return value


def _as_typed(params: list[Any]) -> list[Any]:
    for param in params:
        # Typer builds the checker when it first needs one, through this method; a Typer that
        # does not will use its own, with the same result.
        param.get_runtime_param = _AsTyped
    return params


class LocalCommand(TyperCommand):
    """A command whose help and errors are in the language chosen."""

    allow_extra_args = True  # so that they come to `parse_args` below, which names them

    def get_params(self, ctx: Any) -> list[Any]:
        """Give arguments and options; each takes its words as they were typed."""
        return _as_typed(super().get_params(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse; refuse what is left over, by name."""
        with _told_where(ctx):
            rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise WordsError("extra_words", command=ctx.command_path, words=" ".join(rest))
        return rest

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        formatter.write(help_page(self, ctx))


class LocalGroup(TyperGroup):
    """A group of commands; the outermost one also guards the exits."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Give arguments and options; each takes its words as they were typed."""
        return _as_typed(super().get_params(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse; without a single word, show the help instead."""
        if not args and not self.invoke_without_command and not ctx.resilient_parsing:
            typer.echo(ctx.get_help(), err=True)
            raise typer.Exit(USAGE)
        with _told_where(ctx):
            return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; name those like it when there is none."""
        name = args[0]
        if name not in self.commands and not ctx.resilient_parsing:
            near = difflib.get_close_matches(name, sorted(self.commands), n=3)
            key = "unknown_command_near" if near else "unknown_command"
            raise WordsError(key, command=ctx.command_path, name=name, near=", ".join(near))
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        formatter.write(help_page(self, ctx))

    def make_context(self, *args: Any, **kwargs: Any) -> Any:
        """Parse the words; help is printed here."""
        with _reader_may_leave():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        with _reader_may_leave():
            return super().invoke(ctx)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the program and leave with its exit status."""
        if not standalone_mode:
            return super().main(
                args, prog_name, complete_var, standalone_mode, windows_expand_args, **extra
            )

        def run() -> Any:
            try:
                return super(LocalGroup, self).main(
                    args, prog_name, complete_var, False, windows_expand_args, **extra
                )
            except Exception as error:
                if _is_parser_error(error):
                    raise _translated(error) from None
                raise

        settings = self.context_settings["obj"]
        assert isinstance(settings, Settings)
        sys.exit(guarded(run, settings.lang))


@contextlib.contextmanager
def _reader_may_leave() -> Iterator[None]:
    """Leave quietly when nobody reads what is printed."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes stdout once more when it ends; let that go nowhere.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(PIPE_CLOSED) from None


def _is_parser_error(error: Exception) -> bool:
    """Tell whether it is one of the parser's own; their common class has no public name."""
    return isinstance(error, typer.BadParameter.__mro__[2])


@contextlib.contextmanager
def _told_where(ctx: Any) -> Iterator[None]:
    """Let an error of the parser know the command, which it forgets for ill-used options."""
    try:
        yield
    except Exception as error:
        if _is_parser_error(error) and getattr(error, "ctx", None) is None:
            error.ctx = ctx  # type: ignore[attr-defined]
        raise


def _translated(error: Any) -> UsageError:
    """Say in our own words what the parser objects to.

    Told apart by name: Typer keeps its parser's classes to itself.
    """
    command = error.ctx.command_path if error.ctx is not None else "tracer"
    match type(error).__name__:
        case "MissingParameter":
            return WordsError("missing_words", command=command, name=_shown(error.param))
        case "NoSuchOption" if error.option_name in _GLOBAL_OPTIONS:
            return WordsError("option_misplaced", command=command, name=error.option_name)
        case "NoSuchOption":
            near = ", ".join(sorted(error.possibilities or ()))
            key = "unknown_option_near" if near else "unknown_option"
            return WordsError(key, command=command, name=error.option_name, near=near)
        case "BadOptionUsage":
            params = error.ctx.command.get_params(error.ctx) if error.ctx is not None else ()
            flags = {name for param in params if is_flag(param) for name in param.opts}
            key = "option_without_value" if error.option_name in flags else "option_needs_value"
            return WordsError(key, command=command, name=error.option_name)
        case "UsageError":  # all others of this kind are met before Typer raises them
            return WordsError("missing_command", command=command)
        case _:
            return WordsError("words_refused", command=command, what=error.format_message())


def _shown(param: Any) -> str:
    if param.param_type_name == "argument":
        return str(param.metavar or param.name).removesuffix("…")
    return str(param.opts[0])
