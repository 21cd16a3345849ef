"""A dry run leaves nothing behind."""

from pathlib import Path

from typer.testing import CliRunner

from tracer.cli.app import build_app


def test_a_dry_run_makes_no_database(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("码号,持有人\n10687415,甲\n", "utf-8")
    database = tmp_path / "new" / "t.db"
    database.parent.mkdir()
    words = ["--db", str(database), "load", str(tmp_path / "a.csv")]
    dry = CliRunner().invoke(build_app("zh"), [*words, "--dry-run"])
    assert dry.exit_code == 0, dry.output
    assert list(database.parent.iterdir()) == []
    assert CliRunner().invoke(build_app("zh"), words).exit_code == 0
    assert database.exists()
