# SPDX-License-Identifier: Apache-2.0
"""Pure values: money in cents, inclusive periods, texts in many languages, dates, identity codes."""
