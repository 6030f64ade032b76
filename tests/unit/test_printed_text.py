"""What commands print is safe for a terminal, whatever names, values and arguments hold."""

from __future__ import annotations

import gc
import io
import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing_tui.briefing.terminal_text import escaped_json, without_controls
from briefing_tui.cli import cli, main, output
from tests.briefings import text

HOSTILE = "\x1b]0;owned\x07\x9b31m\u202eevil\u2066\u2028\x7f\r"
"""Commands of terminals in C0 and C1, reordering, separators."""
NAME = HOSTILE + os.fsdecode(b"\xff\x9b")
"""A file name, which may hold bytes that are no text."""

UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]"
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files and directories with hostile names, hostile settings, and a sidecar."""
    place = tmp_path / NAME
    place.mkdir()
    (place / f"{NAME}.yaml").write_text(text(), encoding="utf-8")
    (place / "broken.yaml").write_text(f"briefing: 1\n{HOSTILE}: [", encoding="utf-8")
    (place / ".gitignore").write_bytes(f"[{HOSTILE}\n".encode())
    (place / "x.txt").write_text(HOSTILE, encoding="utf-8")
    marks = place / "data" / "marks" / f"x-{'0' * 12}.marks"
    marks.parent.mkdir(parents=True)
    marks.write_text(
        f"briefing-tui marks 1\nof /{HOSTILE}\n\n"
        f"[a/b] {HOSTILE}\na/b star -\na/b note - {HOSTILE}\n",
        encoding="utf-8",
    )
    marks.chmod(0o600)
    config = place / "config.toml"
    quoted = json.dumps(HOSTILE)
    config.write_text(f"libraries = [{quoted}]\n[queries]\n{quoted} = {quoted}\n", encoding="utf-8")
    for kind in ("STATE", "CACHE", "DATA", "TEXTS"):
        monkeypatch.setenv(f"BRIEFING_TUI_{kind}", str(place / kind.lower()))
    monkeypatch.setenv("BRIEFING_TUI_CONFIG", str(config))
    monkeypatch.setenv("TERM", HOSTILE)
    monkeypatch.setenv("LANG", HOSTILE)
    monkeypatch.chdir(place)
    return place


FILE = f"{NAME}.yaml"
COMMANDS: list[list[str]] = [
    ["show", FILE],
    ["show", "broken.yaml"],
    ["show", f"missing {NAME}"],
    ["show", "--pane", HOSTILE],
    ["show", "--as-of", HOSTILE],
    ["show", "--source", f"{HOSTILE}=x.txt"],
    ["check", FILE, "broken.yaml", NAME],
    ["check", "--json", FILE, "broken.yaml", NAME],
    ["check", "--format", "github", FILE, "broken.yaml", NAME],
    ["diff", FILE, "broken.yaml"],
    ["diff", "--json", f"HEAD:{FILE}", FILE],
    ["format", "--check", FILE, "broken.yaml", NAME],
    ["new", NAME],
    ["new", f"missing {NAME}/x"],
    ["config"],
    ["config", "--json"],
    ["config", "init"],
    ["config", "init", "--force"],
    ["paths"],
    ["keys"],
    ["library", "."],
    ["library", NAME],
    ["library", "--files", "x.txt"],
    ["search", "lighthouse", "--library", "."],
    ["search", "lighthouse", "--library", ".", "--json"],
    ["search", HOSTILE, "--library", "."],
    ["search", f"@{HOSTILE}"],
    ["search", f"--{HOSTILE}"],
    ["search", "x", "--files", NAME],
    ["search", "x", "--as-of", HOSTILE],
    ["dossier", HOSTILE, "--library", "."],
    ["dossier", "x", "--library", NAME],
    ["marks"],
    ["marks", "--json"],
    ["marks", FILE],
    ["doctor", "--no-keys"],
    ["doctor", "--json"],
    ["source", "list", FILE],
    ["source", "attach", FILE, HOSTILE, "x.txt"],
    ["source", "detach", FILE, HOSTILE],
    ["source", "attach", FILE, "gazette", NAME],
    ["completion", HOSTILE],
    ["schema", HOSTILE],
    [f"--{HOSTILE}"],
    ["--theme", HOSTILE],
    [NAME],
    [HOSTILE],
]


def escaped(command: list[str]) -> str:
    return " ".join(command).encode("unicode_escape", "surrogatepass").decode()[:50]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("command", COMMANDS, ids=escaped)
def test_no_command_prints_control_characters(command: list[str]) -> None:
    result = CliRunner().invoke(cli, command, prog_name="briefing-tui")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.output or result.exit_code == 1  # no hits
    assert UNSAFE.findall(result.stdout + result.stderr) == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions_repeat_nothing_unsafe(shell: str) -> None:
    env = {
        "_BRIEFING_TUI_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": f"briefing-tui show {HOSTILE}",
        "COMP_CWORD": HOSTILE if shell == "fish" else "2",
    }
    result = CliRunner(env=env).invoke(cli, prog_name="briefing-tui")
    assert "evil" in result.stdout
    assert UNSAFE.findall(result.output) == []


def test_a_traceback_is_printed_without_what_it_quotes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(**_: object) -> None:
        raise LookupError(HOSTILE)

    monkeypatch.setattr("briefing_tui.cli.cli", fail)
    monkeypatch.setattr(gc, "disable", lambda: None)
    with pytest.raises(SystemExit) as ended:
        main()
    printed = capsys.readouterr().err
    assert ended.value.code == 1
    assert "LookupError" in printed
    assert "evil" in printed
    assert UNSAFE.findall(printed) == []


def test_json_keeps_what_text_drops() -> None:
    value = {"a": HOSTILE + "\U000e0041\udc9b", "b": "Лавров"}
    escaped = escaped_json(json.dumps(value, ensure_ascii=False))
    assert UNSAFE.findall(escaped) == []
    assert "Лавров" in escaped
    assert json.loads(escaped) == value


def test_text_keeps_its_lines_and_letters() -> None:
    assert without_controls("a\n\tb\x1b[0m\u2028c\u200d") == "a\n\tb[0m c\u200d"


@pytest.mark.parametrize("write", [output.put, output.put_error, output.put_content])
def test_output_that_cannot_be_written(
    write: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full")
    name = "stderr" if write is output.put_error else "stdout"
    with open("/dev/full", "w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, name, full)
        if name == "stdout":
            with pytest.raises(SystemExit) as ended:
                write("x")
            assert ended.value.code == 2
            assert "cannot write the output: No space left" in capfd.readouterr().err
        else:
            write("x")


def test_content_is_printed_as_it_is_but_not_to_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output.put_content("a\u202eb\n")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    output.put_content("a\u202eb\n")
    assert capsys.readouterr().out == "a\u202eb\nab\n"


def test_letters_that_an_encoding_lacks_are_escaped_in_json_and_replaced_in_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    printed = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(printed, encoding="ascii"))
    output.put_json(["Лавров"])
    output.put("Лавров\n")
    first, second = printed.getvalue().split(b"]\n")
    assert (json.loads(first + b"]"), second) == (["Лавров"], b"??????\n")
