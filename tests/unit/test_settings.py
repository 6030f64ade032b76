"""The configuration: what is taken, and how a mistake is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing_tui.settings import (
    Settings,
    SettingsError,
    bundled,
    config_file,
    content_dir,
    load_settings,
)


def settings(tmp_path: Path, written: str | bytes) -> Settings:
    path = tmp_path / "config.toml"
    path.write_bytes(written if isinstance(written, bytes) else written.encode())
    return load_settings(path)


def test_without_a_file_there_are_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "nothing" / "config.toml") == Settings()
    assert settings(tmp_path, "") == Settings()
    assert (Settings().theme, Settings().mouse, Settings().keys) == ("dark", True, {})


def test_everything_can_be_set(tmp_path: Path) -> None:
    found = settings(tmp_path, 'theme = "ansi"\nmouse = false\n[keys]\ndown = "j,down"\n')
    assert found == Settings(theme="ansi", mouse=False, keys={"down": "j,down"})


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ('them = "dark"', "unknown key 'them' — did you mean 'theme'?"),
        ("zzz = 1", "unknown key 'zzz'; known: theme, mouse, keys"),
        ('theme = "drak"', "unknown theme 'drak' — did you mean 'dark'?"),
        ('theme = "solarized"', "unknown theme 'solarized'; one of dark, light, ansi"),
        ('theme = ""', "unknown theme ''; one of dark, light, ansi"),
        ("theme = 1", "'theme' takes a word in quotes"),
        ("mouse = 1", "'mouse' takes true or false"),
        ('mouse = "no"', "'mouse' takes true or false"),
        ('keys = "j"', "'keys' takes a table"),
        ("[keys]\ndown = 1", 'keys.down takes keys in quotes, such as "j,down"'),
        ('[keys]\ndown = ["j"]', "keys.down takes keys in quotes"),
        ("theme = dark", "this is not TOML: "),
        ("theme =", "this is not TOML: "),
        ('theme = "dark"\ntheme = "light"', "this is not TOML: "),
        (b'theme = "\xff"', "this is not TOML: "),
        ("a = " + "[" * 5_000, "this is not TOML: "),
    ],
)
def test_a_mistake_names_file_key_and_remedy(
    tmp_path: Path, written: str | bytes, message: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        settings(tmp_path, written)
    assert str(caught.value).startswith(f"{tmp_path / 'config.toml'}: ")
    assert message in str(caught.value)


def test_a_configuration_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="directory"):
        load_settings(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="Not a directory"):
        load_settings(tmp_path / "file" / "config.toml")


def test_another_file_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BRIEFING_TUI_CONFIG", str(tmp_path / "mine.toml"))
    assert config_file() == tmp_path / "mine.toml"
    monkeypatch.setenv("BRIEFING_TUI_CONFIG", "")
    assert config_file().name == "config.toml"
    assert config_file().parent.name == "briefing-tui"


def test_bundled_briefings_are_in_one_directory() -> None:
    assert bundled().parent == content_dir()
    assert content_dir().name == "content"
