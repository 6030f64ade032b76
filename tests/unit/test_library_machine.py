"""Whatever happens to a library, its index is what a fresh one would be."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from briefing_tui.library.discovery import Roots
from briefing_tui.library.index import sync, worker_pool
from briefing_tui.library.index.entities import packed
from briefing_tui.library.index.library_index import Index
from briefing_tui.library.index.sync import IndexProgress
from briefing_tui.query.parser import parse
from tests.briefings import text
from tests.profiles import examples

NAMES = st.sampled_from(["a.yaml", "b.yml", "sub/a.yaml", "sub/deep/c.yaml", "x.txt"])
CONTENTS = st.one_of(
    st.integers(0, 3).map(lambda number: text(title=f"Of {number}", tags=f"[t{number}]")),
    st.sampled_from(
        [
            text(timeline="[{id: storm}]"),
            "briefing: 1\ntitle: [",
            "briefing: 2\n",
            "kind: no briefing\n",
            "",
        ]
    ),
).map(str.encode) | st.just(b"briefing: 1\n\xff\xfe")
CHANGES = st.lists(st.tuples(NAMES, CONTENTS), min_size=1, max_size=4)
Changes = list[tuple[str, bytes]]
QUERIES = [parse(one) for one in ("lantern", "tag:t1 or tag:t2", "not type:title", "after:2020-10")]


class StoppedError(Exception):
    pass


class Library(RuleBasedStateMachine):
    """A directory that changes, an index that follows, and one that is always made anew."""

    @initialize()
    def begin(self) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="briefing-library-"))
        self.base = self.directory / "library"
        self.base.mkdir()
        self.roots = Roots.of([self.base])
        self.index = Index(self.directory / "library.db")
        self.put([("a.yaml", text().encode()), ("sub/a.yaml", text(tags="[t1]").encode())])

    def put(self, changes: Changes) -> None:
        for name, content in changes:
            path = self.base / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def teardown(self) -> None:
        self.index.close()
        shutil.rmtree(self.directory)

    @property
    def files(self) -> list[Path]:
        return sorted(
            path for path in self.base.rglob("*") if path.is_file() and path.name != ".gitignore"
        )

    def one_of(self, data: st.DataObject) -> Path:
        names = [str(path.relative_to(self.base)) for path in self.files]
        return self.base / data.draw(st.sampled_from(names))

    @rule(changes=CHANGES)
    def write(self, changes: Changes) -> None:
        self.put(changes)

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        self.one_of(data).unlink()

    @precondition(lambda self: self.files)
    @rule(data=st.data(), name=NAMES)
    def rename(self, data: st.DataObject, name: str) -> None:
        target = self.base / name
        target.parent.mkdir(parents=True, exist_ok=True)
        self.one_of(data).replace(target)

    @precondition(lambda self: self.files)
    @rule(data=st.data(), at=st.integers(0, 200), sly=st.booleans())
    def corrupt(self, data: st.DataObject, at: int, sly: bool) -> None:
        path = self.one_of(data)
        content = bytearray(path.read_bytes() or b"x")
        content[at % len(content)] ^= 0x15
        status = path.stat()
        path.write_bytes(content)
        if sly:  # neither size nor time tell of it
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    @rule()
    def ignore(self) -> None:
        path = self.base / ".gitignore"
        path.unlink() if path.exists() else path.write_text("sub/a.yaml\n")

    @rule(changes=CHANGES, after=st.integers(0, 2))
    def interrupt(self, changes: Changes, after: int) -> None:
        def stop(progress: IndexProgress) -> None:
            if progress.done > after:
                raise StoppedError

        self.put(changes)
        with contextlib.suppress(StoppedError):
            self.index.refresh(self.roots, stop, processes=0)

    @rule()
    def reopen(self) -> None:
        self.index.close()
        self.index = Index(self.directory / "library.db")
        assert self.index.notice is None

    @rule()
    def damage(self) -> None:
        self.index.close()
        path = self.directory / "library.db"
        path.write_bytes(b"no database" + path.read_bytes()[:3000])
        self.index = Index(path)
        assert self.index.notice is not None

    def expected(self) -> list[str]:
        """The briefings, told without the library's help."""
        ignored = self.base / "sub" / "a.yaml" if (self.base / ".gitignore").exists() else None
        return [
            str(path)
            for path in sorted(self.files, key=lambda path: (len(path.parts), path))
            if path.suffix in (".yaml", ".yml")
            and path != ignored
            and b"\nbriefing:" in b"\n" + path.read_bytes()
        ]

    @invariant()
    def is_as_a_fresh_one(self) -> None:
        self.index.refresh(self.roots, processes=0)
        assert not self.index.refresh(self.roots, processes=0), "nothing changed in between"
        assert [one.path for one in self.index.briefings()] == self.expected()
        with contextlib.closing(Index(self.directory / "fresh.db")) as fresh:
            fresh.refresh(self.roots, processes=0)
            assert held(self.index) == held(fresh)
        for suffix in ("", "-wal", "-shm"):
            (self.directory / f"fresh.db{suffix}").unlink(missing_ok=True)


def held(index: Index) -> Any:
    """All that an index tells of its library."""
    connection = index._connection
    connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    rows = connection.execute(
        "SELECT path, state, digest, statement.*, lower, upper, known FROM temp.scope"
        " JOIN file ON file.id = scope.id JOIN span ON span.file = file.id"
        " JOIN statement ON statement.id = span.id"
    ).fetchall()
    found = [
        sorted((hit.path, hit.entry, hit.kind) for hit in index.search(query, 1000).hits)
        for query in QUERIES
    ]
    counts = connection.execute("SELECT count(*) FROM statement, (SELECT 1)").fetchall()
    spans = connection.execute("SELECT count(*) FROM span, (SELECT 1)").fetchall()
    assert counts == spans
    named = {one: sorted(files) for one, files in index.all_subjects().items()}
    whole = [index.briefing(one.path) for one in index.briefings()]
    names = connection.execute("SELECT name, named FROM called JOIN party ON id = party").fetchall()
    kept = connection.execute("SELECT count(*) FROM called").fetchone()
    assert kept == (len(names),)
    briefings = connection.execute("SELECT count(*) FROM file WHERE state != 'other'").fetchone()
    if briefings == (index.count,):
        assert {one for _, one in names} == {packed(one) for one in named}
    return index.briefings(), sorted((*row[:3], *row[4:]) for row in rows), found, named, whole


class TestLibrary(Library.TestCase):  # type: ignore[valid-type, misc]
    settings = settings(
        max_examples=examples(3),
        stateful_step_count=10,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )

    @pytest.fixture(autouse=True)
    def _one_file_a_batch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sync, "FIRST_BATCH", 0)
        monkeypatch.setattr(sync, "BATCH", 0)
        monkeypatch.setattr(worker_pool, "CHUNK", 1)
