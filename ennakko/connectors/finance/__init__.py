# SPDX-License-Identifier: EUPL-1.2
"""The city's finance system: `http.py` carries payment files and confirmations, `embedded.py` is the demo's bank."""
