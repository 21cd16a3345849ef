import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import typer
from typer.testing import Result

from tracer.cli.app import build_app
from tracer.cli.cells import width


def _commands() -> tuple[tuple[str, ...], ...]:
    """Give the words of every command and group of the program, as they are registered."""

    def below(command: Any, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        yield words
        for name, each in getattr(command, "commands", {}).items():
            yield from below(each, (*words, name))

    return tuple(below(typer.main.get_command(build_app("zh")), ()))


COMMANDS = _commands()
Run = Callable[..., Result]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_page_is_in_the_language_asked_for(run: Run, words: tuple[str, ...]) -> None:
    english = run("--lang", "en", *words, "--help")
    chinese = run("--lang", "zh", *words, "-h")
    assert (english.exit_code, chinese.exit_code) == (0, 0)
    quoted = english.stdout.replace("甲方", "").replace("乙方", "")
    assert not re.search("[\u3000-\u9fff\uff00-\uffef]", quoted)
    assert english.stdout.startswith(" ".join(("Usage: tracer", *words)))
    assert chinese.stdout.startswith(" ".join(("用法：tracer", *words)))
    assert "选项：" in chinese.stdout
    for word in ("Usage", "Options", "Arguments", "Commands", "Show this", "default"):
        assert word not in chinese.stdout


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_pages_fit_the_terminal(
    run: Run, lang: str, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    page = run("--lang", lang, *words, "--help").stdout
    assert all(width(text) <= 80 for text in page.splitlines())


def test_every_command_is_met_here() -> None:
    assert len(COMMANDS) == len(set(COMMANDS)) > 30
    assert {(), ("export",), ("parties", "suggest"), ("db", "check"), ("log",)} < set(COMMANDS)


def test_commands_stand_in_the_order_of_use(run: Run) -> None:
    page = run("--lang", "en", "--help").stdout
    names = re.findall(r"^  (\w+)  +[A-Z]", page.partition("Commands:")[2], re.MULTILINE)
    reading = "trace rows requests party links factors audit render export verify rules db log"
    assert (
        " ".join(names) == f"template demo load sources rejects parties correct note undo {reading}"
    )


def test_options_that_come_later_do_not_exist_yet(run: Run) -> None:
    pages = "".join(run("--lang", "en", *words, "--help").stdout for words in COMMANDS)
    for name in ("completion",):
        assert name not in pages


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (("tarce",), "没有命令 tarce；是否指 trace？", "no command tarce; did you mean trace?"),
        (("xyzzy",), "没有命令 xyzzy。", "no command xyzzy."),
        (("sources", "retrakt"), "是否指 retract？", "did you mean retract?"),
        (("trace",), "缺少 NUMBER。", "NUMBER is missing."),
        (("load",), "缺少 PATH。", "PATH is missing."),
        (("render", "106"), "缺少 --out。", "--out is missing."),
        (("trace", "106", "107"), "多出了不认识的内容：107。", "Words too many: 107."),
        (("trace", "106", "--form", "json"), "是否指 --format, --from", "--format, --from"),
        (("trace", "106", "--zzz"), "没有选项 --zzz。", "no option --zzz."),
        (("trace", "106", "--lang", "en"), "要写在命令之前", "stands before the command"),
        (("trace", "106", "--from"), "选项 --from 后面缺少值", "Option --from needs a value"),
        (("trace", "106", "--all=1"), "选项 --all 不带值", "Option --all takes no value"),
        (("--db", "x.db"), "缺少命令。", "A command is missing."),
        (("trace", "x"), "不是号码或号段", "is no number"),
        (("trace", "106", "--on", "x"), "--on 的日期 x 无法识别", "--on: x is no date"),
        (("trace", "106", "--format", "xml"), "tree | table | json | csv", "choose from: tree"),
        (("trace", "106", "--max-chains", "0"), "从 1 起的整数", "whole number from 1"),
        (("load", "x", "--party-a", "left"), "upstream | downstream", "upstream | downstream"),
        (("load", "x", "--encoding", "x"), "没有名为 x 的文本编码", "no text encoding x"),
        (("load", "x", "--timezone", "x"), "没有时区 x", "no time zone x"),
        (("load", "x", "--adds-to", "x"), "--adds-to 要写", "--adds-to takes"),
        (("sources", "retract", "3"), "缺少 --reason。", "--reason is missing."),
        (("sources", "retract", "3", "--reason", " "), "要写明理由", "must say why"),
        (("sources", "--format", "xml"), "table | json | csv", "table | json | csv"),
        (("rejects", "--source", "x"), "--source 要写", "--source takes"),
    ],
)
def test_misuse_is_one_line_and_status_2(
    run: Run, words: tuple[str, ...], zh: str, en: str
) -> None:
    for lang, expected, start in (("zh", zh, "错误："), ("en", en, "Error: ")):
        result = run("--lang", lang, *words)
        assert result.exit_code == 2
        assert result.stdout == ""
        first, *rest = result.stderr.splitlines()
        assert first.startswith(start)
        assert expected in first
        assert len(rest) <= 1
        assert all("tracer" in hint and "--help" in hint for hint in rest)


def test_a_language_that_is_not_spoken(run: Run) -> None:
    result = run("--lang", "fr", "log")
    assert result.exit_code == 2
    assert "zh | en" in result.stderr


def test_hints_name_the_command_at_hand(run: Run) -> None:
    assert run("trace", "106", "--from").stderr.endswith("用法见：tracer trace --help\n")
    assert run("sources", "retract").stderr.endswith("用法见：tracer sources retract --help\n")


@pytest.mark.parametrize("words", [(), ("db",)])
def test_without_a_word_help_goes_to_stderr(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("用法：")


def test_version(run: Run) -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert re.fullmatch(r"tracer( \d+\.\d+\.\d+)?\n", result.stdout)
