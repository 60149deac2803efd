# SPDX-License-Identifier: EUPL-1.2
"""How far it is on foot: a street network loaded once from a file, and the ways along it; pure, no database."""
