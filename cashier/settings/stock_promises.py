"""What holds with the stock control system that is set, and what cannot be promised, for `cashier check` (spec S10)."""

from collections.abc import Iterator

from cashier.settings.model import Settings


def stock_promises(settings: Settings) -> Iterator[str]:
    """Say in Russian what the shop has to know of СКО; nothing where it is switched off."""
    if not settings.plugins.stockcontrol:
        return
    yield (
        "СКО: каждый резерв получает Idempotency-Key, каждая отмена называет его в Idempotency-Undo. Если СКО их "
        "различает, после обрыва связи и сбоя питания лишних и двойных резервов нет"
    )
    yield (
        "СКО: если она их не различает, касса не обещает, что после обрыва связи не останется лишнего резерва; "
        "резерв другой строки того же товара она и тогда не снимет. Лишнее снимает сама СКО по выгруженному чеку"
    )


def stock_doubts(settings: Settings) -> Iterator[str]:
    """Warn of what СКО would never hear."""
    if settings.plugins.stockcontrol and not (settings.export.xml or settings.export.push):
        yield (
            "СКО не узнает, какие чеки проданы: выгрузка выключена. Включите [Export] xml или push, "
            "чеки уходят с RECEIPT_GUID"
        )
