"""What is handed over to a sandbox cannot be changed any more."""

import errno
import fcntl
import os

import pytest

from graders.sandbox import streams


def test_what_is_handed_over_can_be_read_and_not_changed() -> None:
    descriptor = streams.sealed(b"requests")
    with os.fdopen(descriptor, "rb+", buffering=0) as file:
        assert file.read() == b"requests"
        with pytest.raises(PermissionError):
            file.write(b"others")


def test_a_page_that_the_kernel_holds_for_a_moment_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    seal, asked = fcntl.fcntl, list[int]()

    def busy_twice(descriptor: int, command: int, argument: int) -> int:
        asked.append(command)
        if len(asked) < 3:
            raise OSError(errno.EBUSY, "busy")
        return seal(descriptor, command, argument)

    monkeypatch.setattr(streams.fcntl, "fcntl", busy_twice)
    descriptor = streams.sealed(b"requests")
    assert len(asked) == 3
    assert seal(descriptor, fcntl.F_GET_SEALS) == streams.SEALS
    os.close(descriptor)
