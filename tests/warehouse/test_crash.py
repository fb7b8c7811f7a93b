"""Crashes and crowds (断电与并发): a publication happened whole or not at all, and none is lost."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from hexi.warehouse import Change, Warehouse

AT = datetime(2024, 2, 5, tzinfo=UTC)
FAR = datetime(2100, 1, 1, tzinfo=UTC)

#: publishes 1, 2, 3, … into two months at once, and says what is done
PUBLISHER = """
import sys
from datetime import UTC, datetime, timedelta
import pyarrow as pa
from hexi.warehouse import Change, Warehouse
house = Warehouse.open(sys.argv[1])
number = max([int(s.reason) for s in house.snapshots()], default=0)
print("ready", flush=True)
while True:
    number += 1
    table = pa.table({"reporter": list(range(2000)), "item": [1] * 2000, "value": [number] * 2000})
    house.publish_all([Change(1, 202401, table), Change(1, 202402, table)],
        actor="a", reason=str(number), at=datetime.now(UTC))
    house.vacuum(datetime.now(UTC) + timedelta(days=1), timedelta(days=1))
    print(number, flush=True)
"""

#: one of several publishers: its own reporter, one new value a time
CLERK = """
import sys
from datetime import UTC, datetime
import pyarrow as pa
from hexi.warehouse import Warehouse
house, clerk = Warehouse.open(sys.argv[1]), int(sys.argv[2])
for turn in range(1, 11):
    old = house.facts(reporters=[clerk])
    table = pa.table({
        "reporter": [clerk] * turn,
        "item": [*old["item"].to_pylist(), turn],
        "value": [*map(int, old["value"].to_pylist()), turn],
    })
    assert house.publish(1, 202401, table, actor=str(clerk), reason="月报", at=datetime.now(UTC))
"""


@pytest.mark.slow
def test_a_publisher_that_is_killed_leaves_the_old_or_the_new_state(tmp_path: Path) -> None:
    house = Warehouse.open(tmp_path / "w", create=True)
    chance = random.Random(20240205)
    said = 0
    # on a busy machine little is published before the first kills: then more of them follow
    for attempt in range(40):
        process = subprocess.Popen(
            [sys.executable, "-c", PUBLISHER, str(house.root)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.3 + 0.05 * attempt))
        process.send_signal(signal.SIGKILL)
        said = max([said, *(int(line) for line in process.stdout.read().split() if line)])
        process.wait()
        facts = house.facts()
        snapshots = house.snapshots()
        known = int(snapshots[-1].reason) if snapshots else 0
        # what was said to be done is done, and nothing is done by half
        assert known in (said, said + 1)
        assert facts.num_rows == (4000 if known else 0)
        assert set(pc.unique(facts["value"]).to_pylist()) == ({known} if known else set())
        assert {fault.code for fault in house.verify()} <= {"orphan"}
        if attempt >= 11 and said > 3:
            break
    assert said > 3
    house.vacuum(FAR)
    assert house.verify() == []


@pytest.mark.slow
def test_publishers_at_one_time_do_not_lose_each_other_s_work(tmp_path: Path) -> None:
    house = Warehouse.open(tmp_path / "w", create=True)
    clerks = [
        subprocess.Popen([sys.executable, "-c", CLERK, str(house.root), str(number)])
        for number in range(4)
    ]
    assert [clerk.wait(timeout=120) for clerk in clerks] == [0] * 4
    rows = house.facts().to_pylist()
    told = sorted((r["reporter"], r["item"], int(r["value"])) for r in rows)
    assert told == [(clerk, turn, turn) for clerk in range(4) for turn in range(1, 11)]
    assert [s.id for s in house.snapshots()] == list(range(1, 41))
    house.vacuum(FAR)
    assert house.verify() == []


def one(value: int, reporter: int = 1) -> pa.Table:
    return pa.table({"reporter": [reporter], "item": [1], "value": [value]})


def test_a_month_that_changed_while_files_were_written_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Warehouse.open(tmp_path / "w", create=True)
    second = Warehouse.open(tmp_path / "w")
    first.publish(1, 202401, one(1), actor="a", reason="b", at=AT)
    writing = first.manifest.writing

    def late():  # type: ignore[no-untyped-def]
        # the other publishes after our files were prepared and before our transaction
        second.publish(1, 202401, one(2, reporter=2), actor="b", reason="b", at=AT)
        return writing()

    monkeypatch.setattr(first.manifest, "writing", late)
    first.publish(1, 202401, one(3), actor="a", reason="b", at=AT)
    assert first.facts()["value"].to_pylist() == [3, 2]
    assert first.verify() == []


@pytest.mark.parametrize("call", ["add_snapshot", "end_segment", "add_segment"])
def test_a_failure_inside_the_transaction_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    house = Warehouse.open(tmp_path / "w", create=True)
    house.publish(1, 202401, one(1), actor="a", reason="b", at=AT)

    def fail(*given: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(house.manifest, call, fail)
        with pytest.raises(OSError, match="disk full"):
            house.publish_all(
                [Change(1, 202401, one(2)), Change(1, 202402, one(2))],
                actor="a",
                reason="b",
                at=AT + timedelta(days=1),
            )
    assert house.facts()["value"].to_pylist() == [1]
    assert len(house.snapshots()) == 1
    house.publish(1, 202401, one(2), actor="a", reason="b", at=AT)
    assert house.facts()["value"].to_pylist() == [2]


def test_time_never_runs_back_from_one_snapshot_to_the_next(tmp_path: Path) -> None:
    house = Warehouse.open(tmp_path / "w", create=True)
    house.publish(1, 202401, one(1), actor="a", reason="b", at=AT)
    late = house.publish(1, 202401, one(2), actor="a", reason="b", at=AT - timedelta(days=9))
    assert late is not None and late.at == AT
    assert house.facts(as_of=AT)["value"].to_pylist() == [2]
