# SPDX-License-Identifier: EUPL-1.2
"""The four services of the benchmark written as our own rules: 26 named steps, parameters in TOML beside them.

They resemble the product's services but are frozen: rules change with the law, a benchmark must not.
"""

from __future__ import annotations

from pathlib import Path

from bench.rulesets.daycare_fee import DaycareFee, LowerHighestFee
from bench.rulesets.helsinki_lisa import HelsinkiLisa
from bench.rulesets.summer_voucher import SummerVoucher
from bench.rulesets.vaccination import Vaccination
from ennakko.rules import ParameterBook

BOOK = ParameterBook.load(*sorted((Path(__file__).parent / "parameters").glob("*.toml")))
RULES = {
    "summer-voucher": SummerVoucher,
    "daycare-fee": DaycareFee,
    "vaccination": Vaccination,
    "helsinki-lisa": HelsinkiLisa,
}

__all__ = ["BOOK", "RULES", "DaycareFee", "HelsinkiLisa", "LowerHighestFee", "SummerVoucher", "Vaccination"]
