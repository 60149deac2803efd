# SPDX-License-Identifier: EUPL-1.2
"""Childcare: a place in early education offered before anyone asks, to children and their guardians.

In the municipality's name; Act on Early Childhood Education and Care (540/2018), Basic Education Act (628/1998).
"""
