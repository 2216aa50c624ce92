"""Reports are grouped into visits at least as well as promised, in whatever order they come."""

import random

import clusters
import pytest

PRECISION, RECALL = 0.98, 0.95


@pytest.fixture(scope="module")
def gold():
    return clusters.cases()


def test_the_gold_is_large_enough_to_tell(gold):
    assert len(gold) >= 150 and len({case.visit for case in gold}) >= 40
    assert {case.row["status"] for case in gold} == {"announced", "under_way", "concluded", "postponed", "cancelled"}


def test_visits_are_found_as_promised(gold):
    found = clusters.measure(gold, clusters.grouped(gold))
    assert found.precision >= PRECISION, found
    assert found.recall >= RECALL, found


def test_the_measure_sees_what_is_parted_and_what_is_mixed(gold):
    ids = [case.row["report_id"] for case in gold]
    alone = clusters.measure(gold, {id: n for n, id in enumerate(ids)})
    assert alone.precision == 1 and alone.recall < 0.5
    together = clusters.measure(gold, dict.fromkeys(ids, 1))
    assert together.recall == 1 and together.precision < 0.1


@pytest.mark.parametrize("seed", range(5))
def test_any_order_of_arrival_gives_the_same_visits(gold, seed):
    shuffled = gold[:]
    random.Random(seed).shuffle(shuffled)
    assert _sets(clusters.grouped(shuffled)) == _sets(clusters.grouped(gold))


def _sets(groups):
    members = {}
    for id, group in groups.items():
        members.setdefault(group, set()).add(id)
    return sorted(map(sorted, members.values()))
