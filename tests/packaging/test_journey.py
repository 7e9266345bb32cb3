"""The judge of the watched journey, and what keeps the program from opening more than the display's socket."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import journey
import pytest

from desktop_app.app import start_no_bus
from desktop_app.printing.printer import keep_to_this_computer

HARMLESS = (
    "12 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 5",
    '12 connect(5, {sa_family=AF_UNIX, sun_path=@"/tmp/.X11-unix/X0"}, 20) = 0',
    '12 connect(5, {sa_family=AF_UNIX, sun_path="/run/user/1000/bus"}, 20) = 0',
    '12 connect(5, {sa_family=AF_UNIX, sun_path="/run/cups/cups.sock"}, 110) = -1 ENOENT (No such file or directory)',
    '12 recvmsg(5, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="x", iov_len=4}], msg_iovlen=1}, 0) = 1',
    "13 <... recvmsg resumed>{msg_namelen=0}, 0) = -1 EAGAIN (Resource temporarily unavailable)",
    "12 socketpair(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0, [3, 4]) = 0",
    "12 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=14, si_uid=0, si_status=0} ---",
    "12 +++ exited with 0 +++",
)
STRANGE = (
    "12 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 10",
    "[pid 12] socket(AF_INET6, SOCK_DGRAM|SOCK_CLOEXEC, IPPROTO_IP) = 10",
    "12 socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 4",
    "12 socket(0x2d, SOCK_RAW, 0) = -1 EAFNOSUPPORT (Address family not supported by protocol)",
    '12 connect(10, {sa_family=AF_INET, sin_port=htons(631), sin_addr=inet_addr("127.0.0.1")}, 16) = -1 EINPROGRESS',
    '12 connect(10, {sa_family=AF_UNIX, sun_path="/somewhere/else"}, 16) = 0',
    "12 connect(10, <unfinished ...>",
    '12 sendto(10, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.1")}, 16) = 1',
    "12 newnetworkcall(3) = 0",
)


@pytest.mark.parametrize("line", HARMLESS)
def test_the_display_and_the_desktop_are_no_strangers(line: str) -> None:
    """What every window on Linux does is passed over."""
    assert journey.strangers(line) == []


@pytest.mark.parametrize("line", STRANGE)
def test_every_other_socket_is_named(line: str) -> None:
    """A family, an address or a call that may lead out of this computer is named with its whole line."""
    assert journey.strangers("\n".join((*HARMLESS, line))) == [line]


def test_a_journey_that_moves_nothing_is_not_taken_for_one() -> None:
    """A picture that is the same, but for a caret, has not changed enough to count as a stage."""
    before = [bytes(8)] * 100
    caret = [bytes(8)] * 40 + [b"x" * 8] * 20 + [bytes(8)] * 40
    assert journey.changed(before, caret) == 20 < journey.LINES_CHANGED
    assert {"ctrl+2", "ctrl+f", "ctrl+p"} <= {keys for stage in journey.JOURNEY for keys in stage.keys}


@pytest.mark.skipif(os.name == "nt", reason="CUPS prints on Linux and macOS only")
@pytest.mark.parametrize(
    ("text", "local"), [(None, True), ("# ServerName x\nEncryption Always\n", True), ("servername print.example\n", False)]
)
def test_printers_are_asked_for_over_a_local_socket_unless_the_hospital_names_a_server(
    text: str | None, local: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CUPS would try TCP port 631 where its socket is missing; a server in its configuration is respected."""
    monkeypatch.setenv("CUPS_SERVER", "")
    if text is not None:
        (tmp_path / "client.conf").write_text(text, encoding="utf-8")
    keep_to_this_computer([tmp_path / "client.conf"])
    assert os.environ["CUPS_SERVER"].startswith("/") is local


def test_a_print_server_of_the_environment_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that IT set for the person stays."""
    monkeypatch.setenv("CUPS_SERVER", "print.example")
    keep_to_this_computer([])
    assert os.environ["CUPS_SERVER"] == "print.example"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="D-Bus is Linux' own")
@pytest.mark.parametrize("running", [True, False])
def test_no_message_bus_is_started_and_one_that_runs_is_used(
    running: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a bus Qt would launch a daemon that outlives the window; with one screen readers are reached over it."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "")  # so that it is put back afterwards
    del os.environ["DBUS_SESSION_BUS_ADDRESS"]
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    if running:
        (tmp_path / "bus").touch()
    start_no_bus()
    assert os.environ.get("DBUS_SESSION_BUS_ADDRESS") == (None if running else "disabled:")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/user/1/bus")
    start_no_bus()
    assert os.environ["DBUS_SESSION_BUS_ADDRESS"] == "unix:path=/run/user/1/bus"
