# SPDX-License-Identifier: EUPL-1.2
"""Scanning for malware: `clamd.py` speaks to ClamAV's daemon, `embedded.py` knows the test file of the trade."""
