# SPDX-License-Identifier: EUPL-1.2
"""Everything that changes something in early education."""
