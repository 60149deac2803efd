# SPDX-License-Identifier: EUPL-1.2
"""The director's page: how the summer voucher is doing in the whole city, and what another rule would do."""
