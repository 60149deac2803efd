# SPDX-License-Identifier: EUPL-1.2
"""What is looked up in the hiring benefit."""
