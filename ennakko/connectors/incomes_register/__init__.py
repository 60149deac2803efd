# SPDX-License-Identifier: EUPL-1.2
"""The incomes register: `http.py` asks it, `messages.py` writes and reads its XML, `embedded.py` is the demo's.

Nothing is asked without a data permit of the city's own (Act on the Incomes Information System 53/2018 13 §); whether
there is one the kernel decides before it comes here.
"""
