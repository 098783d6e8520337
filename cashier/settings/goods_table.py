"""What may not be sold, and at which price not: what holds of sections that belong together, for `cashier check`."""

from collections.abc import Iterator, Sequence
from datetime import date, time

from cashier.core.money import Kopecks, to_roubles
from cashier.settings.kinds import Phrase, phrase
from cashier.settings.legal import by_kind
from cashier.settings.model import Settings
from cashier.settings.named import LegalMinimum, Restriction
from cashier.settings.texts import say
from cashier.settings.trade_kinds import Clock, Weekdays


def goods_table(settings: Settings, today: date) -> list[str]:
    """Return it line by line: restrictions by goods, then the legal minimum of each kind on a day of the shop."""
    language = settings.screen.language
    lines = [*_restrictions(settings), *_minimums(settings, today)]
    return [say(own, language) for own in lines]


def _restrictions(settings: Settings) -> Iterator[Phrase]:
    if not settings.restrictions:
        return
    yield phrase("head_restrictions" if settings.plugins.restrictions else "head_restrictions_off")
    named: dict[str, list[Restriction]] = {}
    for own in settings.restrictions:
        named.setdefault(_goods([own]), []).append(own)
    for goods, restrictions in named.items():
        age = max(own.age for own in restrictions)
        if age:
            yield phrase("restricted_age", goods=goods, age=age)
        for own in restrictions:
            if own.has_period:
                yield _period(goods, own)


def _period(goods: str, own: Restriction) -> Phrase:
    begins, ends = (Clock().show(moment or time.min) for moment in (own.begins, own.ends))
    if begins == ends == Clock().show(time.min):
        days = Weekdays().show(own.weekdays)
        return (
            phrase("restricted_whole_days", goods=goods, days=days) if days else phrase("restricted_ever", goods=goods)
        )
    if own.weekdays:
        return phrase("restricted_days", goods=goods, begins=begins, ends=ends, days=Weekdays().show(own.weekdays))
    return phrase("restricted_time", goods=goods, begins=begins, ends=ends)


def _minimums(settings: Settings, today: date) -> Iterator[Phrase]:
    if not settings.legal_minimums:
        return
    yield phrase("head_legal" if settings.plugins.price else "head_legal_off", day=today.isoformat())
    for kind, dated in by_kind(settings.legal_minimums).items():
        goods = _goods(dated) or phrase("legal_rest")
        own = next((own for own in reversed(dated) if own.begins <= today), None)
        if own is None:
            yield phrase("legal_later", kind=kind, day=dated[0].begins.isoformat(), goods=goods)
        else:
            pack, carton = own.price, Kopecks(own.price * own.carton_packs)
            yield phrase("legal_now", kind=kind, goods=goods, pack=to_roubles(pack), carton=to_roubles(carton))


def _goods(sections: Sequence[LegalMinimum | Restriction]) -> str:
    """Write which goods sections name, as the files have it."""
    named = [(key, getattr(own, key)) for key in ("item", "group") for own in sections]
    return ", ".join(f"{key} = {code}" for key, code in named if code)
