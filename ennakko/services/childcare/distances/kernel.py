# SPDX-License-Identifier: EUPL-1.2
"""The compiled part of the distances: the safest way from one node to all others, and how many metres it is.

Compiled by Numba at the first call and kept on disk. Arrays only, no Python objects.
"""

from __future__ import annotations

import numpy as np
from numba import njit

FAR = np.int32(2**30)


@njit(cache=True)  # type: ignore[untyped-decorator]
def ways(start, to, metres, weight, sources, targets, longest):  # type: ignore[no-untyped-def]
    """From each source node to each target node: (weighed metres, metres), FAR where no way leads.

    Nodes wait in buckets by their weighed distance (Dial): whole metres, so a bucket is a metre, and only as many
    buckets are open as the longest edge weighs.
    """
    nodes = start.size - 1
    buckets = longest + 1
    first = np.empty(buckets, np.int32)
    after = np.empty(nodes, np.int32)
    before = np.empty(nodes, np.int32)
    weighed = np.empty(nodes, np.int32)
    walked = np.empty(nodes, np.int32)
    settled = np.empty(nodes, np.bool_)
    by_weight = np.empty((sources.size, targets.size), np.int32)
    by_metres = np.empty((sources.size, targets.size), np.int32)
    for row in range(sources.size):
        first[:] = -1
        weighed[:] = FAR
        walked[:] = FAR
        settled[:] = False
        source = sources[row]
        weighed[source] = 0
        walked[source] = 0
        after[source] = -1
        before[source] = -1
        first[0] = source
        waiting = 1
        at = 0
        while waiting > 0:
            slot = at % buckets
            node = first[slot]
            if node < 0:
                at += 1
                continue
            first[slot] = after[node]
            if after[node] >= 0:
                before[after[node]] = -1
            settled[node] = True
            waiting -= 1
            own = weighed[node]
            for e in range(start[node], start[node + 1]):
                v = to[e]
                if settled[v]:
                    continue
                longer = np.int32(own + weight[e])
                steps = np.int32(walked[node] + metres[e])
                if longer > weighed[v] or (longer == weighed[v] and steps >= walked[v]):
                    continue
                if weighed[v] == FAR:
                    waiting += 1
                elif longer < weighed[v]:
                    old = weighed[v] % buckets
                    if before[v] >= 0:
                        after[before[v]] = after[v]
                    else:
                        first[old] = after[v]
                    if after[v] >= 0:
                        before[after[v]] = before[v]
                walked[v] = steps
                if longer < weighed[v]:
                    weighed[v] = longer
                    slot = longer % buckets
                    after[v] = first[slot]
                    before[v] = -1
                    if first[slot] >= 0:
                        before[first[slot]] = v
                    first[slot] = v
        for k in range(targets.size):
            by_weight[row, k] = weighed[targets[k]]
            by_metres[row, k] = walked[targets[k]]
    return by_weight, by_metres
