# SPDX-License-Identifier: EUPL-1.2
"""The law of early education places: fees, occupancy, the time to apply; pure."""
