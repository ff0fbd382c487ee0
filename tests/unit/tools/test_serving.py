"""Ports, and a server that does not start."""

import socket
import sys
from collections.abc import Iterator

import pytest

from tools import serving
from tools.environment import ProblemError


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_busy_port_is_passed_over(busy_port: int) -> None:
    assert not serving.is_free(busy_port)
    assert serving.free_port(busy_port) > busy_port


def test_a_free_port_is_taken_as_asked(busy_port: int) -> None:
    free = serving.free_port(busy_port)
    assert serving.free_port(free) == free


def test_no_free_port_is_a_message(busy_port: int) -> None:
    with pytest.raises(ProblemError, match="--port"):
        serving.free_port(busy_port, tries=1)


def test_a_server_that_ends_at_once_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, "-c", "raise SystemExit(3)"]
    assert serving.serve(command, port=1, address="127.0.0.1", browser=False) == 3
    assert "ended by itself (code 3)" in capsys.readouterr().out
