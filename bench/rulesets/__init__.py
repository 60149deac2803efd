# SPDX-License-Identifier: EUPL-1.2
"""The four services of the benchmark written as our own rules: 26 named steps."""
