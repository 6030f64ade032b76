"""Libraries: which files they hold, and an index that is never wrong, whatever happens to it."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.library import briefing
from briefing_tui.annotations.read_state import Jump
from briefing_tui.annotations.session_annotations import Annotations
from briefing_tui.briefing.check import check
from briefing_tui.briefing.load import load, load_path
from briefing_tui.library.discovery import (
    MOST_BYTES,
    Roots,
    discover,
    is_briefing,
    listed,
    notice,
)
from briefing_tui.library.dossier.builder import dossier
from briefing_tui.library.dossier.newest_briefings import DossierScope
from briefing_tui.library.entity_resolution import joined, named
from briefing_tui.library.index import database, sync, worker_pool
from briefing_tui.library.index.library_index import Index, LibraryError
from briefing_tui.library.index.record import Job
from briefing_tui.library.index.sync import IndexProgress
from briefing_tui.library.service import LibraryService
from briefing_tui.library.workspace import Workspace
from briefing_tui.query.matching import predicate
from briefing_tui.query.parser import parse
from briefing_tui.storage import positions
from briefing_tui.storage.per_briefing_files import identity, read_state_file, sidecar_file
from briefing_tui.views.query_facts import facts, unfiltered_scene
from briefing_tui.views.scene import unchecked_scene
from tests.briefings import text
from tests.conftest import DATA
from tests.places import directories
from tests.profiles import examples
from tests.subjects import subjects_of

ROOT = Path(__file__).parents[2]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A directory for briefings."""
    made = tmp_path / "library"
    made.mkdir()
    return made


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with contextlib.closing(Index(tmp_path / "cache" / "library.db")) as opened:
        yield opened


def write(path: Path, title: str = "A", **sections: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(title=title, **sections), encoding="utf-8")
    # Long ago, so that no test depends on the tick of the clock.
    os.utime(path, ns=(10**18, 10**18))
    return path


def names(roots: Roots, base: Path) -> list[str]:
    return [os.path.relpath(os.fsdecode(found.path), base) for found in discover(roots).files]


def paths(index: Index, query: str) -> list[str]:
    return sorted({Path(hit.path).name for hit in index.search(parse(query)).hits})


# which files


def test_yaml_files_are_found_but_not_in_hidden_directories(library: Path) -> None:
    for name in ("b.yaml", "a/c.yml", ".git/d.yaml", "a/.h/e.yaml", "f.txt", ".g.yaml"):
        write(library / name)
    (library / "dir.yaml").mkdir()
    assert sorted(names(Roots.of([library]), library)) == [".g.yaml", "a/c.yml", "b.yaml"]


def skipped(roots: Roots, base: Path) -> str:
    return notice(discover(roots).skipped, str(base))


def exclude(git: Path, patterns: str) -> None:
    """Write the ignore file that belongs to a repository."""
    (git / "info").mkdir(parents=True)
    (git / "info" / "exclude").write_text(patterns)


def test_what_git_ignores_is_left_out_unless_it_is_wanted(library: Path) -> None:
    exclude(library / ".git", "x*.yaml\n")
    (library / ".gitignore").write_text("*.yaml\n!keep.yaml\nbuild/\n")
    for name in ("a.yaml", "keep.yaml", "xa.yml", "sub/keep.yaml", "sub/b.yml", "build/keep.yaml"):
        write(library / name)
    write(library / "sub" / "xb.yaml")
    (library / "sub" / ".gitignore").write_text("b.yml\n!a.yaml\n")
    write(library / "sub" / "a.yaml")
    found = names(Roots.of([library]), library)
    assert sorted(found) == ["keep.yaml", "sub/a.yaml", "sub/keep.yaml", "xa.yml"]
    assert discover(Roots.of([library])).ignored
    everything = Roots.of([library], ignored=True)
    assert len(names(everything, library)) == 8
    assert not discover(everything).ignored


def test_ignore_files_above_a_directory_that_is_named_do_not_apply(library: Path) -> None:
    exclude(library / ".git", "a.yaml\n")
    (library / ".gitignore").write_text(".venv/\nprivate/\n*.draft.yaml\n")
    site = library / ".venv" / "site"
    for name in ("a.yaml", "b.draft.yaml", "own.yaml", "private/c.yaml"):
        write(site / name)
    (site / ".gitignore").write_text("own.yaml\n")
    assert names(Roots.of([site]), site) == ["a.yaml", "b.draft.yaml", "private/c.yaml"]
    assert names(Roots.of([site / "own.yaml"]), site) == ["own.yaml"]


@pytest.mark.parametrize("order", [(".", "drafts", "private"), ("private", "drafts", ".")])
def test_a_directory_that_is_named_twice_over_is_not_ignored(
    library: Path, order: tuple[str, ...]
) -> None:
    (library / ".gitignore").write_text("*.draft.yaml\nprivate/\n")
    for directory in ("drafts", "private"):
        write(library / directory / "a.draft.yaml")
    assert names(Roots.of([library]), library) == []
    found = names(Roots.of([library / name for name in order]), library)
    assert sorted(found) == ["drafts/a.draft.yaml", "private/a.draft.yaml"]


def test_a_repository_in_a_library_has_its_own_ignore_files(library: Path) -> None:
    exclude(library / ".git", "x.yaml\n")
    (library / ".gitignore").write_text("a.yaml\n")
    exclude(library / "inner" / ".git", "b.yaml\n")
    # A work tree of it, and a submodule: their git directories are elsewhere.
    own = library / "inner" / ".git" / "worktrees" / "tree"
    own.mkdir(parents=True)
    (own / "commondir").write_text("../..\n")
    exclude(library / ".git" / "modules" / "part", "c.yaml\n")
    for directory, target in (("tree", str(own)), ("part", "../.git/modules/part")):
        (library / directory).mkdir()
        (library / directory / ".git").write_text(f"gitdir: {target}\n")
    for directory in (".", "inner", "tree", "part"):
        for name in "abcx":
            write(library / directory / f"{name}.yaml")
    found: dict[str, str] = {}
    for path in names(Roots.of([library]), library):
        directory, name = os.path.split(path)
        found[directory] = found.get(directory, "") + name[0]
    assert found == {"": "bc", "inner": "acx", "tree": "acx", "part": "abx"}


@pytest.mark.parametrize(
    "content",
    [b"", b"garbage", b"gitdir: ", b"gitdir: /nowhere\n", b"gitdir: a\0b\n", b"\xff" * 9000],
)
def test_a_git_file_may_hold_anything(library: Path, content: bytes) -> None:
    (library / ".gitignore").write_text("a.yaml\n")
    for name in ("a.yaml", "sub/a.yaml", "sub/b.yaml"):
        write(library / name)
    for directory in (library, library / "sub"):
        (directory / ".git").write_bytes(content)
    assert names(Roots.of([library]), library) == ["sub/b.yaml"]
    assert skipped(Roots.of([library]), library) == ""


@pytest.mark.parametrize("pattern", ["[z-a]", "[", "a\\", "[[:foo:]]"])
def test_a_mistaken_pattern_alone_is_skipped(library: Path, pattern: str) -> None:
    for name in "abc":
        write(library / f"{name}.yaml")
    roots = Roots.of([library])
    (library / ".gitignore").write_text(f"a.yaml\n{pattern}\nb.yaml\n")
    assert names(roots, library) == ["c.yaml"]
    assert skipped(roots, library).startswith(f".gitignore:2: pattern {pattern} skipped: ")
    exclude(library / "sub" / ".git", f"{pattern}\n{pattern}\n")
    message = skipped(roots, library.parent)
    assert message.startswith(f"library/.gitignore:2: pattern {pattern} skipped: ")
    assert message.endswith("; 2 more like it")
    assert skipped(Roots.of([library], ignored=True), library) == ""


def test_a_mistaken_pattern_is_told_in_one_short_line(library: Path) -> None:
    pattern = b"[\x1b-\x01\xff\xe2\x80\xa8" + b"x" * 1_000_000
    (library / ".gitignore").write_bytes(pattern)
    message = skipped(Roots.of([library]), library)
    assert message.startswith(".gitignore:1: pattern [-")
    assert message.isprintable()
    assert len(message) < 100


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (Path.mkdir, "Is a directory"),
        (os.mkfifo, "Not a regular file"),
        (lambda path: path.symlink_to(path), "a symbolic link, which git does not follow"),
        (lambda path: path.symlink_to("/dev/zero"), "a symbolic link, which git does not follow"),
        (lambda path: path.symlink_to("patterns"), "a symbolic link, which git does not follow"),
        (lambda path: path.write_bytes(b"*\n" * MOST_BYTES), "larger than 2 MiB"),
        pytest.param(
            lambda path: path.touch(0),
            "Permission denied",
            marks=pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root"),
        ),
    ],
    ids=["directory", "pipe", "loop", "device", "link", "large", "forbidden"],
)
def test_an_ignore_file_that_cannot_be_read_is_skipped(
    library: Path, make: Callable[[Path], object], reason: str
) -> None:
    write(library / "a.yaml")
    (library / "patterns").write_text("*\n")
    make(library / ".gitignore")
    roots = Roots.of([library])
    assert names(roots, library) == ["a.yaml"]
    assert skipped(roots, library) == f".gitignore: ignore file skipped: {reason}"


def test_links_are_followed_once(library: Path) -> None:
    write(library / "z" / "a.yaml")
    (library / "a-link").symlink_to(library / "z")
    (library / "z" / "up").symlink_to(library)
    (library / "dead.yaml").symlink_to(library / "nowhere")
    assert names(Roots.of([library]), library) == ["z/a.yaml"]


def test_a_file_is_listed_by_its_own_name_and_not_by_links_too(library: Path) -> None:
    real, outside = write(library / "z" / "a.yaml"), write(library.parent / "out.yaml")
    for link in (library / "a.yaml", library / "z" / "b.yaml"):
        link.symlink_to(real)
    for link in (library / "c.yaml", library / "z" / "d.yaml"):
        link.symlink_to(outside)
    assert names(Roots.of([library]), library) == ["z/a.yaml", "c.yaml"]
    assert names(Roots.of([library / "a.yaml"]), library) == ["a.yaml"]
    assert names(Roots.of([library / "a.yaml", real]), library) == ["z/a.yaml"]


def test_single_files_and_lists(library: Path) -> None:
    one, two = write(library / "a.yaml"), write(library / "b.txt")
    assert listed(b"a.yaml\n\nb.txt\n", str(library)) == [str(one), str(two)]
    assert listed(b"a.yaml\0b\n.txt\0", str(library))[1] == f"{library}/b\n.txt"
    os.mkfifo(library / "pipe.yaml")
    roots = Roots.of([two, library, one, library / "none.yaml", library / "pipe.yaml"])
    assert names(roots, library) == ["b.txt", "a.yaml"]


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (b"briefing: 1\n", True),
        (b"# a word first\n\n'briefing' : 1", True),
        (b"\xef\xbb\xbfbriefing: 1", True),
        (b'{"briefing": 1}', True),
        (b"title: x\n  briefing: 1", False),
        (b"briefings: 1", False),
        (b"#" * 5000 + b"\nbriefing: 1", False),
        (b"", False),
    ],
)
def test_a_briefing_says_so(head: bytes, is_one: bool) -> None:
    assert is_briefing(head) is is_one


# the index


def test_lists_tell_of_every_briefing(library: Path, index: Index) -> None:
    write(library / "a.yaml", "Of ice", tags="[ice, north]")
    write(library / "b.yaml", "Of fire", timeline="[{id: a}]")
    (library / "c.yaml").write_text("briefing: 1\n  title: [")
    (library / "d.yaml").write_text("kind: ConfigMap\n")
    index.refresh(Roots.of([library]))
    sound, faulty, refused = index.briefings()
    assert (sound.title, sound.as_of, sound.tags) == ("Of ice", "2021-06-15", ("ice", "north"))
    assert (sound.events, sound.actors, sound.commitments, sound.errors) == (1, 1, 1, 0)
    assert (faulty.title, faulty.errors > 0) == ("Of fire", True)
    assert "E102" in faulty.first_error
    assert (refused.title, refused.errors) == ("c", 1)
    assert "E101" in refused.first_error


def test_hits_tell_where(library: Path, index: Index) -> None:
    path = write(library / "a.yaml", "Of ice")
    index.refresh(Roots.of([library]))
    (hit,) = index.search(parse("lantern type:other")).hits
    assert (hit.path, hit.title, hit.pane, hit.entry) == (
        *(str(path), "Of ice"),
        *("timeline", "timeline/storm"),
    )
    assert hit.extract.text == "The lantern is lost"
    assert hit.extract.matches == ((4, 11),)
    assert (hit.date, str(hit.known), hit.as_of) == ("2020-11", "2021-06-10", "2021-06-15")
    day = datetime.date(2021, 6, 9)
    assert not index.search(parse("lantern type:other"), as_of=day).hits


def test_only_the_library_that_is_looked_at_answers(library: Path, index: Index) -> None:
    for name in ("one/a", "two/b", "one-more/c"):
        write(library / f"{name}.yaml", "Of ice")
    index.refresh(Roots.of([library]))
    assert paths(index, "title:ice") == ["a.yaml", "b.yaml", "c.yaml"]
    assert not index.refresh(Roots.of([library / "one"]))
    assert paths(index, "title:ice") == ["a.yaml"]
    assert [Path(one.path).name for one in index.briefings()] == ["a.yaml"]
    assert [one.id for one in index.all_subjects()] == ["holm", "lantern"]
    index.set_scope(Roots.of([library / "two"]))
    assert paths(index, "lantern") == ["b.yaml"]


def test_only_what_changed_is_read(library: Path, index: Index) -> None:
    files = [write(library / f"{number}.yaml", f"Of {number}") for number in range(3)]
    roots = Roots.of([library])
    assert index.refresh(roots).read == 3
    assert not index.refresh(roots)
    os.utime(files[0])
    assert not index.refresh(roots), "its bytes are the same"
    write(files[1], "Of ice")
    files[2].rename(library / "moved.yaml")
    changes = index.refresh(roots)
    assert (changes.read, len(changes.moves), changes.removed) == (1, 1, 0)
    assert paths(index, "title:2") == ["moved.yaml"]
    files[0].unlink()
    assert index.refresh(roots).removed == 1
    assert paths(index, "title:of") == ["1.yaml", "moved.yaml"]


def test_what_of_ignore_files_has_no_effect_is_among_the_changes(
    library: Path, index: Index
) -> None:
    write(library / "a.yaml")
    (library / ".gitignore").write_text("[\na.yaml\n")
    changes = index.refresh(Roots.of([library]))
    assert (bool(changes), changes.ignored, index.count) == (False, True, 0)
    assert [(one.path, one.line) for one in changes.skipped] == [(str(library / ".gitignore"), 1)]
    (library / ".gitignore").unlink()
    changes = index.refresh(Roots.of([library]))
    assert (changes.read, changes.ignored, changes.skipped) == (1, False, [])


def test_what_other_libraries_left_behind_goes_little_by_little(
    library: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("old/a", "old/b", "old/c", "kept/d", "here/e"):
        write(library / f"{name}.yaml", "Of ice")
    for name in ("old", "kept", "here"):
        index.refresh(Roots.of([library / name]))
    for name in ("a", "b", "c"):
        (library / "old" / f"{name}.yaml").unlink()
    monkeypatch.setattr(sync, "TIDYING", -1.0)
    index.refresh(Roots.of([library / "here"]))
    index.set_scope(Roots.of([library]))
    assert index.count == 5, "without time nothing is done"
    monkeypatch.setattr(sync, "TIDYING", 60.0)
    monkeypatch.setattr(sync, "FEW", 2)
    for _ in range(100):
        index.refresh(Roots.of([library / "here"]))
        index.set_scope(Roots.of([library]))
        if index.count == 2:
            break
    assert [Path(one.path).name for one in index.briefings()] == ["e.yaml", "d.yaml"]
    check_whole(index)


def test_a_change_within_the_tick_of_the_clock_is_seen(library: Path, index: Index) -> None:
    path = library / "a.yaml"
    path.write_text(text(title="Aa"))
    index.refresh(Roots.of([library]))
    status = path.stat()
    path.write_text(text(title="Bb"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    index.refresh(Roots.of([library]))
    assert [one.title for one in index.briefings()] == ["Bb"]


def test_what_cannot_be_read_is_told_and_tried_again(
    library: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(library / "a.yaml")
    from briefing_tui.library.index import record

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(record, "open", refuse, raising=False)
    index.refresh(Roots.of([library]))
    assert index.briefings()[0].first_error == "cannot be read: Permission denied"
    monkeypatch.undo()
    assert index.refresh(Roots.of([library])).read == 1
    assert index.briefings()[0].errors == 0


def test_names_that_are_no_text(library: Path, index: Index) -> None:
    write(library / os.fsdecode(b"\xff\x1b[31m.yaml"), "Of ice")
    index.refresh(Roots.of([library]))
    (hit,) = index.search(parse("title:ice type:title")).hits
    assert os.fsencode(hit.path).endswith(b"\xff\x1b[31m.yaml")


# workers, interruption, several processes


def many(library: Path, count: int = 60) -> Roots:
    for number in range(count):
        write(library / f"{number:02}.yaml", f"Of {number}")
    return Roots.of([library])


def test_workers_read_the_same(library: Path, index: Index) -> None:
    seen: list[IndexProgress] = []
    assert index.refresh(many(library), seen.append, processes=2).read == 60
    assert (seen[-1].done, seen[-1].total) == (60, 60)
    with contextlib.closing(Index()) as fresh:
        fresh.refresh(Roots.of([library]), processes=0)
        assert index.briefings() == fresh.briefings()
        asked = parse("lantern or holm")
        assert hits(index, asked) == hits(fresh, asked)


def test_a_worker_that_dies_costs_nothing(
    library: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    dying = (
        "import os; from briefing_tui.library.index import worker_pool; "
        "examine = worker_pool.examine; worker_pool.examine = lambda job: "
        "os._exit(1) if job.path.endswith(b'07.yaml') else examine(job)"
    )
    start, serve = worker_pool._PROGRAM.split("; ", 2)[:2], "worker_pool.serve()"
    monkeypatch.setattr(worker_pool, "_PROGRAM", "; ".join([*start, dying, serve]))
    index.refresh(many(library), processes=2)
    listed = {Path(one.path).name: one.first_error for one in index.briefings()}
    assert len(listed) == 60
    assert {name for name, error in listed.items() if error} == {"07.yaml"}
    assert "ended the process" in listed["07.yaml"]


def test_a_worker_ends_before_the_next_file_once_its_parent_is_gone(library: Path) -> None:
    write(library / "a.yaml")
    parents = "import os; parents = iter([7, 7, 1]); os.getppid = lambda: next(parents)"
    jobs = [Job(os.fsencode(library / "a.yaml"))] * 2
    done = subprocess.run(
        [sys.executable, "-c", f"{parents}; {worker_pool._PROGRAM}", *sys.path],
        input=msgspec.json.encode(jobs) + b"\n",
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")


def refused(*_: Any, **__: Any) -> None:
    raise BlockingIOError(11, "Resource temporarily unavailable")


def unstartable(*_: Any) -> None:
    raise RuntimeError("can't start new thread")


@pytest.mark.parametrize(
    ("owner", "name", "fails"),
    [(subprocess, "Popen", refused), (threading.Thread, "start", unstartable)],
)
def test_a_system_without_more_processes_or_threads_indexes_all_the_same(
    owner: Any,
    name: str,
    fails: Callable[..., None],
    library: Path,
    index: Index,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    roots = many(library)
    monkeypatch.setattr(owner, name, fails)
    index.refresh(roots, processes=2)
    assert [one.first_error for one in index.briefings()] == [""] * 60


class InterruptedForTestError(Exception):
    pass


def test_what_was_interrupted_goes_on(
    library: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "FIRST_BATCH", 0)
    monkeypatch.setattr(sync, "BATCH", 0)
    roots = many(library)

    def stop(progress: IndexProgress) -> None:
        if progress.done >= 20:
            raise InterruptedForTestError

    with pytest.raises(InterruptedForTestError):
        index.refresh(roots, stop, processes=2)
    index.set_scope(roots)
    done = len(index.briefings())
    assert 20 <= done < 60
    assert index.refresh(roots).read == 60 - done
    assert len(index.briefings()) == 60


@pytest.mark.parametrize("sidecars", [True, False])
def test_a_file_that_is_renamed_keeps_its_marks(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, sidecars: bool
) -> None:
    def notebook(file: Path) -> Annotations:
        name = identity(str(file), "")
        path = sidecar_file(directories().data, str(file), name, beside=False)
        return Annotations(
            unchecked_scene(load_path(file)), path, read_state_file(directories().state, name), name
        )

    monkeypatch.setenv("BRIEFING_TUI_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("BRIEFING_TUI_DATA", str(tmp_path / "data"))
    index = Index(tmp_path / "cache" / "library.db", directories())
    old, new = write(library / "a.yaml", "Of ice"), library / "b.yaml"
    roots = Roots.of([library])
    index.sidecars = sidecars
    index.refresh(roots)
    before = notebook(old)
    before.toggle_star(("timeline", 0))
    before.set_jump("x", Jump("timeline", "timeline/0"))
    before.save()
    positions.save(directories().state, identity(str(old), ""), positions.Position(pane="deals"))
    old.rename(new)
    assert index.refresh(roots).moves == [(str(old), str(new))]
    after = notebook(new)
    assert bool(after.marks.stars) is sidecars
    assert not after.marks.news
    assert list(after.jumps) == ["x"]
    assert positions.load(
        directories().state, identity(str(new), "")
    ).position == positions.Position(pane="deals")
    assert positions.load(directories().state, identity(str(old), "")).position is None
    index.close()


def test_two_processes_index_at_once(library: Path, tmp_path: Path) -> None:
    for number in range(80):
        (library / f"{number}.yaml").write_text(text(title=f"Of {number}"), encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "BRIEFING_TUI_CACHE": str(tmp_path / "cache"),
    }
    command = [sys.executable, "-m", "briefing_tui", "search", "--json", "--limit", "200"]
    command += ["--library", str(library), "lantern"]
    running = [
        subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    told = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0, 0], told
    assert told[0][1] == told[1][1] == ""
    with contextlib.closing(Index(tmp_path / "cache" / "library.db")) as index:
        index.refresh(Roots.of([library]))
        assert len(index.briefings()) == 80
        assert len(index.search(parse("lantern type:other"), 1000).hits) == 80
        check_whole(index)


def hits(index: Index, asked: Any) -> list[tuple[str, str, str, str]]:
    found = index.search(asked, 1000)
    assert found.total == len(found.hits)
    return sorted((one.path, one.entry, one.kind, one.date) for one in found.hits)


def check_whole(index: Index) -> None:
    connection = index._connection
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")


# an index that is not as expected


def filled(path: Path, library: Path) -> Roots:
    write(library / "a.yaml", "Of ice")
    roots = Roots.of([library])
    with contextlib.closing(Index(path)) as index:
        index.refresh(roots)
    return roots


def test_a_damaged_index_is_made_anew(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    roots = filled(path, library)
    whole = path.read_bytes()
    middle = bytearray(whole)
    middle[4096:] = b"\xa5" * (len(whole) - 4096)
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE x (y)")
    other.commit()
    other.close()
    damages = [b"no database", whole[:5000], bytes(middle), b"\0" * 9000]
    for damage in [*damages, (tmp_path / "other.db").read_bytes()]:
        path.write_bytes(damage)
        with contextlib.closing(Index(path)) as index:
            index.refresh(roots)
            assert paths(index, "title:ice") == ["a.yaml"]
            assert index.notice is not None
            assert "rebuilt" in index.notice
            assert "\n" not in index.notice
        with contextlib.closing(Index(path)) as index:
            assert index.notice is None


def test_damage_that_shows_later_is_mended(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    roots = filled(path, library)
    with contextlib.closing(Index(path)) as index:
        for damage in ("DROP TABLE stored", "UPDATE stored SET postings = x'00'"):
            index.notice = None
            index._connection.execute(damage)
            write(library / "a.yaml", f"Of fire and {len(damage)}")
            index.refresh(roots)
            assert paths(index, f"title:{len(damage)}") == ["a.yaml"]
            assert index.notice == "The index was damaged; it is rebuilt."


def test_an_index_of_another_version_is_made_anew(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.db"
    roots = filled(path, library)
    monkeypatch.setattr(database, "VERSION", database.VERSION + 1)
    with contextlib.closing(Index(path)) as index:
        assert index.notice == "The index was written by another version; it is rebuilt."
        assert index.refresh(roots).read == 1
        assert paths(index, "title:ice") == ["a.yaml"]


def test_many_open_an_index_at_once_that_is_to_be_made(tmp_path: Path) -> None:
    def opened(path: Path) -> list[str]:
        at_once = threading.Barrier(8)

        def notice(_: int) -> str | None:
            at_once.wait()
            with contextlib.closing(Index(path)) as index:
                assert index.file == path, index.notice
                return index.notice

        with ThreadPoolExecutor(at_once.parties) as threads:
            return [one for one in threads.map(notice, range(at_once.parties)) if one]

    older = "The index was written by another version; it is rebuilt."
    for number in range(10):
        path = tmp_path / f"{number}.db"
        assert opened(path) == []
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA user_version = 1")
        assert opened(path) == [older]


def test_a_damaged_index_that_somebody_made_anew_stays(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    roots = filled(path, library)
    with contextlib.closing(Index(path)) as index:
        index._connection.execute("DROP TABLE party")
        with contextlib.closing(Index(path)) as quicker:
            assert quicker.notice == "The index was damaged; it is rebuilt."
            quicker.refresh(roots)
        assert [one.id for one in index.all_subjects()] == ["holm", "lantern"]
        assert index.notice == "The index was damaged; it is rebuilt."


def test_where_nothing_can_be_written_it_lasts_for_now(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    write(library / "a.yaml", "Of ice")
    (tmp_path / "file").write_text("")
    index = Index(tmp_path / "file" / "library.db")
    assert index.notice is not None
    assert "is temporary" in index.notice
    index.refresh(Roots.of([library]))
    assert paths(index, "title:ice") == ["a.yaml"]
    kept = index.file
    assert kept is not None
    assert kept.exists()
    index.close()
    assert not kept.parent.exists()
    with contextlib.closing(Index(None)) as unkept:
        assert unkept.notice is None


def unwritable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be writable, as on a file system that is read-only."""
    monkeypatch.setattr("os.access", lambda *_: False)


def outdated(path: Path, library: Path, monkeypatch: pytest.MonkeyPatch) -> Roots:
    """Write an index that lacks a file, where nothing can be written any more."""
    roots = filled(path, library)
    write(library / "b.yaml", "Of stone")
    unwritable(monkeypatch)
    return roots


def state_of(directory: Path) -> dict[str, tuple[int, int]]:
    statuses = ((path.name, path.stat()) for path in directory.iterdir())
    return {name: (status.st_size, status.st_mtime_ns) for name, status in statuses}


def test_a_finished_index_that_cannot_be_written_is_used_as_it_is(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cache" / "library.db"
    write(library / "gone.yaml", "Of stone")
    roots = filled(path, library)
    (library / "gone.yaml").unlink()
    os.utime(library / "a.yaml", ns=(10**17, 10**17))  # the same content
    unwritable(monkeypatch)
    before = state_of(path.parent)
    assert list(before) == ["library.db"]
    for _ in range(2):
        with contextlib.closing(Index(path)) as index, contextlib.closing(Index(path)) as other:
            for one in (index, other):
                assert not one.refresh(roots)
                assert (paths(one, "title:ice"), paths(one, "title:stone")) == (["a.yaml"], [])
                assert (one.notice, one.file) == (None, path)
    assert state_of(path.parent) == before


def test_an_index_that_is_out_of_date_and_cannot_be_written_is_continued_in_a_copy(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cache" / "library.db"
    roots = outdated(path, library, monkeypatch)
    before = state_of(path.parent)
    with contextlib.closing(Index(path)) as index:
        assert index.refresh(roots).read == 1, "the rest is copied"
        assert (paths(index, "title:ice"), paths(index, "title:stone")) == (["a.yaml"], ["b.yaml"])
        assert index.notice == (
            f"The index at {path} is out of date and cannot be written; this one is temporary."
        )
        copy = index.file
        assert copy != path
    assert not copy.exists()
    assert state_of(path.parent) == before


@pytest.mark.parametrize("damage", ["no database", "another version"])
def test_an_index_that_cannot_be_read_or_written_is_replaced_for_now(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    path = tmp_path / "cache" / "library.db"
    roots = filled(path, library)
    if damage == "no database":
        path.write_bytes(b"no database")
    else:
        monkeypatch.setattr(database, "VERSION", database.VERSION + 1)
    unwritable(monkeypatch)
    with contextlib.closing(Index(path)) as index:
        index.refresh(roots)
        assert paths(index, "title:ice") == ["a.yaml"]
        assert index.notice is not None
        assert "this one is temporary" in index.notice


def test_an_index_with_a_log_that_cannot_be_written_is_read_with_it(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cache" / "library.db"
    roots = filled(path, library)
    with contextlib.closing(Index(path)) as writer:
        write(library / "a.yaml", "Of fire")
        writer.refresh(roots)
        unwritable(monkeypatch)
        with contextlib.closing(Index(path)) as index:
            assert not index.refresh(roots)
            assert (paths(index, "title:fire"), index.notice) == (["a.yaml"], None)


def test_an_index_that_others_could_have_written_is_not_used(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "cache" / "library.db"
    roots = filled(path, library)
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE statement SET text = 'poison'")
    path.chmod(0o666)
    with contextlib.closing(Index(path)) as index:
        index.refresh(roots)
        assert all("poison" not in hit.extract.text for hit in index.search(parse("ice")).hits)
        reason = "other users can write to it"
        assert index.notice == (
            f"The index cannot be stored at {path} ({reason}); this one is temporary."
        )


def test_a_disk_that_is_full_in_between_ends_as_one_that_was_full_before(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "FIRST_BATCH", 0)
    monkeypatch.setattr(sync, "BATCH", 0)
    path = tmp_path / "cache" / "library.db"
    filled(path, library)
    with contextlib.closing(Index(path)) as index:
        pages = index._connection.execute("PRAGMA page_count").fetchone()[0]
        index._connection.execute(f"PRAGMA max_page_count = {pages + 10}")
        index.refresh(many(library), processes=0)
        assert index.notice is not None
        assert index.notice == (
            f"The index at {path} cannot be written (database or disk is full); "
            "this one is temporary."
        )
        assert len(paths(index, "title:of")) == 61
        assert index.file != path
    log = path.with_name("library.db-wal")
    assert not log.exists() or not log.stat().st_size
    with contextlib.closing(Index(path)) as index:
        index.refresh(Roots.of([library]), processes=0)
        assert (len(paths(index, "title:of")), index.notice) == (61, None)
        check_whole(index)


def test_faces_go_on_with_the_copy_of_an_index_that_cannot_be_written(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "cache" / "library.db"
    roots = outdated(path, library, monkeypatch)

    async def run() -> list[str]:
        service = LibraryService(Workspace(roots, path, processes=0))
        assert len(await service.list_indexed()) == 1
        async for _ in service.refresh():
            pass
        assert len(await service.list_refreshed()) == 2
        results = await service.search(parse("title:stone type:title"), 10)
        assert await service.count(parse("type:title")) == 2
        assert "out of date" in service.take_notice()
        assert service.take_notice() == ""
        service.close()
        return [Path(hit.path).name for hit in results.hits]

    assert asyncio.run(run()) == ["b.yaml"]


def test_without_full_text_search_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Plain(sqlite3.Connection):
        def execute(self, sql: str, *parameters: Any) -> Any:
            if "fts5" in sql:
                raise sqlite3.OperationalError("no such module: fts5")
            return super().execute(sql, *parameters)

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda name: connect(name, factory=Plain))
    with pytest.raises(LibraryError, match="FTS5"):
        Index()


# the index and the reader agree

WORDS = ["lantern", "karsholm", "steel", '"the yard"', "deliver*", "instalment", '"x y"', "400"]
FIELDS = [
    *("actor:anders", "actor:asha*", "deal:patrol", "deal:icebird", "type:delivery,forecast"),
    *("after:2012", "before:2010-06", "date:2014", "known:<=2015", "known:>2016-03"),
    *("basis:external", "basis:stated", "reliability:<=B", "reliability:<A", "is:planned"),
    *("is:new", "is:disputed", "tag:ice", "tag:kars*", "pane:deals", "pane:summary"),
    *("after:2013", "before:2011", "known:2014", "date:2012-05", "date:2013-02-11", "before:1960"),
    *("known:<2009", "after:2055", "date:2014-06/2016", "known:2013-01/2013-12", "date:1955/2061"),
    *("sources:1", "sources:>=2", "sources:0", "sources:<=2"),
    *("id:all*", "title:radar", "title:ferry", "after:9999", "type:title"),
]
QUERIES = st.recursive(
    st.sampled_from([*WORDS, *FIELDS]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(" or ".join),
        inner.map("not ({})".format),
        inner.map("({})".format),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Index, list[Any]]]:
    directory = tmp_path_factory.mktemp("several")
    everything = []
    texts = [(DATA / "whole.yaml").read_text(encoding="utf-8"), text(), *map(briefing, range(6))]
    for number, written in enumerate(texts):
        path = directory / f"{number}.yaml"
        path.write_text(written, encoding="utf-8")
        document = load(written.encode(), "")
        everything += [(str(path), fact) for fact in facts(unfiltered_scene(document))]
    with contextlib.closing(Index()) as index:
        index.refresh(Roots.of([directory]), processes=0)
        yield index, everything


@given(QUERIES)
@settings(max_examples=examples(30), deadline=None)
def test_index_and_reader_find_the_same(several: tuple[Index, list[Any]], query: str) -> None:
    index, everything = several
    asked = parse(query)
    answers = predicate(asked)
    expected = [(path, one.key, one.kind, one.date) for path, one in everything if answers(one)]
    assert hits(index, asked) == sorted(expected)


def test_generated_briefings_have_no_fault() -> None:
    for number in (0, 1, 4711):
        written = briefing(number)
        assert written == briefing(number)
        assert 8_000 < len(written) < 14_000
        assert [one.format("") for one in check(load(written.encode(), ""))] == []


# dossiers from the index


def test_a_dossier_from_the_index_is_that_of_the_files(several: tuple[Index, list[Any]]) -> None:
    index, everything = several
    whole = {path: load_path(Path(path)).briefing for path, _ in everything}
    among, _ = subjects_of(whole)
    wanted = sorted(among, key=lambda one: (-len(one.files), one.id))
    for subject in wanted[: examples(5)] + wanted[-2:]:
        assert named(joined(index.subjects_named(subject.id))[0], subject.id) == named(
            among, subject.id
        )
        assert subject in joined(index.subjects_named(subject.name))[0]
        quick = dossier(DossierScope(subject), index.briefing)
        slow = dossier(DossierScope(subject), lambda path, _: whole.get(path))
        assert quick.briefing == slow.briefing
        assert quick.origins == slow.origins


def test_a_file_that_was_not_understood_is_read_for_a_dossier(library: Path, index: Index) -> None:
    path = write(library / "a.yaml", timeline="[{id: storm}]")
    index.refresh(Roots.of([library]))
    found = index.briefing(str(path))
    assert found is not None
    assert [*found.actors] == ["holm"]
    index._connection.execute("UPDATE stored SET briefing = x'00'")
    assert index.briefing(str(path)) == found
    path.unlink()
    assert index.briefing(str(path)) is None


def called_so(index: Index, text: str, most: int = 10) -> list[tuple[str, str]]:
    return [(one.kind, one.name) for one in index.names(text, most)]


def test_whoever_is_called_so_is_found_by_the_beginning_of_a_word(
    library: Path, index: Index
) -> None:
    people = "{kind: person, country: NOR, cite: [log], name: "
    actors = (
        f"{{holm: {people}Inge Holm}}, berg: {people}Holmfrid Berg, aka: [The “Old” Pilot]}}, "
        f"yard: {people}Sund}}, s-1: {people}Sund}}}}"
    )
    write(library / "a.yaml", actors=actors)
    index.refresh(Roots.of([library]), processes=0)
    assert called_so(index, "HOLM") == [("actor", "Holmfrid Berg"), ("actor", "Inge Holm")]
    assert called_so(index, "inge ho") == [("actor", "Inge Holm")]
    assert called_so(index, "old pi") == [("actor", "The “Old” Pilot")]
    assert called_so(index, "s-") == called_so(index, "sund") == [("actor", "Sund")]
    assert called_so(index, "yar") == [("actor", "Sund")]  # by its id
    assert called_so(index, "holm", 1) == [("actor", "Holmfrid Berg")]
    assert called_so(index, "olm") == called_so(index, "“") == called_so(index, "") == []


def test_only_names_of_the_library_that_is_looked_at_are_found(library: Path, index: Index) -> None:
    write(library / "one" / "a.yaml")
    write(library / "two" / "b.yaml", actors="{}", timeline="[]", deals="{}")
    index.refresh(Roots.of([library]), processes=0)
    assert called_so(index, "holm")
    index.refresh(Roots.of([library / "two"]), processes=0)
    assert not called_so(index, "holm")
    index.refresh(Roots.of([library / "one"]), processes=0)
    (library / "one" / "a.yaml").unlink()
    index.refresh(Roots.of([library]), processes=0)
    assert not called_so(index, "holm")
    assert not index._connection.execute("SELECT * FROM called").fetchall()


def test_damaged_tags_are_mended(library: Path, tmp_path: Path) -> None:
    roots = filled(tmp_path / "library.db", library)
    with contextlib.closing(Index(tmp_path / "library.db")) as index:
        index.refresh(roots)
        index._connection.execute("UPDATE file SET tags = '[1'")
        index.briefings()
        assert index.notice == "The index was damaged; it is rebuilt."
        index.refresh(roots)
        assert [briefing.title for briefing in index.briefings()] == ["Of ice"]


def test_damaged_parties_are_mended(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    roots = filled(path, library)
    with contextlib.closing(Index(path)) as index:
        index._connection.execute("UPDATE party SET named = CAST(id AS BLOB)")
        assert index.all_subjects() == {}
        assert index.notice == "The index was damaged; it is rebuilt."
        index.refresh(roots)
        assert [one.id for one in index.all_subjects()] == ["holm", "lantern"]
