# SPDX-License-Identifier: EUPL-1.2
"""The compiled part of the allocation: successive shortest paths between pools, and deferred acceptance.

Compiled by Numba at the first call and kept on disk. Arrays only, no Python objects.
"""

from __future__ import annotations

import numpy as np
from numba import njit

FAR = {np.dtype(np.int32): np.int32(2**29), np.dtype(np.int64): np.int64(2**61)}
"""Farther than three times any cost of its width; three of them still fit in it."""
BLOCK = 32


@njit(cache=True)  # type: ignore[untyped-decorator]
def least_cost(capacity, start, last, pools, costs, unplaced, order, far):  # type: ignore[no-untyped-def]
    """Place every child at the least total cost; pool M stands for no place, with room for all.

    `last[i]` is where the looked-at edges of child i end; `unplaced` and `far` are of the width of `costs`. Returns
    (pool of each child, price of each pool): prices are ≥ 0, and 0 for every pool with a free seat.
    O(children · pools²) at worst; only full pools are searched.
    """
    children, m, edges = start.size - 1, capacity.size, pools.size
    assigned = np.full(children, -1, np.int32)
    price = np.zeros((m + BLOCK) // BLOCK * BLOCK, costs.dtype)
    used = np.zeros(m + 1, np.int64)
    # What the cheapest move of a child of u to v costs, and whose it is.
    blocks = (m + BLOCK) // BLOCK
    move = np.full((m + 1, blocks * BLOCK), far, costs.dtype)
    mover = np.full((m + 1, m + 1), -1, np.int32)
    # All moves from u to v are linked, so that the next cheapest is found when the cheapest is gone: the move of a
    # child along edge e is number e, the one to no place number edges + child.
    head = np.full((m + 1, m + 1), -1, np.int32)
    following = np.empty(edges + children, np.int32)
    previous = np.empty(edges + children, np.int32)
    dearer = np.empty(edges + children, costs.dtype)
    owner = np.empty(edges + children, np.int32)
    dist = np.empty(blocks * BLOCK, costs.dtype)
    before = np.empty(blocks * BLOCK, np.int32)
    shut = np.empty(blocks * BLOCK, costs.dtype)
    least_of = np.empty(blocks, costs.dtype)
    seen = np.empty(m + 1, np.int64)
    for at in range(children):
        i = order[at]
        dist[:] = far
        before[:] = -1
        shut[:] = 0
        dist[m] = unplaced
        for e in range(start[i], last[i]):
            v = pools[e]
            if capacity[v] > 0:
                dist[v] = costs[e] + price[v]
        least = relax(move[m], price, dist, before, shut, far, np.int32(m), least_of, far)
        found = 0
        while True:
            block = 0
            while least_of[block] != least:
                block += 1
            target = block * BLOCK
            while dist[target] | shut[target] != least:
                target += 1
            if target == m or used[target] < capacity[target]:
                break
            seen[found] = target
            found += 1
            shut[target] = far
            base = costs.dtype.type(least - price[target])
            least = relax(move[target], price, dist, before, shut, base, np.int32(target), least_of, far)
        for k in range(found):
            u = seen[k]
            price[u] += least - dist[u]
        # Each child of the path moves on, from its end: the seat left behind is for the one before.
        v = target
        used[v] += 1
        while True:
            u = np.int64(before[v])
            j = i if u < 0 else np.int64(mover[u, v])
            if u >= 0:
                leave(move, mover, head, following, previous, dearer, owner, start, last, pools, capacity, u, j, far)
            assigned[j] = v
            if v < m:
                enter(
                    move, mover, head, following, previous, dearer, owner, start, last, pools, costs, capacity,
                    unplaced, v, j,
                )  # fmt: skip
            if u < 0:
                break
            v = u
    return assigned, price[: m + 1]


@njit(cache=True)  # type: ignore[untyped-decorator]
def relax(row, price, dist, before, shut, base, u, least_of, far):  # type: ignore[no-untyped-def]
    """Shorten the distances by way of u; the least of those not yet shut, by block and in all.

    The inner loop has no branches, so that the machine does many at a time.
    """
    least = price.dtype.type(2 * far)
    for block in range(least_of.size):
        low = price.dtype.type(2 * far)
        for v in range(block * BLOCK, (block + 1) * BLOCK):
            longer = price.dtype.type(base + row[v] + price[v])
            better = longer < dist[v]
            now = longer if better else dist[v]
            dist[v] = now
            before[v] = u if better else before[v]
            low = min(low, price.dtype.type(now | shut[v]))
        least_of[block] = low
        least = min(least, low)
    return least


@njit(cache=True)  # type: ignore[untyped-decorator]
def enter(  # type: ignore[no-untyped-def]
    move, mover, head, following, previous, dearer, owner, start, last, pools, costs, capacity, unplaced, u, j
):  # fmt: skip
    """Child j has taken a seat of u: its moves elsewhere are linked, and are the cheapest where they are cheaper."""
    m = capacity.size
    paid = unplaced
    for e in range(start[j], last[j]):
        if pools[e] == u:
            paid = costs[e]
            break
    for k in range(last[j] - start[j] + 1):
        if k == last[j] - start[j]:
            e, v, cost = pools.size + j, m, unplaced
        else:
            e = start[j] + k
            v, cost = np.int64(pools[e]), costs[e]
            if v == u or capacity[v] == 0:
                continue
        dearer[e] = cost - paid
        owner[e] = j
        first = head[u, v]
        following[e] = first
        previous[e] = -1
        if first >= 0:
            previous[first] = e
        head[u, v] = e
        if dearer[e] < move[u, v]:
            move[u, v] = dearer[e]
            mover[u, v] = j


@njit(cache=True)  # type: ignore[untyped-decorator]
def leave(  # type: ignore[no-untyped-def]
    move, mover, head, following, previous, dearer, owner, start, last, pools, capacity, u, j, far
):
    """Child j leaves u: its moves are unlinked, and where they were cheapest the next cheapest is looked for."""
    m = capacity.size
    for k in range(last[j] - start[j] + 1):
        if k == last[j] - start[j]:
            e, v = pools.size + j, m
        else:
            e = start[j] + k
            v = np.int64(pools[e])
            if v == u or capacity[v] == 0:
                continue
        ahead, behind_it = previous[e], following[e]
        if ahead >= 0:
            following[ahead] = behind_it
        else:
            head[u, v] = behind_it
        if behind_it >= 0:
            previous[behind_it] = ahead
        if mover[u, v] != j:
            continue
        least, whose = far, np.int32(-1)
        one = head[u, v]
        while one >= 0:
            if dearer[one] < least:
                least, whose = dearer[one], owner[one]
            one = following[one]
        move[u, v] = least
        mover[u, v] = whose


@njit(cache=True)  # type: ignore[untyped-decorator]
def deferred_acceptance(capacity, start, pools, costs, rank, draw, unplaced):  # type: ignore[no-untyped-def]
    """Children propose, the nearest place first; pools keep those who go first by (rank, draw). -1: no place.

    A place that costs more than none is not wished.
    """
    children, m = start.size - 1, capacity.size
    assigned = np.full(children, -1, np.int64)
    following = start[:-1].copy()
    offset = np.zeros(m + 1, np.int64)
    for u in range(m):
        offset[u + 1] = offset[u] + capacity[u]
    member = np.full(offset[m], -1, np.int64)
    edge_of = np.full(offset[m], -1, np.int64)
    used = np.zeros(m, np.int64)
    waiting = np.arange(children)
    top = children
    while top > 0:
        top -= 1
        i = waiting[top]
        while following[i] < start[i + 1]:
            e = following[i]
            following[i] += 1
            u = pools[e]
            if capacity[u] == 0 or costs[e] > unplaced:
                continue
            if used[u] < capacity[u]:
                k = offset[u] + used[u]
                used[u] += 1
            else:
                k = offset[u]
                for other in range(offset[u] + 1, offset[u + 1]):
                    if behind(rank, draw, edge_of[other], member[other], edge_of[k], member[k]):
                        k = other
                if not behind(rank, draw, edge_of[k], member[k], e, i):
                    continue
                out = member[k]
                assigned[out] = -1
                waiting[top] = out
                top += 1
            member[k] = i
            edge_of[k] = e
            assigned[i] = u
            break
    return assigned


@njit(cache=True)  # type: ignore[untyped-decorator]
def behind(rank, draw, e, i, f, j):  # type: ignore[no-untyped-def]
    """Whether child i (by edge e) stands behind child j (by edge f) at a pool."""
    if rank[e] != rank[f]:
        return rank[e] > rank[f]
    return draw[i] > draw[j]


@njit(cache=True)  # type: ignore[untyped-decorator]
def paid(start, pools, costs, assigned, unplaced):  # type: ignore[no-untyped-def]
    """What the place of each child costs; whoever has none of the child's own places pays for being without."""
    found = np.full(start.size - 1, unplaced, np.int64)
    for i in range(start.size - 1):
        for e in range(start[i], start[i + 1]):
            if pools[e] == assigned[i]:
                found[i] = costs[e]
                break
    return found


@njit(cache=True)  # type: ignore[untyped-decorator]
def least_with_price(start, pools, costs, prices, unplaced):  # type: ignore[no-untyped-def]
    """The sum over children of the least that a place and its price come to."""
    total = np.int64(0)
    for i in range(start.size - 1):
        least = np.int64(unplaced)
        for e in range(start[i], start[i + 1]):
            least = min(least, costs[e] + prices[pools[e]])
        total += least
    return total


@njit(cache=True)  # type: ignore[untyped-decorator]
def cheaper(start, costs, paid_by):  # type: ignore[no-untyped-def]
    """How many places of each child are cheaper than the child's own: the first ones, as costs rise."""
    found = np.zeros(start.size - 1, np.int64)
    for i in range(start.size - 1):
        while start[i] + found[i] < start[i + 1] and costs[start[i] + found[i]] < paid_by[i]:
            found[i] += 1
    return found
