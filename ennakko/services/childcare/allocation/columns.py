# SPDX-License-Identifier: EUPL-1.2
"""Columns of edges read and put in order without copies of them: a city's two million edges in a few dozen megabytes.

Compiled by Numba at the first call and kept on disk.
"""

from __future__ import annotations

import numpy as np
from numba import njit

HEADER = b"child,pool,cost"
_COMMA, _NEWLINE, _RETURN, _ZERO, _NINE = 44, 10, 13, 48, 57
_LARGEST = 2**31 - 1


@njit(cache=True)  # type: ignore[untyped-decorator]
def numbers(data, at, child, pool, cost):  # type: ignore[no-untyped-def]
    """Lines of three whole numbers from `data[at:]` into the columns; how many, or −1 where written otherwise."""
    row, size = 0, data.size
    while at < size:
        if data[at] == _NEWLINE or data[at] == _RETURN:
            at += 1
            continue
        for column in range(3):
            value, first = 0, at
            while at < size and _ZERO <= data[at] <= _NINE:
                value = value * 10 + (data[at] - _ZERO)
                if value > _LARGEST:
                    return -1
                at += 1
            if at == first:
                return -1
            if column < 2:
                if at >= size or data[at] != _COMMA:
                    return -1
                at += 1
            if column == 0:
                child[row] = value
            elif column == 1:
                pool[row] = value
            else:
                cost[row] = value
        if at < size and data[at] != _NEWLINE and data[at] != _RETURN:
            return -1
        row += 1
    return row


@njit(cache=True)  # type: ignore[untyped-decorator]
def by_child(child, pool, cost, children, pools):  # type: ignore[no-untyped-def]
    """The order of edges by child, cost and pool: (where each child begins, the order, an edge twice or −1)."""
    start = np.zeros(children + 1, np.int64)
    for e in range(child.size):
        start[child[e] + 1] += 1
    for i in range(children):
        start[i + 1] += start[i]
    following = start[:-1].copy()
    order = np.empty(child.size, np.int32)
    for e in range(child.size):
        order[following[child[e]]] = e
        following[child[e]] += 1
    seen = np.full(pools, -1, np.int64)
    for i in range(children):
        first, last = start[i], start[i + 1]
        sorted_already = True
        for k in range(first, last):
            e = order[k]
            if seen[pool[e]] == i:
                return start, order, np.int64(e)
            seen[pool[e]] = i
            if k > first:
                before = order[k - 1]
                if cost[before] > cost[e] or (cost[before] == cost[e] and pool[before] > pool[e]):
                    sorted_already = False
        if not sorted_already:
            key = np.empty(last - first, np.int64)
            for k in range(first, last):
                key[k - first] = np.int64(cost[order[k]]) * pools + pool[order[k]]
            order[first:last] = order[first:last][np.argsort(key)]
    return start, order, np.int64(-1)
