"""The schema in the language server that editors use, where npm's yaml-language-server is found."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing_tui.briefing.json_schema import FILE_NAME, json_schema
from tests.briefings import unmarked

SERVER = shutil.which("yaml-language-server")
HEAD = f"# yaml-language-server: $schema={FILE_NAME}\n"

pytestmark = pytest.mark.skipif(
    SERVER is None,
    reason="no yaml-language-server on the path; npm install -g yaml-language-server",
)


class Server:
    """A language server at the other end of two pipes."""

    def __init__(self, program: subprocess.Popen[bytes]) -> None:
        self._program = program
        self._number = 0

    def send(self, method: str, params: Any, **more: Any) -> None:
        self._write({"method": method, "params": params, **more})

    def ask(self, method: str, params: Any) -> Any:
        self._number += 1
        self.send(method, params, id=self._number)
        return self._until(lambda message: message.get("id") == self._number)["result"]

    def told(self, method: str) -> Any:
        return self._until(lambda message: message.get("method") == method)["params"]

    def _until(self, wanted: Any) -> Any:
        while True:
            message = self._read()
            if "method" in message and "id" in message:
                asked = message["params"].get("items", [])
                answer = [SETTINGS if one["section"] == "yaml" else None for one in asked]
                self._write({"id": message["id"], "result": answer or None})
            elif wanted(message):
                return message

    def _write(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._program.stdin is not None
        self._program.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._program.stdin.flush()

    def _read(self) -> Any:
        out = self._program.stdout
        assert out is not None
        length = 0
        while (line := out.readline()) != b"\r\n":
            assert line, "the server has ended"
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return json.loads(out.read(length))


SETTINGS = {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}


@pytest.fixture
def server() -> Iterator[Server]:
    command = [str(SERVER), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        found = Server(program)
        try:
            able = {"workspace": {"configuration": True}}
            found.ask("initialize", {"processId": None, "rootUri": None, "capabilities": able})
            found.send("initialized", {})
            yield found
        finally:
            program.kill()


def opened(server: Server, directory: Path, text: str) -> str:
    """Open a text beside its schema; the result is its address."""
    (directory / FILE_NAME).write_text(json.dumps(json_schema()), encoding="utf-8")
    path = directory / "draft.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    item = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": HEAD + text}
    server.send("textDocument/didOpen", {"textDocument": item})
    return path.as_uri()


def test_mistakes_are_told_in_their_place(server: Server, tmp_path: Path) -> None:
    opened(server, tmp_path, "briefing: 1\ntitle: T\nas_of: soon\nabout: a\ntags: [a]\n")
    found = server.told("textDocument/publishDiagnostics")["diagnostics"]
    assert [one["range"]["start"]["line"] for one in found] == [3]
    assert "a date is written like" in found[0]["message"]


def test_keys_and_values_are_completed(server: Server, tmp_path: Path) -> None:
    marked = "briefing: 1\ntimeline:\n  - id: storm\n    type: §\n    §\n"
    text, (value, key) = unmarked(marked)
    address = {"textDocument": {"uri": opened(server, tmp_path, text)}}
    for (line, column), wanted in ((value, "combat_use"), (key, "headline")):
        where = {"line": line, "character": column - 1}  # the first line is the editor's own
        found = server.ask("textDocument/completion", {**address, "position": where})
        assert wanted in [item["label"].strip('"') for item in found["items"]]
    where = {"line": value[0], "character": 5}
    told = server.ask("textDocument/hover", {**address, "position": where})
    assert "The kind of event." in json.dumps(told)


def test_words_are_completed_with_their_meanings_and_others_are_allowed(
    server: Server, tmp_path: Path
) -> None:
    marked = (
        "briefing: 1\ntitle: T\nas_of: 2021\nabout: a\nvocabularies: [courts]\n"
        "timeline:\n  - {id: a, headline: H, date: 2021, type: §haul}\n"
        "commitments:\n  a:\n    name: N\n    kind: case\n    parties:\n      §\n"
    )
    text, (value, role) = unmarked(marked)
    address = {"textDocument": {"uri": opened(server, tmp_path, text)}}
    problems = server.told("textDocument/publishDiagnostics")["diagnostics"]
    assert value[0] not in [problem["range"]["start"]["line"] for problem in problems]

    def completions(place: tuple[int, int]) -> dict[str, str]:
        where = {"line": place[0], "character": place[1] - 1}
        result = server.ask("textDocument/completion", {**address, "position": where})
        items = result["items"]
        return {item["label"].strip('"'): item.get("documentation", "") for item in items}

    assert completions(value)["ruling"] == "courts: A court decides a question or a case."
    assert "plaintiff" in completions(role)
