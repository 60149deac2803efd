# SPDX-License-Identifier: EUPL-1.2
"""Django's SQLite with one difference: who waits to write is let in as soon as the one before is done."""
