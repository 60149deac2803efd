# SPDX-License-Identifier: EUPL-1.2
"""Who gets which place: exact least-cost rounds and stable ones behind one interface; pure, no database."""
