# SPDX-License-Identifier: EUPL-1.2
"""The register of associations: `http.py` asks PRH over the city's service bus, `embedded.py` the demo city."""
