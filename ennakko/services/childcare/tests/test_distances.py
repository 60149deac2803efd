# SPDX-License-Identifier: EUPL-1.2
"""Ways on foot: the shortest by plain search, dangerous crossings, and what is done where no street leads."""

import gzip
import heapq
import json

import numpy as np
import pytest

from ennakko.services.childcare.distances import geojson, network
from ennakko.services.childcare.distances.network import A_DEGREE, BadNetwork, pack
from ennakko.services.childcare.distances.walking import minutes, straight, walk

NORTH, EAST = 60.17, 24.93


def point(up=0.0, along=0.0):
    return np.array([NORTH + up / A_DEGREE]), np.array([EAST + along / (A_DEGREE * np.cos(np.radians(NORTH)))])


def searched(net, source, extra):
    """Weighed metres from a node to all, by the textbook."""
    found = {}
    waiting = [(0, source)]
    while waiting:
        far, node = heapq.heappop(waiting)
        if node in found:
            continue
        found[node] = far
        for e in range(net.start[node], net.start[node + 1]):
            weight = int(net.metres[e]) + extra * int(net.crossing[e])
            heapq.heappush(waiting, (far + weight, int(net.to[e])))
    return found


def test_ways_are_the_shortest_on_hundreds_of_small_networks():
    draw = np.random.default_rng(1)
    for _ in range(200):
        nodes, edges = int(draw.integers(2, 15)), int(draw.integers(1, 30))
        up, along = draw.random((2, nodes)) * 3000
        latitude, longitude = NORTH + up / A_DEGREE, EAST + along / (A_DEGREE * np.cos(np.radians(NORTH)))
        net = pack(
            latitude, longitude, draw.integers(0, nodes, edges), draw.integers(0, nodes, edges),
            draw.integers(1, 900, edges), draw.random(edges) < 0.3,
        )  # fmt: skip
        extra = int(draw.integers(0, 300))
        everywhere = (latitude, longitude)
        ways = walk(net, everywhere, everywhere, crossing_metres=extra)
        line = straight(everywhere, everywhere) * 1.3
        for source in range(nodes):
            known = searched(net, source, extra)
            for target in range(nodes):
                if target in known:
                    assert ways.weighed[source, target] == known[target]
                    assert not ways.estimated[source, target]
                    assert 0 <= ways.metres[source, target] <= ways.weighed[source, target]
                else:
                    assert ways.estimated[source, target]
                    assert ways.metres[source, target] == round(line[source, target])


def test_a_dangerous_crossing_is_gone_around_where_that_is_worth_it():
    up = [0, 0, 100]
    along = [0, 200, 100]
    latitude = NORTH + np.array(up) / A_DEGREE
    longitude = EAST + np.array(along) / (A_DEGREE * np.cos(np.radians(NORTH)))
    net = pack(latitude, longitude, [0, 0, 2], [1, 2, 1], [200, 150, 150], [True, False, False])
    home, unit = (latitude[:1], longitude[:1]), (latitude[1:2], longitude[1:2])
    assert walk(net, unit, home).metres.item() == 200
    careful = walk(net, unit, home, crossing_metres=150)
    assert (careful.metres.item(), careful.weighed.item()) == (300, 300)
    careful = walk(net, unit, home, crossing_metres=50)
    assert (careful.metres.item(), careful.weighed.item()) == (200, 250)
    assert (net.edges, net.crossings) == (3, 1)


def test_a_home_far_from_any_street_or_a_city_without_streets_is_estimated_and_marked():
    net = pack([NORTH, NORTH], [EAST, EAST + 0.002], [0], [1], [110], [False])
    far = point(up=600)
    found = walk(net, point(), far)
    assert found.estimated.item()
    assert found.metres.item() == 780
    assert walk(None, point(), point(up=1000)).metres.item() == 1300
    assert walk(pack([], [], [], [], [], []), point(), point(up=1000)).estimated.item()
    near = walk(net, point(), point(up=40))
    assert not near.estimated.item()
    assert near.metres.item() == 40


def test_sixteen_minutes_are_1280_metres():
    assert [minutes(one) for one in (0, 79, 80, 81, 1280, 1281)] == [1, 1, 1, 2, 16, 17]


def test_a_network_is_kept_and_found_again_the_same(tmp_path):
    net = pack([NORTH, NORTH], [EAST, EAST + 0.002], [0], [1], [110], [True])
    path = network.save(net, tmp_path)
    again = network.load(path)
    assert again.digest == net.digest == path.stem
    assert network.save(again, tmp_path) == path
    other = network.save(pack([NORTH, NORTH], [EAST, EAST + 0.002], [0], [1], [111], [True]), tmp_path)
    path.write_bytes(other.read_bytes())
    with pytest.raises(BadNetwork, match="not the network that its name says"):
        network.load(path)
    path.write_bytes(b"nothing")
    with pytest.raises(BadNetwork, match="no packed street network"):
        network.load(path)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (([60.0], [24.0], [0], [1], [5], [False]), "second node 1 is not one of the 1"),
        (([60.0], [24.0], [-1], [0], [5], [False]), "first node -1"),
        (([60.0, 60.1], [24.0], [0], [1], [5], [False]), "a latitude and a longitude"),
        (([60.0, float("nan")], [24.0, 24.0], [0], [1], [5], [False]), "a latitude and a longitude"),
        (([60.0, 60.1], [24.0, 24.0], [0], [1], [30_000], [False]), "30000 m long"),
        (([60.0, 60.1], [24.0, 24.0], [0], [1], [-1], [False]), "-1 m long"),
    ],
)
def test_streets_that_cannot_be_are_refused_with_a_sentence(given, said):
    with pytest.raises(BadNetwork, match=said):
        pack(*given)


def feature(line, **properties):
    return {"type": "Feature", "properties": {"highway": "residential", **properties},
            "geometry": {"type": "LineString", "coordinates": line}}  # fmt: skip


def written(path, *features):
    raw = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    path.write_bytes(gzip.compress(raw) if path.suffix == ".gz" else raw)
    return path


A, B, C = [24.93, 60.17], [24.932, 60.17], [24.932, 60.171]


@pytest.mark.parametrize("name", ["streets.geojson", "streets.geojson.gz"])
def test_ways_of_an_extract_meet_where_their_nodes_are_the_same(tmp_path, name):
    net = geojson.read(
        written(
            tmp_path / name, feature([A, B], nodes=[1, 2]), feature([B, C], nodes=[2, 3], crossing="uncontrolled"),
            feature([A, C], nodes=[1, 3], highway="motorway"), feature([A, C], nodes=[1, 3], foot="no"),
        )
    )  # fmt: skip
    assert (net.nodes, net.edges, net.crossings) == (3, 2, 1)
    assert net.metres.sum() == 2 * (111 + 111)


def test_without_numbers_ways_meet_where_their_points_are_the_same(tmp_path):
    net = geojson.read(written(tmp_path / "s.geojson", feature([A, B]), feature([B, C])))
    assert (net.nodes, net.edges) == (3, 2)


@pytest.mark.parametrize(
    ("features", "said"),
    [
        ([], "no street to walk"),
        ([feature([A, C], highway="motorway")], "no street to walk"),
        ([feature([A, B], nodes=[1])], "2 points and 1 nodes"),
    ],
)
def test_an_extract_that_cannot_be_used_says_why(tmp_path, features, said):
    with pytest.raises(BadNetwork, match=said):
        geojson.read(written(tmp_path / "s.geojson", *features))


def test_a_file_that_is_no_geojson_is_refused(tmp_path):
    (tmp_path / "s.geojson").write_text("streets", "utf-8")
    with pytest.raises(BadNetwork, match="no GeoJSON"):
        geojson.read(tmp_path / "s.geojson")
    with pytest.raises(BadNetwork, match="no GeoJSON"):
        geojson.read(tmp_path / "none.geojson")
