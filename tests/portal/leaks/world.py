"""The world of those who look (测试用本单位数据): something of every app in two units."""

from __future__ import annotations

from hexi.portal.supervision.acts.raise_problem import NewProblem, raise_problem
from tests.portal.admission import material
from tests.portal.assessment.parks import computed
from tests.portal.chains.makers import Makers
from tests.portal.promotion.desk import AT, PromotionDesk

__all__ = ["LOOKERS", "World"]

#: who looks from outside the foreign unit; the empty one is the public
LOOKERS = ("zone", "park", "reader", "stranger", "maker", "")


class World(Makers, PromotionDesk):
    """Plans, returns, projects, promotion, supervision, admission, assessment, chains."""

    def __init__(self) -> None:
        super().__init__()
        self.submitted()
        self.run = computed(self)
        self.enquiry()
        self.paid()
        material.kept(self)
        material.agreed(self)
        problem = NewProblem("land", "用地指标未落实", project=self.aluminium.pk)
        raise_problem(problem, by=self.person("zone"), at=AT)
