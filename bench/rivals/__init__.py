# SPDX-License-Identifier: EUPL-1.2
"""The same four services written by other means. Each module gives `CONTENDER`; see bench/contender.py."""
