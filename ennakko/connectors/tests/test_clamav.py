# SPDX-License-Identifier: EUPL-1.2
"""Scanning for malware: clamd's stream, its failures, and the demo's scanner."""

import time

import pytest

from ennakko.connectors.clamav.clamd import ClamdScanner
from ennakko.connectors.clamav.embedded import TEST_FILE, EmbeddedScanner
from ennakko.connectors.tests.stubs import clamd_stub, closed_port
from ennakko.kernel.documents.ports import Unavailable


@pytest.fixture
def stub():
    with clamd_stub() as running:
        yield running


def scanner(stub, seconds: float = 30.0) -> ClamdScanner:
    return ClamdScanner("127.0.0.1", stub.port, seconds)


def said(stub, content: bytes = b"a", seconds: float = 30.0) -> str:
    with pytest.raises(Unavailable) as caught:
        scanner(stub, seconds).scan(content)
    return caught.value.what


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 3_000_000])
def test_the_whole_content_is_streamed(stub, size):
    content = bytes(range(256)) * (size // 256 + 1)
    assert scanner(stub).scan(content[:size])
    assert stub.scanned == [content[:size]]


def test_malware_is_found(stub):
    assert not scanner(stub).scan(b"%PDF-1.7 VIRUS")


def test_a_content_that_is_too_long_for_it_gets_no_verdict(stub):
    stub.most_bytes = 100_000
    assert said(stub, b"a" * 5_000_000).startswith("malware scanner: ")
    stub.most_bytes = 10
    assert "ERROR" in said(stub, b"a" * 100)


@pytest.mark.parametrize(
    ("reply", "what"),
    [
        (b"", "half an answer"),
        (b"stream: OK", "half an answer"),
        (b"\0", "nothing said"),
        (b"stream: OKAY\0", "stream: OKAY"),
        (b"stream: lstat() failed. ERROR\0", "stream: lstat() failed. ERROR"),
    ],
)
def test_only_a_whole_verdict_counts(stub, reply, what):
    stub.reply = reply
    assert said(stub) == f"malware scanner: {what}"


def test_a_silent_scanner_is_waited_for_only_so_long(stub):
    stub.hang = 30.0
    began = time.monotonic()
    assert said(stub, seconds=0.3) == "malware scanner: no answer in time"
    assert time.monotonic() - began < 15  # it would be silent for thirty


def test_where_nobody_listens_there_is_no_verdict_and_after_five_times_no_waiting():
    one = ClamdScanner("127.0.0.1", closed_port())
    for _ in range(5):
        with pytest.raises(Unavailable, match="ConnectionRefusedError"):
            one.scan(b"a")
    with pytest.raises(Unavailable) as caught:
        one.scan(b"a")
    assert caught.value.what == "malware scanner: left alone after failures"
    assert caught.value.retry_after == 60


def test_the_demo_s_scanner_finds_the_test_file_anywhere():
    assert EmbeddedScanner().scan(b"%PDF-1.7")
    assert not EmbeddedScanner().scan(b"%PDF-1.7" + TEST_FILE + b"\n")
    assert len(TEST_FILE) == 68
