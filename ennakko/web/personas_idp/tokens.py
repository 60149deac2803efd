# SPDX-License-Identifier: EUPL-1.2
"""What the provider signs: codes that live a minute, and ID tokens with a key of its own (EC P-256, ES256)."""

import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from secrets import compare_digest, token_urlsafe
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from joserfc import jwt
from joserfc.jwk import ECKey

CODE_SECONDS = 60
TOKEN_SECONDS = 300
_SALT = "ennakko.personas"
# The order of P-256 is a little below 2^256; a private key is a number from 1 to order - 1.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class CodeRefused(ValueError):
    """The code is unknown, used, too old, or another client's."""


@lru_cache(maxsize=4)
def _key(secret: str) -> ECKey:
    """The same key in every worker process: made from the demo's secret, never stored."""
    seed = HKDF(algorithm=hashes.SHA256(), length=48, salt=None, info=b"ennakko personas").derive(secret.encode())
    private = ec.derive_private_key(int.from_bytes(seed, "big") % (_ORDER - 1) + 1, ec.SECP256R1())
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return ECKey.import_key(pem, {"use": "sig", "alg": "ES256", "kid": "personas"})


def public_keys() -> dict[str, Any]:
    """The JWKS document."""
    return {"keys": [_key(settings.SECRET_KEY).as_dict(private=False)]}


def new_code(request: Mapping[str, str], *, slug: str) -> str:
    """An authorisation code bound to the request (client, redirect, nonce, code challenge) and the persona."""
    return signing.dumps({**request, "slug": slug, "id": token_urlsafe(12)}, salt=_SALT, compress=True)


def redeem(code: str, *, client_id: str, redirect_uri: str, verifier: str) -> dict[str, str]:
    """What the code stands for, once; raises CodeRefused (RFC 6749 4.1.3, RFC 7636 4.6)."""
    try:
        request: dict[str, str] = signing.loads(code, salt=_SALT, max_age=CODE_SECONDS)
    except signing.BadSignature as error:
        raise CodeRefused("The code is not ours or is too old.") from error
    if request["client_id"] != client_id or request["redirect_uri"] != redirect_uri:
        raise CodeRefused("The code was given to another client or address.")
    challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    if not compare_digest(challenge, request["code_challenge"]):
        raise CodeRefused("The code verifier does not match.")
    if not cache.add(f"persona-code:{request['id']}", True, CODE_SECONDS * 2):
        raise CodeRefused("The code has been used.")
    return request


def id_token(claims: Mapping[str, Any], *, issuer: str, client_id: str, nonce: str) -> str:
    """A signed ID token."""
    now = int(time.time())
    told = {**claims, "iss": issuer, "aud": client_id, "nonce": nonce, "iat": now, "auth_time": now}
    told["exp"] = now + TOKEN_SECONDS
    return jwt.encode({"alg": "ES256", "kid": "personas"}, told, _key(settings.SECRET_KEY), algorithms=["ES256"])
