"""The example of docs/driver.md serves a client."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from briefing_tui.driver.terminal_modes import leave_sequence

PAGE = Path(__file__).parents[2] / "docs" / "driver.md"


def test_the_example_serves_a_client() -> None:
    (code,) = re.findall(r"<!-- example -->\n```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    namespace: dict[str, object] = {"__name__": "example"}
    exec(code, namespace)

    async def connect() -> bytes:
        server = await asyncio.start_server(namespace["serve"], "127.0.0.1", 0)  # type: ignore[arg-type]
        async with server:
            address = server.sockets[0].getsockname()
            reader, writer = await asyncio.open_connection(*address)
            received = await reader.readuntil(b"Hello")
            writer.write(b"\x1b[0nq")
            received += await reader.read()
            writer.close()
            return received

    received = asyncio.run(asyncio.wait_for(connect(), 20))
    assert received.endswith(leave_sequence(mouse=True).encode())
