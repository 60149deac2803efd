# SPDX-License-Identifier: EUPL-1.2
"""The law of the summer voucher: the act in words, its figures, rules and procedures, and the worked cases."""
