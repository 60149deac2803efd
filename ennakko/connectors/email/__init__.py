# SPDX-License-Identifier: EUPL-1.2
"""E-mail: `smtp.py` talks to a mail server, `embedded.py` keeps the mail in the demo's mailbox."""
