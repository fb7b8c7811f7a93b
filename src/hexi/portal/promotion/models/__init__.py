"""The nouns of the promotion app (招商引资数据): one file a noun. Money is in yuan, whole."""

from hexi.portal.promotion.models.activity import Activity, ActivityResult
from hexi.portal.promotion.models.agent import Agent
from hexi.portal.promotion.models.agreement import (
    Agreement,
    AgreementClause,
    AgreementState,
    FairCheck,
)
from hexi.portal.promotion.models.contact import ContactEntry
from hexi.portal.promotion.models.enquiry import Enquiry, EnquiryState, EnquiryStep
from hexi.portal.promotion.models.target_firm import TargetFirm
from hexi.portal.promotion.models.voucher import Voucher, VoucherState
from hexi.portal.promotion.models.year_aim import YearAim

__all__ = [
    "Activity",
    "ActivityResult",
    "Agent",
    "Agreement",
    "AgreementClause",
    "AgreementState",
    "ContactEntry",
    "Enquiry",
    "EnquiryState",
    "EnquiryStep",
    "FairCheck",
    "TargetFirm",
    "Voucher",
    "VoucherState",
    "YearAim",
]
