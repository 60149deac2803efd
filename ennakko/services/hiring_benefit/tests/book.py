# SPDX-License-Identifier: EUPL-1.2
"""The figures that the tests of the law decide by: the act's and the city's own."""

from pathlib import Path

from ennakko.municipalities.profile import load
from ennakko.rules.parameters import ParameterBook
from ennakko.services.hiring_benefit.law import rules

BOOK = ParameterBook.load(Path(rules.__file__).parent / "parameters.toml", *load("helsinki").parameter_files)
