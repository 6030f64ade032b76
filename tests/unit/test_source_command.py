"""Attaching the texts of sources, and every command that makes use of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from briefing_tui.briefing.load import load_path
from briefing_tui.session.briefing_file import File
from briefing_tui.storage.source_texts import StoreError, attach, texts_for
from tests.conftest import DATA
from tests.places import directories
from tests.unit.test_cli import invoke

BRIEFING = str(DATA / "icebreaker.yaml")
TEXT = str(DATA / "icebreaker.txt")
SHA = "07c1dd71baa63bd6a220d015fd405c8ef0d643f1f9f4457110a9b684e9d12efa"
SUMS = (
    "1 briefing, 0 errors, 0 warnings;"
    " 17 of 18 figures and dates, 14 of 14 names, 3 of 3 quotations and 2 of 2 hedges found"
)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BRIEFING_TUI_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "texts"


@pytest.fixture
def other(tmp_path: Path) -> str:
    """A text that differs in one sentence."""
    path = tmp_path / "other.txt"
    path.write_bytes(Path(TEXT).read_bytes().replace(b"paid in full", b"paid"))
    return str(path)


def test_a_text_is_kept_for_its_owner_alone(store: Path) -> None:
    result = invoke("source", "attach", BRIEFING, "herald", TEXT)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("herald: attached; it can show 8 passages: P1S1 P1S2 P2S1")
    (kept,) = store.iterdir()
    assert (kept.name, kept.stat().st_mode & 0o777) == (f"{SHA}.txt", 0o600)
    assert store.stat().st_mode & 0o777 == 0o700
    assert kept.read_bytes() == Path(TEXT).read_bytes()
    assert invoke("source", "attach", BRIEFING, "herald", TEXT).exit_code == 0
    assert list(store.iterdir()) == [kept]


def test_it_is_found_by_every_briefing_that_cites_it(store: Path, tmp_path: Path) -> None:
    invoke("source", "attach", BRIEFING, "herald", TEXT)
    copy = tmp_path / "elsewhere.yaml"
    copy.write_text(Path(BRIEFING).read_text(encoding="utf-8").replace("herald", "post"), "utf-8")
    document = File.read(str(copy), directories(), {}).document
    assert document.passage("post", "P3S1") == "The opposition is not convinced."
    assert invoke("check", "--strict", str(copy)).stdout.startswith(SUMS)


def test_it_is_listed_and_detached(store: Path) -> None:
    def listed() -> list[str]:
        return invoke("source", "list", BRIEFING).stdout.splitlines()

    assert listed()[0] == "herald  not attached  8 passages  Vestray Herald: Before the first ice"
    assert listed()[1] == "1 more without a text to verify a file against"
    invoke("source", "attach", BRIEFING, "herald", TEXT)
    assert listed()[0].startswith("herald  attached  8 passages")
    (kept,) = store.iterdir()
    kept.write_bytes(b"other")
    assert listed()[0].startswith("herald  damaged  ")
    assert File.read(BRIEFING, directories(), {}).document.texts == {}
    result = invoke("source", "detach", BRIEFING, "herald")
    assert (result.exit_code, list(store.iterdir())) == (0, [])
    result = invoke("source", "detach", BRIEFING, "herald")
    assert (result.exit_code, "no text of 'herald' is attached" in result.stderr) == (1, True)


def test_another_text_is_refused_by_its_passages(store: Path, other: str) -> None:
    result = invoke("source", "attach", BRIEFING, "herald", other)
    assert (result.exit_code, result.stdout) == (1, "")
    lines = [line.strip() for line in result.stderr.splitlines()]
    assert "is not the text of 'herald'" in lines[0]
    assert lines[1:5] == [
        "length     800 characters, not 808",
        "the same   P1S1",
        "moved      P2S1 (-8) P2S2 (-8) P2S3 (-8) P3S1 (-8) P3S2 (-8) P3S3 (-8)",
        "differ     P1S2",
    ]
    assert not store.exists()


def test_the_new_entry_makes_another_text_the_one(store: Path, other: str, tmp_path: Path) -> None:
    printed = invoke("source", "attach", "--rehash", BRIEFING, "herald", other)
    assert (printed.exit_code, printed.stderr, store.exists()) == (0, "", False)
    before, _, rest = Path(BRIEFING).read_text(encoding="utf-8").partition("    text:\n")
    path = tmp_path / "again.yaml"
    path.write_text(before + printed.stdout + rest[rest.index("  minutes:") :], encoding="utf-8")
    assert invoke("source", "attach", str(path), "herald", other).exit_code == 0
    assert invoke("check", "--strict", str(path)).exit_code == 0


def test_a_source_without_a_text_gets_its_first_entry(store: Path) -> None:
    result = invoke("source", "attach", BRIEFING, "minutes", TEXT)
    assert (result.exit_code, "'briefing-tui source attach --rehash'" in result.stderr) == (2, True)
    result = invoke("source", "attach", "--rehash", BRIEFING, "minutes", TEXT)
    assert result.stdout == f"    text:\n      sha256: {SHA}\n      length: 808\n"


def test_what_the_briefing_has_wrong_is_told(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    written = Path(BRIEFING).read_text(encoding="utf-8").replace("[775, 807,", "[774, 806,")
    path.write_text(written, encoding="utf-8")
    result = invoke("source", "attach", str(path), "herald", TEXT)
    assert (result.exit_code, "7 passages" in result.stdout) == (1, True)
    assert "the same P1S1 P1S2 P2S1 P2S2 P2S3 P3S1 P3S2; moved P3S3" in result.stderr


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["nothing.yaml", "herald", TEXT], "nothing.yaml: No such file"),
        ([BRIEFING, "heralt", TEXT], "unknown source 'heralt' — did you mean 'herald'?"),
        ([BRIEFING, "herald", "nothing.txt"], "nothing.txt: No such file"),
        ([BRIEFING, "herald", str(DATA)], "this is a directory; name the file with the text"),
        ([BRIEFING, "herald", "/dev/null/x"], "Not a directory"),
        (["-", "herald", "-"], "cannot both be standard input"),
        ([BRIEFING, "herald"], "Missing argument 'FILE'"),
    ],
)
def test_what_cannot_be_attached(store: Path, args: list[str], told: str) -> None:
    result = invoke("source", "attach", *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert not store.exists()


def test_a_briefing_that_is_none(store: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("title: A\n", encoding="utf-8")
    for command in ("attach", "detach", "list"):
        args = {"attach": ["herald", TEXT], "detach": ["herald"], "list": []}[command]
        result = invoke("source", command, str(broken), *args)
        assert (result.exit_code, result.stdout) == (1, "")
        assert f"{broken}:1:1: E101" in result.stderr


def test_a_text_from_standard_input(store: Path) -> None:
    data = Path(TEXT).read_bytes()
    assert invoke("source", "attach", BRIEFING, "herald", "-", stdin=data).exit_code == 0
    assert len(list(store.iterdir())) == 1


def test_where_nothing_may_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = invoke("source", "attach", BRIEFING, "herald", TEXT)
    assert (result.exit_code, "name one in BRIEFING_TUI_TEXTS" in result.stderr) == (2, True)
    assert invoke("source", "detach", BRIEFING, "herald").exit_code == 1
    assert "kept in no directory" in invoke("source", "list", BRIEFING).stdout
    (tmp_path / "file").touch()
    monkeypatch.setenv("BRIEFING_TUI_DATA", str(tmp_path / "file"))
    result = invoke("source", "attach", BRIEFING, "herald", TEXT)
    assert (result.exit_code, "Not a directory" in result.stderr) == (2, True)
    assert File.read(BRIEFING, directories(), {}).document.texts == {}


def test_what_fails_half_way_leaves_nothing(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StoreError, match="No space left on device"):
        attach(directories().texts, b"text")
    assert list(store.iterdir()) == []


def test_paths_tell_where_texts_are(store: Path) -> None:
    assert f"source texts   {store}\n" in invoke("paths").stdout


# --source


def test_a_text_for_one_run(store: Path) -> None:
    given = f"herald={TEXT}"
    assert invoke("check", "--strict", BRIEFING, "--source", given).stdout.startswith(SUMS)
    assert invoke("show", BRIEFING, "--source", given).exit_code == 0
    assert invoke(BRIEFING, "--source", given).exit_code == 0
    assert not store.exists()
    assert "no source text attached" in invoke("check", BRIEFING).stdout


def test_another_text_for_one_run(store: Path, other: str) -> None:
    invoke("source", "attach", BRIEFING, "herald", TEXT)
    for command in (["show", BRIEFING], [BRIEFING]):
        result = invoke(*command, "--source", f"herald={other}")
        assert (result.exit_code, result.stdout) == (1, "")
        assert (
            "is not its text: 800 characters, not 808; the same P1S1; moved P2S1" in result.stderr
        )
    result = invoke("check", BRIEFING, "--source", f"herald={other}")
    (problem, _) = result.stdout.splitlines()
    assert result.exit_code == 1
    assert problem.startswith(
        f"{BRIEFING}:43:15: E120 the file given for 'herald' is not this text"
    )


@pytest.mark.parametrize("command", [["show"], ["check"], []])
@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("herald", "'herald' is not ID=FILE"),
        ("=a", "'=a' is not ID=FILE"),
        ("herald=", "'herald=' is not ID=FILE"),
        (f"heralt={TEXT}", "unknown source 'heralt' — did you mean 'herald'?"),
        (f"minutes={TEXT}", "the briefing has no 'text' for 'minutes'"),
        ("herald=nothing", "nothing: No such file"),
    ],
)
def test_what_cannot_be_given(command: list[str], given: str, told: str) -> None:
    result = invoke(*command, BRIEFING, "--source", given)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in " ".join(result.stderr.split())


def test_a_source_given_twice() -> None:
    result = invoke("show", BRIEFING, *(["--source", f"herald={TEXT}"] * 2))
    assert (result.exit_code, "'herald' is given twice" in result.stderr) == (2, True)


# Briefings that are kept compiled


def test_a_compiled_briefing_has_its_texts(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_TUI_CACHE", str(tmp_path / "cache"))
    invoke("show", BRIEFING)
    assert File.read(BRIEFING, directories(), {}).document.root is None
    invoke("source", "attach", BRIEFING, "herald", TEXT)
    first = File.read(BRIEFING, directories(), {}).document
    assert first.root is not None, "it was not checked beside this text yet"
    invoke("show", BRIEFING)
    again = File.read(BRIEFING, directories(), {}).document
    assert again.root is None
    assert again.passage("herald", "P3S1") == first.passage("herald", "P3S1") is not None
    assert invoke("check", BRIEFING).stdout.startswith(SUMS)


def test_what_is_wrong_beside_the_text_is_never_forgotten(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_TUI_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "wrong.yaml"
    shutil.copy(BRIEFING, path)
    path.write_text(path.read_text("utf-8").replace("count 42", "count 43"), "utf-8")
    assert invoke("check", str(path)).exit_code == 0
    invoke("source", "attach", str(path), "herald", TEXT)
    for _ in range(2):
        assert "'43' is not in herald P3S2" in invoke("show", str(path)).stdout
        assert invoke("check", str(path)).exit_code == 1


def test_texts_are_looked_up_by_what_the_briefing_says(store: Path) -> None:
    attach(directories().texts, Path(TEXT).read_bytes())
    briefing = load_path(DATA / "icebreaker.yaml").briefing
    assert list(texts_for(directories().texts, briefing)) == ["herald"]
    assert texts_for(directories().texts, load_path(DATA / "small.yaml").briefing) == {}
