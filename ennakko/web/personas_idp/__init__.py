# SPDX-License-Identifier: EUPL-1.2
"""The demo's identity provider: choose a persona, see what will be told of them, sign in.

It speaks the same protocol as the real ones (authorisation code, PKCE, JWKS), so that nothing in sign-in is special to
the demo. Its addresses exist only where DEMO is on, and a system check says so if they are found elsewhere.
"""
