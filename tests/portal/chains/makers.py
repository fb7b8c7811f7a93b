"""Firms on the chains for tests (测试用企业): two zones, some nodes full, some with one firm alone.

They stand beside the project library of the tests, so that projects are on the chains too.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hexi.portal.returns.models import Enterprise
from hexi.portal.returns.registers.credit_code import check_character
from tests.portal.projects.library import Library

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)

#: name, industry, unit: Lanzhou's parks and Jinchang's zone
FIRMS = (
    ("安宁铝材一厂", "3252", "etdz-an"),
    ("安宁铝材二厂", "C3252", "etdz-an"),
    ("红古铝材三厂", "3252", "etdz-hg"),
    ("安宁电缆孤家", "3831", "etdz-an"),
    ("安宁有色泛指", "32", "etdz-an"),
    ("金昌电缆甲", "3831", "jc-etdz"),
    ("金昌铜材乙", "3251", "jc-etdz"),
    ("金昌镍冶丙", "3213", "jc-etdz"),
    ("金昌镍冶丁", "3213", "jc-etdz"),
)


def credit_code(number: int) -> str:
    """A code with its right check digit."""
    body = f"91620100MA7CHA{number:03}"
    return body + check_character(body)


class Makers(Library):
    """Short ways to what the tests of chains ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.firms: dict[str, Enterprise] = {
            name: self.enter(credit_code(number), name, unit, industry=industry)
            for number, (name, industry, unit) in enumerate(FIRMS)
        }

    def shown(self, who: str, path: str, **query: Any) -> str:
        """The page of an address as this person sees it."""
        answer = self.client(who).get(path, query or None)
        assert answer.status_code == 200, (who, path, answer.status_code)
        return answer.content.decode()
