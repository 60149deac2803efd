# SPDX-License-Identifier: EUPL-1.2
"""Signing in: OpenID Connect, one issuer for residents and one for the city's own people; no passwords here."""
