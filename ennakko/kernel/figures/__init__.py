# SPDX-License-Identifier: EUPL-1.2
"""Figures for the situation: with their source and day, and never one from which a single person could be told."""

from ennakko.kernel.figures.gate import HIDDEN_MARK as HIDDEN_MARK
from ennakko.kernel.figures.gate import Gated as Gated
from ennakko.kernel.figures.gate import gate as gate
from ennakko.kernel.figures.registry import Counted as Counted
from ennakko.kernel.figures.registry import Figure as Figure
from ennakko.kernel.figures.registry import Shown as Shown
from ennakko.kernel.figures.registry import UnknownFigure as UnknownFigure
from ennakko.kernel.figures.registry import figures as figures
from ennakko.kernel.figures.registry import register_figures as register_figures
from ennakko.kernel.figures.registry import show as show
