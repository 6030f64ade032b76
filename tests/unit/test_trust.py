"""Tests of the trust in files that others could have written."""

from __future__ import annotations

import os
import stat

import pytest

from briefing_tui.storage.trust import is_trusted

USER, OTHER, ROOT = 1000, 1001, 0


def status(mode: int, owner: int) -> os.stat_result:
    return os.stat_result((mode, 1, 1, 1, owner, owner, 1, 0, 0, 0))


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o444, 0o755, 0o400])
@pytest.mark.parametrize("kind", [stat.S_IFREG, stat.S_IFDIR])
def test_what_only_its_owner_can_write_is_trusted_of_the_user_and_of_root(
    kind: int, mode: int
) -> None:
    assert is_trusted(status(kind | mode, USER), USER)
    assert is_trusted(status(kind | mode, ROOT), USER)
    assert not is_trusted(status(kind | mode, OTHER), USER)
    assert not is_trusted(status(kind | mode, USER), ROOT)


@pytest.mark.parametrize("mode", [0o664, 0o620, 0o666, 0o602, 0o777])
def test_what_a_group_or_others_can_write_is_not_trusted(mode: int) -> None:
    for kind in (stat.S_IFREG, stat.S_IFDIR):
        assert not is_trusted(status(kind | mode, USER), USER)


def test_a_directory_in_which_nobody_can_replace_files_of_others_is_trusted() -> None:
    assert is_trusted(status(stat.S_IFDIR | 0o1777, ROOT), USER)
    assert not is_trusted(status(stat.S_IFREG | 0o1777, ROOT), USER)


@pytest.mark.parametrize("kind", [stat.S_IFIFO, stat.S_IFSOCK, stat.S_IFCHR, stat.S_IFLNK])
def test_nothing_but_files_and_directories_is_trusted(kind: int) -> None:
    assert not is_trusted(status(kind | 0o600, USER), USER)
