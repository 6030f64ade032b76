"""The SSH key that a reader logged in with, which names the reader where several share an account.

With ``ExposeAuthInfo yes``, sshd writes a line for each completed authentication method to a file,
and names the file in ``SSH_USER_AUTH`` (sshd_config(5)).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from pathlib import Path

from briefing_tui.briefing.document import read_bytes

_CERTIFICATE = b"-cert-v01@openssh.com"
_KEY_FIELDS = {
    b"ssh-rsa": 2,
    b"ssh-ed25519": 1,
    b"sk-ssh-ed25519": 2,
    b"sk-ecdsa-sha2-nistp256": 3,
}
"""Number of strings in a public key after its type (PROTOCOL.certkeys, PROTOCOL.u2f); else 2."""
_MAX_BYTES = 64 * 1024


def reader_of(environ: Mapping[str, str]) -> str:
    """Return the SHA-256 of the reader's public key, in hexadecimal; empty if there was no key.

    A certificate counts as its key, so that a renewed one is the same reader.
    """
    file = environ.get("SSH_USER_AUTH")
    try:
        lines = read_bytes(Path(file), _MAX_BYTES).splitlines() if file else []
    except (OSError, ValueError):
        return ""
    for line in lines:
        words = line.split()
        if len(words) == 3 and words[0] == b"publickey":
            try:
                blob = base64.b64decode(words[2], validate=True)
                return hashlib.sha256(_public_key(words[1], blob)).hexdigest()
            except (binascii.Error, ValueError):
                continue
    return ""


def _public_key(key_type: bytes, blob: bytes) -> bytes:
    """Return a public key, or that of a certificate, as it is on the wire (RFC 4253, 6.6)."""
    if not key_type.endswith(_CERTIFICATE):
        return blob
    _, rest = _string(blob)
    _, rest = _string(rest)  # the nonce
    plain = key_type.removesuffix(_CERTIFICATE)
    fields = []
    for _ in range(_KEY_FIELDS.get(plain, 2)):
        field, rest = _string(rest)
        fields.append(field)
    if plain.startswith(b"sk-"):
        plain += b"@openssh.com"
    return b"".join(len(part).to_bytes(4, "big") + part for part in (plain, *fields))


def _string(data: bytes) -> tuple[bytes, bytes]:
    """Split off the first string (RFC 4251, 5).

    Raises:
        ValueError: the data end before it does.
    """
    end = 4 + int.from_bytes(data[:4], "big")
    if len(data) < max(end, 4):
        raise ValueError("truncated key")
    return data[4:end], data[end:]
