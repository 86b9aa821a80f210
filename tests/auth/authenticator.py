"""A security key in software: makes and uses passkeys as a browser hands them on (Web Authentication, level 3)."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text(value: bytes) -> str:
    """Base 64 for addresses without padding."""
    return urlsafe_b64encode(value).rstrip(b"=").decode()


class Authenticator:
    """One passkey. `verifies` is whether it asks its person for a finger or a number."""

    def __init__(self, origin: str, *, verifies: bool = True) -> None:
        self._origin, self._flags = origin, PRESENT | (VERIFIED if verifies else 0)
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name, self.count, self._person = secrets.token_bytes(16), 0, b""

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """What `navigator.credentials.create` gives."""
        self._person = str(options["user"]["id"]).encode()
        name = len(self._name).to_bytes(2, "big") + self._name
        attested = bytes(16) + name + cbor2.dumps(self._public_key())
        data = self._data(options["rp"]["id"], self._flags | ATTESTED) + attested
        statement = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options["challenge"])
        return self._credential({"attestationObject": text(statement), "clientDataJSON": text(client)})

    def use(self, options: dict[str, Any]) -> dict[str, Any]:
        """What `navigator.credentials.get` gives."""
        self.count += 1
        client = self._client("webauthn.get", options["challenge"])
        data = self._data(options["rpId"], self._flags)
        signature = self._key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        answer = {"authenticatorData": text(data), "clientDataJSON": text(client), "signature": text(signature)}
        return self._credential({**answer, "userHandle": self._person.decode()})

    def _public_key(self) -> dict[int, int | bytes]:
        point = self._key.public_key().public_numbers()
        return {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}

    def _data(self, party: str, flags: int) -> bytes:
        return hashlib.sha256(party.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self._origin}).encode()

    def _credential(self, response: dict[str, str]) -> dict[str, Any]:
        name = text(self._name)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
