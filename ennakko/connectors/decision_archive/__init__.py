# SPDX-License-Identifier: EUPL-1.2
"""The city's decision and archive system (Ahjo): `http.py` speaks its interface, `embedded.py` is the demo's own."""
