# SPDX-License-Identifier: EUPL-1.2
"""Our own rules on their engines, as contenders beside the rivals."""
