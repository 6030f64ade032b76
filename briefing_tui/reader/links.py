"""Whether a link can be opened where the reader sits."""

from __future__ import annotations

import os


def is_remote() -> bool:
    """Whether the program runs at the far end of an SSH connection."""
    return any(os.environ.get(name) for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"))
