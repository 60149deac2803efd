# SPDX-License-Identifier: EUPL-1.2
"""Rule pages: each rule in sentences, with its law, its data, its formula, and a place to try it yourself."""
