"""Numbers as people type them (手工录入的数): one reading for every page, workbook and program."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from hexi.portal.core.refusal import Refusal, gapped

__all__ = ["read_number"]

_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?")
#: full-width digits and signs, as Chinese input methods leave them
_HALF = str.maketrans("０１２３４５６７８９．，－＋−", "0123456789.,-+-")


def read_number(text: str) -> Decimal:
    """What a person typed, as a number: thousands separated, full-width digits, a leading plus.

    Raises:
        Refusal: where it is not one number.
    """
    bare = text.strip().translate(_HALF).replace(" ", "").replace("\u3000", "")
    if bare and _NUMBER.fullmatch(bare) and bare not in ("+", "-"):
        try:
            return Decimal(bare.replace(",", ""))
        except InvalidOperation:
            pass
    raise Refusal(
        "not_a_number",
        gapped(_("“%(text)s” is not a number."), text=text.strip()[:40]),
        _("Write digits only, for example 30 or 1,234.5."),
    )
