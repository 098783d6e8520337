"""`[LegalMinimum.<name>]` taken together: those of one kind are its prices, each from its day on."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from cashier.settings.named import LegalMinimum

Complaint = tuple[str, tuple[str, ...], str]
"""Section the mistake is in, the keys that may be to blame, and the sentence in `texts.py`."""


def by_kind(minimums: Iterable[LegalMinimum]) -> dict[str, list[LegalMinimum]]:
    """Put the sections of each kind together, in order of days."""
    kinds: dict[str, list[LegalMinimum]] = {}
    for own in sorted(minimums, key=lambda own: own.begins):
        kinds.setdefault(own.kind, []).append(own)
    return kinds


def check_legal(minimums: Sequence[LegalMinimum]) -> Iterator[Complaint]:
    """Find sections that leave open which price goods have."""
    kinds = by_kind(minimums)
    for own in minimums:
        if own.item and own.group:
            yield _section(own), ("item", "group"), "legal_whom"
    for dated in kinds.values():
        yield from _twice(dated)
        if not _goods(dated[0]):
            yield from ((_section(own), ("item", "group"), "legal_mixed") for own in dated if _goods(own))
    for dated in [dated for dated in kinds.values() if not any(map(_goods, dated))][1:]:
        yield _section(dated[0]), ("kind",), "legal_all"
    yield from _shared(minimums)


def _twice(dated: Iterable[LegalMinimum]) -> Iterator[Complaint]:
    """Find two prices of one kind and day; a kind may name its goods one by one, at the same price."""
    firsts: dict[date, LegalMinimum] = {}
    for own in dated:
        first = firsts.setdefault(own.begins, own)
        same = (own.price, own.carton_packs) == (first.price, first.carton_packs)
        if own is not first and not (same and _goods(own) != _goods(first)):
            yield _section(own), ("from",), "legal_twice"


def _shared(minimums: Iterable[LegalMinimum]) -> Iterator[Complaint]:
    """Find goods that two kinds name."""
    kinds: dict[tuple[str, str], str] = {}
    for own in minimums:
        for key, code in _goods(own):
            if kinds.setdefault((key, code), own.kind) != own.kind:
                yield _section(own), (key,), "legal_shared"


def _goods(own: LegalMinimum) -> tuple[tuple[str, str], ...]:
    """Return what a section names: the key and its code."""
    return tuple(pair for pair in (("item", own.item), ("group", own.group)) if pair[1])


def _section(own: LegalMinimum) -> str:
    return f"LegalMinimum.{own.name}"
