# SPDX-License-Identifier: EUPL-1.2
"""The tax debt register: `http.py` asks the Tax Administration, `embedded.py` is the demo's."""
