"""Hashes of passwords: argon2id, 19 MiB, two passes. A call blocks for some 30 ms: the till makes it in a thread."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_MEMORY_KIB: Final = 19 * 1024
_PASSES: Final = 2


def hash_password(password: str) -> str:
    """Hash a password with a fresh salt; the parameters are part of the answer."""
    return _hasher().hash(password)


def check_password(password: str, password_hash: str) -> bool:
    """Tell whether this is the password of the hash; an empty or broken hash has none."""
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415 - not needed before sign-in

    try:
        return _hasher().verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher  # noqa: PLC0415 - not needed before sign-in

    return PasswordHasher(time_cost=_PASSES, memory_cost=_MEMORY_KIB, parallelism=1)
