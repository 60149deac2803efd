# SPDX-License-Identifier: EUPL-1.2
"""The business register: `http.py` asks PRH's open data, `reading.py` reads answers, `embedded.py` is the demo's."""
