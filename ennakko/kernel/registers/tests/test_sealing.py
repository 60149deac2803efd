# SPDX-License-Identifier: EUPL-1.2
import numpy as np
import pytest

from ennakko.kernel.registers import sealing

KEY = bytes(range(32))
CODES = np.array([b"010110A901%s" % sign for sign in b"A B C D E F H J K L".split()], dtype="S11")


def test_every_row_of_a_sealed_column_opens_alone():
    sealed = sealing.seal_column(CODES, "s1", KEY)
    opened = [sealing.open_one(row.tobytes(), position, "s1", KEY) for position, row in enumerate(sealed)]
    assert opened == [code.decode() for code in CODES]


def test_some_rows_open_together_in_the_order_asked():
    sealed = sealing.seal_column(CODES, "s1", KEY)
    assert sealing.open_rows([sealed[7].tobytes(), sealed[2].tobytes()], [7, 2], "s1", KEY) == [
        CODES[7].decode(),
        CODES[2].decode(),
    ]


def test_no_code_stands_in_clear_in_the_sealed_column():
    sealed = sealing.seal_column(CODES, "s1", KEY).tobytes()
    assert all(code[:6] not in sealed for code in CODES.tolist())


def test_the_same_code_in_two_rows_is_sealed_differently():
    sealed = sealing.seal_column(np.array([CODES[0], CODES[0]]), "s1", KEY)
    assert sealed[0].tobytes() != sealed[1].tobytes()


@pytest.mark.parametrize(("position", "snapshot", "key"), [(4, "s1", KEY), (3, "s2", KEY), (3, "s1", KEY[::-1])])
def test_a_wrong_row_snapshot_or_key_never_gives_the_code(position, snapshot, key):
    sealed = sealing.seal_column(CODES, "s1", KEY)
    try:
        opened = sealing.open_one(sealed[3].tobytes(), position, snapshot, key)
    except sealing.BrokenSeal:
        return
    assert opened != CODES[3].decode()


def test_the_index_finds_a_code_and_depends_on_the_key():
    index = sealing.index_column(CODES, KEY)
    assert index.dtype == np.int64
    assert len(set(index.tolist())) == len(CODES)
    assert sealing.index_one(CODES[4].decode(), KEY) == int(index[4])
    assert sealing.index_one(CODES[4].decode(), KEY[::-1]) != int(index[4])


def test_a_code_of_another_length_is_refused():
    with pytest.raises(sealing.BrokenSeal, match="11 characters"):
        sealing.as_codes(["010110A901"])
    with pytest.raises(sealing.BrokenSeal, match="11 characters"):
        sealing.as_codes(["010110A901A", "010110A901"])


def test_a_short_data_key_is_refused():
    with pytest.raises(sealing.BrokenSeal, match="ENNAKKO_DATA_KEY"):
        sealing.index_one("010110A901A", b"short")
