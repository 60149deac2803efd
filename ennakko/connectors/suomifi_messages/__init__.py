# SPDX-License-Identifier: EUPL-1.2
"""Suomi.fi messages: `http.py` talks to the state's service, `embedded.py` keeps them in the demo's mailbox."""
