"""The commands ``config`` and ``config init``, and the flags that go before both."""

from __future__ import annotations

import json
import resource
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefing_tui.cli import cli
from briefing_tui.settings.options import OPTIONS, Settings
from briefing_tui.settings.resolution import resolve


def invoke(*args: str) -> Result:
    result = CliRunner().invoke(cli, args, prog_name="briefing-tui")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The configuration, which is not there yet."""
    found = tmp_path / "new" / "config.toml"
    monkeypatch.setenv("BRIEFING_TUI_CONFIG", str(found))
    return found


def configure(path: Path, written: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(written, encoding="utf-8")


def test_every_value_with_where_it_comes_from(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    configure(path, 'theme = "light"\n[keys]\nzoom = "x"\n')
    monkeypatch.setenv("BRIEFING_TUI_MOUSE", "no")
    lines = invoke("config").stdout.splitlines()
    assert lines[0] == str(path)
    told = {line.split()[0]: line.split(maxsplit=1)[1] for line in lines[2:]}
    assert told["theme"].split() == ['"light"', f"{path}:1"]
    assert told["mouse"].split() == ["false", "BRIEFING_TUI_MOUSE"]
    assert told["keys.zoom"].split() == ['"x"', f"{path}:2"]
    assert told["files"].split() == ["true", "default"]
    shown = {name.partition(".")[0] for name in told}
    assert shown == {option.name for option in OPTIONS} - {"queries"}, "an empty table has no line"


def test_for_programs(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_TUI_LIBRARIES", "/a:/b")
    told = json.loads(invoke("config", "--json").stdout)
    assert (told["file"], told["exists"]) == (str(path), False)
    options = {one["name"]: one for one in told["options"]}
    assert list(options) == [option.name for option in OPTIONS]
    assert options["libraries"]["value"] == ["/a", "/b"]
    assert options["libraries"]["from"] == "BRIEFING_TUI_LIBRARIES"
    assert (options["ascii"]["value"], options["ascii"]["flag"]) == ("auto", "--ascii")


def test_without_a_file_it_says_how_to_get_one(path: Path) -> None:
    assert "config init" in invoke("config").stdout.splitlines()[0]


@pytest.mark.parametrize(
    ("written", "line", "message"),
    [
        ('[keys]\nserch = "x"', 2, "keys: unknown command 'serch' — did you mean 'search'?"),
        ('[keys]\nup = "k"\nsearch = "j"', 3, "'j' is given to both 'down' and 'search'"),
        ('[keys]\nzoom = "entr"', 2, "keys.zoom: no such key 'entr' — did you mean 'enter'?"),
        ('keys.zoom = "ctrl+c"', 1, "keys.zoom: 'ctrl+c' quits from everywhere"),
        ('teme = "dark"', 1, "unknown key 'teme' — did you mean 'theme'?"),
    ],
)
def test_a_mistake_is_told_with_its_line(written: str, line: int, message: str, path: Path) -> None:
    configure(path, written)
    for command in (["config"], ["config", "--json"], ["keys"]):
        result = invoke(*command)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(f"briefing-tui: {path}:{line}: ")
        assert message in result.stderr


def test_a_file_to_begin_with(path: Path) -> None:
    result = invoke("config", "init")
    assert (result.exit_code, result.stdout) == (0, f"{path}\n")
    assert resolve(path).settings == Settings()
    assert "not there" not in invoke("config").stdout


def test_a_file_that_is_there_is_left_alone(path: Path) -> None:
    configure(path, 'theme = "light"\n')
    result = invoke("config", "init")
    assert result.exit_code == 2
    assert "--force" in result.stderr
    assert path.read_text(encoding="utf-8") == 'theme = "light"\n'
    assert invoke("config", "init", "--force").exit_code == 0
    assert resolve(path).settings == Settings()


def test_a_file_that_cannot_be_written_over_stays_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(path, 'theme = "light"\n')
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, limit[1]))
        result = invoke("config", "init", "--force")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, before)
    assert (result.exit_code, result.stderr) == (2, f"briefing-tui: {path}: File too large\n")
    assert path.read_text(encoding="utf-8") == 'theme = "light"\n'
    assert [*path.parent.iterdir()] == [path]


def test_a_link_that_is_written_over_leads_where_it_led(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "dotfiles.toml"
    file.write_text('theme = "light"\n')
    file.chmod(0o640)
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(file)
    assert invoke("config", "init", "--force").exit_code == 0
    assert path.is_symlink()
    assert resolve(file).settings == Settings()
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_mistake_does_not_keep_from_beginning_anew(path: Path) -> None:
    configure(path, "theme = ")
    assert invoke("config").exit_code == 2
    assert invoke("config", "init", "--force").exit_code == 0


def test_a_place_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("BRIEFING_TUI_CONFIG", str(tmp_path / "file" / "config.toml"))
    result = invoke("config", "init")
    assert result.exit_code == 2
    assert str(tmp_path / "file") in result.stderr


def test_the_old_way_to_turn_off_the_mouse_is_still_one(path: Path) -> None:
    assert invoke("show", "--no-ascii").exit_code == 0
    assert invoke("--no-mouse", "--layout", "grid").exit_code == 0
    result = invoke("--layout", "girds")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--layout: unknown layout 'girds' — did you mean 'grid'?" in result.stderr
