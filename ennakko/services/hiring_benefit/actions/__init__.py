# SPDX-License-Identifier: EUPL-1.2
"""What changes something in the hiring benefit, action by action."""
