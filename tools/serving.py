"""Starting the dashboard's server: a free port, the address, the browser, a clean stop."""

import http.client
import os
import socket
import subprocess
import sys
import time
import webbrowser

from tools.environment import ROOT, ProblemError, child_env, say

EVERYWHERE = "0.0.0.0"
HERE = "127.0.0.1"


def reachable(address: str) -> str:
    """The address to call from this machine for a server bound to `address`."""
    return HERE if address == EVERYWHERE else address


def is_free(port: int, address: str = HERE) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        if probe.connect_ex((reachable(address), port)) == 0:
            return False
    with socket.socket() as probe:
        if os.name != "nt":  # a port that a stopped server has only just left counts as free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def free_port(wanted: int, address: str = HERE, tries: int = 50) -> int:
    """The wanted port or the first free one after it."""
    for port in range(wanted, min(wanted + tries, 65536)):
        if is_free(port, address):
            return port
    raise ProblemError(f"No port is free from {wanted} on at {address}. Give another with --port.")


def has_display() -> bool:
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return not os.environ.get("SSH_CONNECTION")


def answers(port: int, address: str) -> bool:
    connection = http.client.HTTPConnection(reachable(address), port, timeout=2)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=8)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def serve(command: list[str], *, port: int, address: str, browser: bool) -> int:
    """Run the server until Ctrl+C (result 0) or until it ends by itself (result not 0)."""
    started = time.monotonic()
    server = subprocess.Popen(command, cwd=ROOT, env=child_env())
    try:
        while server.poll() is None and not answers(port, address):
            time.sleep(0.1)
        if server.poll() is None:
            url = f"http://{reachable(address)}:{port}"
            say(f"\n   The dashboard is at {url} (started in {time.monotonic() - started:.0f} s)")
            say("   Ctrl+C stops it.\n")
            if browser and has_display():
                webbrowser.open(url)
        code = server.wait()
    except KeyboardInterrupt:
        stop(server)
        say("\nStopped.")
        return 0
    say(f"The server ended by itself (code {code}); the reason should stand above.")
    return code or 1
