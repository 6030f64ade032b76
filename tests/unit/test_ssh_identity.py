"""Readers who share an account: each SSH key has its own positions and marks."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing_tui.cli import cli
from briefing_tui.storage.directories import Directories
from briefing_tui.storage.ssh_identity import reader_of


def string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


KEY = string(b"ssh-ed25519") + string(b"k" * 32)
CERTIFICATE = string(b"ssh-ed25519-cert-v01@openssh.com") + string(b"nonce") + string(b"k" * 32)
NAME = hashlib.sha256(KEY).hexdigest()


def line(key_type: str, blob: bytes) -> bytes:
    return f"publickey {key_type} {base64.b64encode(blob).decode()}\n".encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "auth"


def reader(file: Path, data: bytes) -> str:
    file.write_bytes(data)
    return reader_of({"SSH_USER_AUTH": str(file)})


def test_a_reader_is_named_by_the_key(file: Path) -> None:
    assert reader(file, line("ssh-ed25519", KEY)) == NAME
    assert reader(file, b"password\n" + line("ssh-ed25519", KEY)) == NAME


def test_a_renewed_certificate_is_the_same_reader(file: Path) -> None:
    for serial in (b"1", b"2"):
        assert reader(file, line("ssh-ed25519-cert-v01@openssh.com", CERTIFICATE + serial)) == NAME


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa", "rsa"])
def test_a_certificate_of_openssh_counts_as_its_key(kind: str, tmp_path: Path, file: Path) -> None:
    if shutil.which("ssh-keygen") is None:
        pytest.skip("not installed: ssh-keygen")
    key, authority = str(tmp_path / "key"), str(tmp_path / "authority")
    size = ["-b", "1024"] if kind == "rsa" else []
    for name, options in ((key, ["-t", kind, *size]), (authority, ["-t", "ed25519"])):
        command = ["ssh-keygen", "-q", *options, "-N", "", "-f", name]
        subprocess.run(command, check=True)
    command = ["ssh-keygen", "-q", "-s", authority, "-I", "reader", f"{key}.pub"]
    subprocess.run(command, check=True, capture_output=True)
    names = set()
    for public in (f"{key}.pub", f"{key}-cert.pub"):
        key_type, blob, *_ = Path(public).read_text(encoding="ascii").split()
        names.add(reader(file, f"publickey {key_type} {blob}\n".encode()))
    assert len(names) == 1
    assert len(names.pop()) == 64


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"password\n", b"publickey\n", b"publickey ssh-ed25519 ?\n", b"\xff\0\n"),
        line("ssh-ed25519-cert-v01@openssh.com", CERTIFICATE[:50]),
        line("ssh-ed25519-cert-v01@openssh.com", b"\xff" * 8),
        line("ssh-rsa-cert-v01@openssh.com", b""),
    ],
)
def test_without_a_key_a_reader_has_no_name(data: bytes, file: Path) -> None:
    assert reader(file, data) == ""


def test_a_file_that_cannot_be_read_names_nobody(tmp_path: Path) -> None:
    for name in ("", str(tmp_path), str(tmp_path / "no"), "a\0b", "/dev/zero"):
        assert reader_of({"SSH_USER_AUTH": name}) == ""
    assert reader_of({}) == ""


def test_source_texts_and_the_cache_are_for_all_readers(tmp_path: Path) -> None:
    shared = Directories(tmp_path, *(tmp_path / name for name in ("s", "d", "t", "c")))
    own = shared.of_reader("anna")
    assert (own.state, own.data) == (tmp_path / "s/readers/anna", tmp_path / "d/readers/anna")
    assert (own.texts, own.cache) == (shared.texts, shared.cache)
    nobody = shared.of_reader("")
    assert (nobody.state, nobody.data) == (None, None)
    assert (nobody.texts, nobody.cache) == (shared.texts, shared.cache)


@pytest.mark.parametrize("from_file", [False, True])
def test_the_option_names_the_readers_directories(
    from_file: bool, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("STATE", "DATA", "TEXTS"):
        monkeypatch.setenv(f"BRIEFING_TUI_{name}", str(tmp_path / name.lower()))
    if from_file:
        config = tmp_path / "config.toml"
        config.write_text('reader = "ssh-key"\n', encoding="utf-8")
        monkeypatch.setenv("BRIEFING_TUI_CONFIG", str(config))
    else:
        monkeypatch.setenv("BRIEFING_TUI_READER", "ssh-key")
    file.write_bytes(line("ssh-ed25519", KEY))
    monkeypatch.setenv("SSH_USER_AUTH", str(file))
    with_key = CliRunner().invoke(cli, ["paths"]).output
    assert f"positions      {tmp_path}/state/readers/{NAME}\n" in with_key
    assert f"annotations    {tmp_path}/data/readers/{NAME}\n" in with_key
    assert f"source texts   {tmp_path}/texts\n" in with_key
    monkeypatch.delenv("SSH_USER_AUTH")
    without = CliRunner().invoke(cli, ["paths"]).output
    assert "positions      none\n" in without
    assert "annotations    none\n" in without
    assert f"source texts   {tmp_path}/texts\n" in without
