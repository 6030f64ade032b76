"""The configuration: what is taken from where, and how a mistake is told."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from briefing_tui.commands.registry import COMMANDS, effective_keys
from briefing_tui.settings.options import OPTIONS, Settings, config_template
from briefing_tui.settings.resolution import ResolvedValue, SettingsError, line_of, resolve
from briefing_tui.storage.directories import bundled, content_dir
from tests.places import directories


def settings(tmp_path: Path, written: str | bytes) -> Settings:
    path = tmp_path / "config.toml"
    path.write_bytes(written if isinstance(written, bytes) else written.encode())
    return resolve(path).settings


def test_without_a_file_there_are_the_defaults(tmp_path: Path) -> None:
    assert resolve(tmp_path / "nothing" / "config.toml").settings == Settings()
    assert settings(tmp_path, "") == Settings()
    assert (Settings().theme, Settings().mouse, Settings().keys) == ("auto", True, {})


def test_everything_can_be_set(tmp_path: Path) -> None:
    everything = Settings(
        theme="ansi",
        highlight="bar",
        layout="tabs",
        mouse=False,
        ascii=True,
        plain=True,
        clipboard="print",
        files=False,
        reader="ssh-key",
        marks="beside",
        editor=False,
        follow=True,
        libraries=("~/briefings", "/srv/briefings"),
        queries={"late": "is:planned before:2020"},
        keys={"down": "j,down"},
    )
    written = """
    theme = "ansi"
    highlight = "bar"
    layout = "tabs"
    mouse = false
    ascii = true
    plain = true
    clipboard = "print"
    files = false
    marks = "beside"
    reader = "ssh-key"
    editor = false
    follow = true
    libraries = ["~/briefings", "/srv/briefings"]
    [queries]
    late = "is:planned before:2020"
    [keys]
    down = "j,down"
    """
    assert settings(tmp_path, written) == everything
    changed = {
        option.name for option in OPTIONS if getattr(everything, option.name) != option.default
    }
    assert changed == {option.name for option in OPTIONS}, "an option is missing here"
    assert settings(tmp_path, 'ascii = "auto"').ascii is None


@pytest.mark.parametrize(
    ("written", "place", "message"),
    [
        ('them = "dark"', ":1", "unknown key 'them' — did you mean 'theme'?"),
        (
            "mouse = true\n\nzzz = 1",
            ":3",
            "unknown key 'zzz'; known: theme, highlight, layout, mouse",
        ),
        ("[kesy]\ndown = 'j'", ":1", "unknown key 'kesy' — did you mean 'keys'?"),
        ('theme = "drak"', ":1", "unknown theme 'drak' — did you mean 'dark'?"),
        ('theme = "solarized"', ":1", "unknown theme 'solarized'; one of dark, light, ansi, auto"),
        ('theme = ""', ":1", "unknown theme ''; one of dark, light, ansi"),
        ('layout = "girds"', ":1", "unknown layout 'girds' — did you mean 'grid'?"),
        ('clipboard = "osc-52"', ":1", "unknown clipboard 'osc-52' — did you mean 'osc52'?"),
        ("theme = 1", ":1", "'theme' takes a word in quotes"),
        ("mouse = 1", ":1", "'mouse' takes true or false"),
        ('mouse = "no"', ":1", "'mouse' takes true or false"),
        ('ascii = "yes"', ":1", "'ascii' takes true, false or \"auto\""),
        ('libraries = "/srv"', ":1", "'libraries' takes a list of words in quotes"),
        ("libraries = [1]", ":1", "'libraries' takes a list of words in quotes"),
        ('keys = "j"', ":1", "'keys' takes a table"),
        ("[keys]\ndown = 1", ":2", 'keys.down takes keys in quotes, such as "j,down"'),
        ('[keys]\nup = "k"\ndown = ["j"]', ":3", "keys.down takes keys in quotes"),
        ("keys.up = 'k'\nkeys.down = 1", ":2", "keys.down takes keys in quotes"),
        ("theme = dark", "", "this is not TOML: "),
        ("theme =", "", "this is not TOML: "),
        ('theme = "dark"\ntheme = "light"', "", "this is not TOML: "),
        (b'theme = "\xff"', "", "this is not TOML: "),
        ("a = " + "[" * 5_000, "", "this is not TOML: "),
        ("a = " + "1" * 5_000, "", "this is not TOML: "),
    ],
)
def test_a_mistake_names_file_line_key_and_remedy(
    tmp_path: Path, written: str | bytes, place: str, message: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        settings(tmp_path, written)
    assert str(caught.value).startswith(f"{tmp_path / 'config.toml'}{place}: ")
    assert message in str(caught.value)


def test_a_configuration_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="directory"):
        resolve(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="Not a directory"):
        resolve(tmp_path / "file" / "config.toml")


# Which of several counts


def test_flags_go_before_environment_before_file_before_defaults(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('layout = "tabs"\ntheme = "light"\nmouse = false\n', encoding="utf-8")
    environ = {"BRIEFING_TUI_THEME": "ansi", "BRIEFING_TUI_LAYOUT": "grid"}
    found = resolve(path, environ, {"theme": "dark", "layout": None, "files": False})
    assert found.options["theme"] == ResolvedValue("dark", "--theme")
    assert found.options["layout"] == ResolvedValue("grid", "BRIEFING_TUI_LAYOUT")
    assert found.options["mouse"] == ResolvedValue(False, f"{path}:3")
    assert found.options["files"] == ResolvedValue(False, "--no-files")
    assert found.options["clipboard"] == ResolvedValue("auto", "default")
    assert found.settings == Settings(theme="dark", layout="grid", mouse=False, files=False)


def test_a_mistake_in_the_file_is_told_though_a_flag_overrides_it(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('theme = "drak"\n', encoding="utf-8")
    with pytest.raises(SettingsError):
        resolve(path, {}, {"theme": "dark"})


@pytest.mark.parametrize(
    ("variable", "value", "name", "expected"),
    [
        ("MOUSE", "0", "mouse", False),
        ("MOUSE", " Off ", "mouse", False),
        ("MOUSE", "yes", "mouse", True),
        ("MOUSE", "", "mouse", True),
        ("ASCII", "1", "ascii", True),
        ("ASCII", "auto", "ascii", None),
        ("THEME", "light", "theme", "light"),
        ("LIBRARIES", "/a:/b::", "libraries", ("/a", "/b")),
    ],
)
def test_the_environment(
    variable: str, value: str, name: str, expected: object, tmp_path: Path
) -> None:
    found = resolve(tmp_path / "none", {f"BRIEFING_TUI_{variable}": value})
    assert found.options[name].value == expected


@pytest.mark.parametrize(
    ("environ", "flags", "message"),
    [
        ({"BRIEFING_TUI_MOUSE": "maybe"}, {}, "BRIEFING_TUI_MOUSE: 'maybe' is neither 1 nor 0"),
        ({"BRIEFING_TUI_ASCII": "x"}, {}, "BRIEFING_TUI_ASCII: 'x' is neither 1 nor 0 or auto"),
        (
            {"BRIEFING_TUI_THEME": "drak"},
            {},
            "BRIEFING_TUI_THEME: unknown theme 'drak' — did you mean 'dark'?",
        ),
        ({}, {"theme": "drak"}, "--theme: unknown theme 'drak' — did you mean 'dark'?"),
    ],
)
def test_a_mistake_elsewhere_names_its_place(
    environ: dict[str, str], flags: dict[str, str], message: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError) as caught:
        resolve(tmp_path / "none", environ, flags)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("wanted", "line"),
    [(("a",), 1), (("t",), 3), (("t", "x"), 4), (("t", "y z"), 5), (("d",), 2), (("none",), 0)],
)
def test_the_line_of_a_key(wanted: tuple[str, ...], line: int) -> None:
    text = 'a = 1\n  d.e = 2\n[ t ]\nx = "a = 3"\n"y z" = 4\n'
    tomllib.loads(text)
    assert line_of(text, *wanted) == line


# What is written of it


def filled() -> str:
    return config_template((one.id, one.keys, one.title) for one in COMMANDS)


def test_the_template_loads_to_the_defaults(tmp_path: Path) -> None:
    assert settings(tmp_path, filled()) == Settings()


def test_the_template_loads_to_the_defaults_with_every_line_in_use(tmp_path: Path) -> None:
    used = re.sub(r"^# ", "", filled(), flags=re.MULTILINE)
    found = settings(tmp_path, used)
    assert set(tomllib.loads(used)) == {option.name for option in OPTIONS}
    assert effective_keys(found.keys) == effective_keys({})
    assert set(found.keys) == {command.id for command in COMMANDS}
    assert settings(tmp_path, used.partition("[keys]")[0]) == Settings()


def test_the_template_explains_every_option() -> None:
    text = " ".join(filled().replace("## ", "").split())
    for option in OPTIONS:
        assert option.help in text
        assert option.variable in text


# Places


def test_another_file_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BRIEFING_TUI_CONFIG", str(tmp_path / "mine.toml"))
    assert directories().config_file == tmp_path / "mine.toml"
    monkeypatch.setenv("BRIEFING_TUI_CONFIG", "")
    config_file = directories().config_file
    assert config_file is not None
    assert (config_file.parent.name, config_file.name) == ("briefing-tui", "config.toml")


def test_bundled_briefings_are_in_one_directory() -> None:
    assert bundled().parent == content_dir()
    assert content_dir().name == "content"
