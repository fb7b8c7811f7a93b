"""A plan under watch: its targets measured, and told the same as by the verdicts on them."""

from __future__ import annotations

from datetime import date

from hexi.catalogue import load_pack
from hexi.monitoring.lamps import load_rules
from hexi.monitoring.standing import Grade
from hexi.monitoring.verdicts import Status, judge_pack
from hexi.monitoring.watch import watch_targets


def test_what_is_over_says_the_same_as_the_verdict_on_it() -> None:
    """One home for the answer: a verdict that follows from a rate decides the lamp too."""
    pack, at = load_pack("gansu"), date(2026, 11, 1)
    targets = [one for one in pack.targets if one.plan in ("gs-open-135", "lz-etdz-135")]
    watch = watch_targets(targets, pack, at=at, rules=load_rules("gansu"))
    judged = {one.target.id: one.status for one in judge_pack(pack, at)}
    told = {Grade.REACHED: Status.MET, Grade.BEHIND: Status.MISSED}
    found = {one.goal: told[one.grade] for one in watch.standings if one.grade in told}
    assert found["gs-open-135.fdi.2"] is Status.MISSED
    assert found["lz-etdz-135.rank_etdz_change"] is Status.MET
    assert found == {
        key: status
        for key, status in judged.items()
        if status in (Status.MET, Status.MISSED) and key in {one.id for one in targets}
    }
