# SPDX-License-Identifier: EUPL-1.2
"""A city's own profile: names, bodies, numbers that the city decided."""
