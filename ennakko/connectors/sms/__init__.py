# SPDX-License-Identifier: EUPL-1.2
"""Text messages: `http.py` talks to the Quriiri gateway, `embedded.py` keeps them in the demo's mailbox."""
