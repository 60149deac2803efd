# SPDX-License-Identifier: EUPL-1.2
"""Benchmarks: Ennakko's rules beside their rivals, in one run, on the same people. The product never imports this."""
