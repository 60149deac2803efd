# SPDX-License-Identifier: EUPL-1.2
"""The City of Helsinki."""
