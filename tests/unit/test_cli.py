"""The command line: what it prints, how it exits, and that it never shows a traceback."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from briefing_tui import __version__
from briefing_tui.briefing.terminal_text import cell_width
from briefing_tui.cli import COMMANDS, cli, main
from briefing_tui.cli import command as find
from tests.briefings import text
from tests.conftest import DATA

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
SMALL = str(DATA / "small.yaml")
FAULTY = text(about="gazete", actors=None)
WARNED = text(title='"A\\e"')


def invoke(*args: str, stdin: str | bytes | None = None) -> Result:
    """Run a command in this process; whatever fails, fails in words."""
    result = CliRunner().invoke(cli, args, prog_name="briefing-tui", input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    return result


def start(
    *args: str,
    stdin: bytes = b"",
    stdout: int = subprocess.PIPE,
    env: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run the program as its user does."""
    done = subprocess.run(
        [sys.executable, "-m", "briefing_tui", *args],
        input=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**ENVIRONMENT, **(env or {})},
        timeout=60,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    return done


def file(tmp_path: Path, written: str) -> str:
    path = tmp_path / "test.yaml"
    path.write_text(written, encoding="utf-8")
    return str(path)


# show


def test_show_prints_the_briefing() -> None:
    result = invoke("show", SMALL)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("The lighthouse at Karsholm\nas of 15 Jun 2021\n")
    assert "DEAL TRACKER (1 deal)" in result.stdout


def test_show_prints_one_pane() -> None:
    result = invoke("show", SMALL, "--pane", "timeline", "--pane", "sources")
    assert "TIMELINE (3 events)" in result.stdout
    assert "SOURCES (2 sources)" in result.stdout
    assert "SUMMARY" not in result.stdout


@pytest.mark.parametrize("width", [20, 47, 200])
def test_show_keeps_to_the_width(width: int) -> None:
    lines = invoke("show", SMALL, "--width", str(width)).stdout.splitlines()
    assert width - 12 < max(map(cell_width, lines)) <= width


def test_show_opens_what_cannot_be_read_in_full(tmp_path: Path) -> None:
    result = invoke("show", file(tmp_path, text(title="[]", timeline="[{headline: A call}]")))
    assert result.exit_code == 0
    assert "Problems in the file" in result.stdout
    assert "A call  cannot be read" in result.stdout


def test_a_briefing_from_another_program() -> None:
    for command in (["show", "-"], ["-"]):
        result = invoke(*command, stdin=text())
        assert (result.exit_code, result.stdout[:26]) == (0, "The lighthouse at Karsholm")
    result = invoke("check", "-", stdin=FAULTY)
    assert result.stdout.startswith("<stdin>:4:8: E104 ")


def test_without_a_terminal_a_file_is_printed() -> None:
    assert invoke(SMALL).stdout == invoke("show", SMALL).stdout
    assert invoke("--no-mouse", SMALL).stdout == invoke("show", SMALL).stdout


def test_a_file_named_like_a_command_is_opened_by_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "show").write_text(text(), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "The lighthouse at Karsholm" in invoke("./show").stdout


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["--as-of", "2021", "show", SMALL], ["show", SMALL, "--as-of", "2021"]),
        (["--as-of=2021", "--ascii", "show", SMALL], ["show", SMALL, "--as-of=2021", "--ascii"]),
        (["--pane", "deals", "show", SMALL], ["show", "--pane", "deals", SMALL]),
        (["--width", "40", "show", SMALL], ["show", SMALL, "--width", "40"]),
        (["--strict", "check", SMALL], ["check", "--strict", SMALL]),
        (["--json", "config"], ["config", "--json"]),
        (["--theme", "dark", "config"], ["config", "--theme", "dark"]),
        (["--plain", "paths"], ["paths", "--plain"]),
        (["--ascii", "check", SMALL], ["check", "--ascii", SMALL]),
        (["--theme", "show"], ["read", "--theme", "show"]),
        (["--ascii", SMALL, "show"], ["read", "--ascii", SMALL, "show"]),
        (["--ascii", "--", "show"], ["read", "--ascii", "--", "show"]),
    ],
    ids=lambda args: " ".join(args).replace(SMALL, "FILE"),
)
def test_options_may_come_before_the_command(before: list[str], after: list[str]) -> None:
    found, wanted = invoke(*before), invoke(*after)
    assert (found.exit_code, found.stderr) == (wanted.exit_code, wanted.stderr)
    assert found.stdout == wanted.stdout


def test_an_option_that_the_command_lacks_is_told() -> None:
    found = invoke("--theme", "dark", "config")
    assert found.exit_code == 2
    assert "Usage: briefing-tui config" in found.stderr
    assert "No such option" in found.stderr
    assert "--theme" in found.stderr


def test_the_word_that_was_typed_is_not_suggested() -> None:
    for args in (["show", "config"], ["--", "config"]):
        found = invoke(*args)
        assert (found.exit_code, found.stderr) == (
            2,
            "briefing-tui: config: No such file or directory\n",
        )


# check


def test_check_of_a_briefing_without_fault(tmp_path: Path) -> None:
    result = invoke("check", file(tmp_path, text()))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "1 briefing, 0 errors, 0 warnings; no source text attached: 2 statements not compared\n"
    )


def test_check_tells_file_line_and_column(tmp_path: Path) -> None:
    path = file(tmp_path, FAULTY)
    result = invoke("check", path)
    assert result.exit_code == 1
    first, *_, last = result.stdout.splitlines()
    assert first == f"{path}:4:8: E104 unknown source 'gazete' — did you mean 'gazette'?"
    assert last.startswith("1 briefing, ")
    assert last.partition(", ")[2][0] != "0"


def test_check_of_several_files(tmp_path: Path) -> None:
    path = file(tmp_path, FAULTY)
    result = invoke("check", SMALL, path, SMALL)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1].startswith("3 briefings, ")
    assert {line.partition(":")[0] for line in result.stdout.splitlines()[:-1]} == {path}


def test_check_of_what_is_no_briefing(tmp_path: Path) -> None:
    path = file(tmp_path, "title: A\n")
    result = invoke("check", path)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{path}:1:1: E101 not a briefing: the line 'briefing: 1' is missing",
        "1 briefing, 1 error, 0 warnings",
    ]


def test_warnings_fail_where_that_is_asked_for(tmp_path: Path) -> None:
    path = file(tmp_path, WARNED)
    assert invoke("check", path).exit_code == 0
    assert "1 briefing, 0 errors, 1 warning;" in invoke("check", path).stdout
    assert invoke("check", "--strict", path).exit_code == 1
    assert invoke("check", "--strict", SMALL).exit_code == 0


def test_check_for_programs(tmp_path: Path) -> None:
    path = file(tmp_path, text(title='"A\\e"', about="gazete"))
    result = invoke("check", "--json", path, SMALL)
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    sums = ["errors", "warnings", "figures", "atoms", "statements", "unopened"]
    assert list(found) == ["version", "files", "problems", *sums]
    assert found["files"] == [path, SMALL]
    assert found["errors"] + found["warnings"] == len(found["problems"])
    warning, error = found["problems"][:2]
    assert (warning["code"], warning["level"]) == ("W210", "warning")
    assert error == {
        "file": path,
        "line": 4,
        "column": 8,
        "code": "E104",
        "level": "error",
        "message": "unknown source 'gazete' — did you mean 'gazette'?",
        "path": ["about"],
    }
    assert result.stdout.isascii()


def test_check_for_programs_of_what_is_no_briefing(tmp_path: Path) -> None:
    result = invoke("check", "--json", file(tmp_path, "- a\n"))
    found = json.loads(result.stdout)
    assert (result.exit_code, found["errors"], found["problems"][0]["code"]) == (1, 1, "E101")


# Files that cannot be opened


@pytest.mark.parametrize("command", [["show"], ["check"], []])
def test_files_that_cannot_be_opened(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "file").touch()
    cases = {
        str(tmp_path / "nothing.yaml"): "nothing.yaml: No such file or directory",
        str(tmp_path): "name a briefing in it" if command else "no briefings here",
        str(tmp_path / "loop"): "loop: Too many levels of symbolic links",
        str(tmp_path / "file" / "a"): "a: Not a directory",
        str(tmp_path / ("a" * 300)): "File name too long",
        "": "the name of the file is empty",
    }
    for path, message in cases.items():
        result = invoke(*command, path)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("briefing-tui: ")
        assert message in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to the superuser")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = Path(file(tmp_path, text()))
    path.chmod(0)
    result = invoke("show", str(path))
    assert (result.exit_code, "Permission denied" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("", "1:1"),
        ("title: A\n", "1:1"),
        ("briefing: 3\n", "1:11"),
        ("briefing: 1\na: b: c\n", "2:5"),
    ],
)
def test_what_is_no_briefing_is_not_shown(tmp_path: Path, written: str, place: str) -> None:
    path = file(tmp_path, written)
    for command in (["show", path], [path]):
        result = invoke(*command)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(f"briefing-tui: {path}:{place}: E101 ")


def test_names_of_files_are_safe_to_print(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\nb.yaml"
    path.write_text("title: A\n", encoding="utf-8")
    result = invoke("check", str(path))
    assert f"{tmp_path}/a[31m b.yaml:1:1: E101" in result.stdout
    assert "\x1b" not in invoke("show", str(path)).stderr + invoke("\x1b[31m").stderr


# Wrong usage


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["show", SMALL, "--pane", "deal"], "unknown pane 'deal' — did you mean 'deals'?"),
        (["show", SMALL, "--pane", "x"], "unknown pane 'x'; one of summary, timeline, actors,"),
        (["show", SMALL, "--pnae", "deals"], "Did you mean '--pane'?"),
        (["show", SMALL, "--width", "5"], "5 is not in the range"),
        (["show", SMALL, "--width", "wide"], "'wide' is not a valid integer"),
        (["show", SMALL, "--as-of", "soon"], "--as-of soon: not a date; write 2019-01-07"),
        (["show", SMALL, "more"], "unexpected extra argument"),
        (["--theme", "drak", SMALL], "unknown theme 'drak' — did you mean 'dark'?"),
        (["--theme", "x", SMALL], "unknown theme 'x'; one of dark, light, ansi"),
        (["--themee", "dark", SMALL], "Did you mean '--theme'?"),
        (["shwo"], "shwo: No such file or directory — did you mean 'show'?"),
        (["check", "--jsn"], "Did you mean '--json'?"),
        (["completion", "tcsh"], "'tcsh' is not one of 'bash', 'zsh', 'fish'"),
    ],
)
def test_wrong_usage_names_what_was_meant(args: list[str], message: str) -> None:
    result = invoke(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    shown = " ".join(result.stderr.split())
    assert message in shown or message.replace("'", "") in shown  # releases of click differ


# Configuration


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("them = 1", "unknown key 'them' — did you mean 'theme'?"),
        ('theme = "drak"', "unknown theme 'drak' — did you mean 'dark'?"),
        ('mouse = "no"', "'mouse' takes true or false"),
        ("theme = ", "this is not TOML"),
    ],
)
def test_a_configuration_that_cannot_be_used(
    written: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(written, encoding="utf-8")
    monkeypatch.setenv("BRIEFING_TUI_CONFIG", str(config))
    result = invoke(SMALL)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"briefing-tui: {config}:")
    assert message in result.stderr
    assert invoke("show", SMALL).exit_code == invoke("check", SMALL).exit_code == 0


def test_paths_tell_where_things_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BRIEFING_TUI_CONFIG", str(tmp_path / "mine.toml"))
    lines = invoke("paths").stdout.splitlines()
    assert lines[0].split() == ["configuration", str(tmp_path / "mine.toml")]
    assert lines[1].split()[0] == "briefings"


# Help and completion


def test_the_version() -> None:
    assert invoke("--version").stdout == f"briefing-tui, version {__version__}\n"


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_the_help_shows_examples(flag: str) -> None:
    result = invoke(flag)
    assert result.exit_code == 0
    assert "Examples:\n" in result.stdout
    for example in (
        "briefing-tui my.yaml",
        "briefing-tui show my.yaml | less",
        "briefing-tui check",
    ):
        assert example in result.stdout
    for option in ("--theme", "--mouse", "--as-of", "--fresh", "--version"):
        assert result.stdout.count(f"  {option} ") == 1


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help(command: str) -> None:
    result = invoke(command, "--help")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"Usage: briefing-tui {command} ")
    assert all(option.help for option in find(command).params if isinstance(option, click.Option))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str) -> None:
    result = invoke("completion", shell)
    assert result.exit_code == 0
    assert f"{shell}_complete" in result.stdout
    assert "briefing-tui" in result.stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("briefing-tui sh", ["file,sh", "plain,show"]),
        ("briefing-tui check my", ["file,my"]),
        ("briefing-tui my.yaml --the", ["plain,--theme"]),
        ("briefing-tui --the", ["plain,--theme"]),
        ("briefing-tui --ver", ["plain,--version"]),
        ("briefing-tui show --pa", ["plain,--pane"]),
        ("briefing-tui completion f", ["plain,fish"]),
        ("briefing-tui marks at", ["file,at", "plain,attach"]),
        ("briefing-tui marks --js", ["plain,--json"]),
        ("briefing-tui explain verd", ["plain,verdict"]),
        ("briefing-tui explain event.ty", ["plain,event.type"]),
    ],
)
def test_words_are_completed(words: str, expected: list[str]) -> None:
    env = {
        "_BRIEFING_TUI_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    result = CliRunner(env=env).invoke(cli, prog_name="briefing-tui")
    assert result.stdout.splitlines() == expected


# The program as its user starts it


def test_as_a_module_it_prints_what_it_prints() -> None:
    done = start("show", SMALL)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == invoke("show", SMALL).stdout


@pytest.mark.parametrize("env", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}])
def test_a_locale_without_letters_is_no_reason_to_fail(env: dict[str, str]) -> None:
    shown = start("show", SMALL, env=env)
    assert (shown.returncode, shown.stderr) == (0, b"")
    assert b"The lighthouse at Karsholm" in shown.stdout
    checked = start("check", "-", stdin=FAULTY.encode(), env=env)
    assert checked.returncode == 1
    assert b"<stdin>:4:8: E104 unknown source 'gazete'" in checked.stdout
    missing = start("show", "n\u00f6thing.yaml", env=env)
    assert missing.returncode == 2
    assert b"No such file or directory" in missing.stderr


def read_a_little(*args: str, stdin: bytes) -> tuple[int, bytes]:
    """Exit code and complaints of a program whose output nobody reads to the end."""
    with subprocess.Popen(
        [sys.executable, "-m", "briefing_tui", *args],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdin.write(stdin)
        program.stdin.close()
        assert program.stdout.readline()
        program.stdout.close()
        complaints = program.stderr.read()
        return program.wait(timeout=60), complaints


@pytest.mark.parametrize(("command", "code"), [("show", 0), ("check", 1)])
def test_a_pipe_may_close_before_the_end(command: str, code: int) -> None:
    # More than a pipe holds, so that the program is still writing.
    many = text() + "".join(f"unknown-{number}: {'x' * 50}\n" for number in range(3_000))
    assert read_a_little(command, "-", stdin=many.encode()) == (code, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
@pytest.mark.parametrize(
    "args", [["show", SMALL], ["--help"], ["show", "--help"], ["--version"]], ids=" ".join
)
def test_a_full_disk_is_told(args: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = start(*args, stdout=full.fileno())
    assert done.returncode == 2
    assert done.stderr == b"briefing-tui: cannot write the output: No space left on device\n"


@pytest.mark.parametrize(
    ("closed", "args", "code"),
    [
        ("<&-", "show -", 2),
        ("<&-", "library --files -", 2),
        (">&-", f"show {SMALL}", 0),
        (">&- 2>&-", "show nothing.yaml", 2),
    ],
)
def test_streams_may_be_closed(closed: str, args: str, code: int) -> None:
    done = subprocess.run(
        ["sh", "-c", f"exec {sys.executable} -m briefing_tui {args} {closed}"],
        capture_output=True,
        env=ENVIRONMENT,
        timeout=60,
        check=False,
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (code, False)


def test_a_dumb_terminal_gets_plain_text() -> None:
    ours, theirs = pty.openpty()
    try:
        done = start(SMALL, stdout=theirs, env={"TERM": "dumb"})
        shown = os.read(ours, 65536)
    finally:
        os.close(theirs)
        os.close(ours)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"The lighthouse at Karsholm" in shown
    assert b"\x1b" not in shown
    # This terminal does not know its size: it is taken for an ordinary one.
    assert 40 < max(map(len, shown.decode(errors="replace").splitlines())) <= 80


@pytest.mark.parametrize(
    ("cause", "code"), [(KeyboardInterrupt(), 130), (SystemExit(143), 143), (ValueError(), 1)]
)
def test_a_signal_that_surfaces_as_an_error_of_the_interpreter_ends_quietly(
    cause: BaseException, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise SystemError("returned a result with an exception set") from cause

    errors: list[str] = []
    monkeypatch.setattr("briefing_tui.cli.cli", fail)
    monkeypatch.setattr("briefing_tui.cli.output.put_error", errors.append)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == code
    assert bool(errors) == (code == 1)
