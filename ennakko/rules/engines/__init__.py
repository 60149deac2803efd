# SPDX-License-Identifier: Apache-2.0
"""The engines that evaluate a bound rule; all agree to the last cent, unknowns included."""
