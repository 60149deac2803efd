# SPDX-License-Identifier: EUPL-1.2
"""What is looked up in early education."""
