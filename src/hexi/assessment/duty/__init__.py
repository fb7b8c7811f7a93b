"""Target responsibility contracts (目标责任书) of departments and posts, scored by a run."""

from hexi.assessment.duty.contracts import Contract, Fact, Task, contracts_of
from hexi.assessment.duty.paying import PAY_HEADS, pay_csv, pay_rows
from hexi.assessment.duty.scoring import ASSUMED, GRADES, assess_contracts

__all__ = [
    "ASSUMED",
    "GRADES",
    "PAY_HEADS",
    "Contract",
    "Fact",
    "Task",
    "assess_contracts",
    "contracts_of",
    "pay_csv",
    "pay_rows",
]
