# SPDX-License-Identifier: EUPL-1.2
"""Suomi.fi e-Authorizations: `http.py` speaks its Web API, `roles.py` reads its roles, `embedded.py` is the demo's."""
