# SPDX-License-Identifier: EUPL-1.2
"""Kaislaranta: a made-up town of 20,000 with other conditions."""
