"""What the till makes of a frame as a code of a mark, in words for whoever sets a scanner up."""

from collections.abc import Iterator

from cashier.core.marks import Code, Damage, Damaged, looks_like_mark, read
from cashier.core.scans import barcode_of
from cashier.masks import Accepted, Masks
from cashier.settings import Settings
from cashier.settings.model import Scanner
from devices.report import visible

DAMAGES = {
    Damage.EMPTY: ("пустой код", "считайте ещё раз"),
    Damage.TOO_LONG: ("длиннее, чем бывают коды", "считайте один код; проверьте suffix сканера"),
    Damage.BYTES: ("байты, которых в тексте не бывает", "проверьте скорость и чётность порта"),
    Damage.ALPHABET: (
        "знаки, которых в коде не бывает",
        "включите английскую раскладку; проверьте, как сканер шлёт GS",
    ),
    Damage.NO_GS: ("разделители GS потеряны", "включите в сканере передачу GS (FNC1), лучше всего байтом 0x1D"),
    Damage.GLUED: ("два кода подряд", "считывайте по одному; проверьте suffix сканера"),
    Damage.STRUCTURE: ("не сходится с устройством кодов", "считайте ещё раз; если так и останется, код испорчен"),
}
"""What is wrong → what to do."""


class MarkEar:
    """Reads the codes of one scanner as the till with its present settings does."""

    def __init__(self, settings: Settings, own: Scanner) -> None:
        self._on = settings.plugins.markedgoods
        self._masks = Masks(settings.marked_goods.categories)
        self._gs = own.gs

    def verdict(self, frame: bytes) -> Iterator[str]:
        """Say what the code is, which mask takes it, and what the till does with it; ends with what is to be done."""
        code = read(frame, self._gs)
        accepted = self._masks.match(code.code) if isinstance(code, Code) else None
        barcode = None if looks_like_mark(frame) else barcode_of(frame)
        if isinstance(code, Code) and (accepted or not barcode):
            yield from _described(code, accepted)
        elif isinstance(code, Damaged) and not barcode:
            yield from _damaged(code.damage)
        if accepted and self._on:
            yield f"касса примет как: код маркировки, категория [{accepted.category.section}]"
        else:
            yield _as_barcode(barcode if self._on else barcode_of(frame))
        if accepted and not self._on:
            yield "проверка кодов маркировки выключена: поставьте markedgoods = on в [plugins]"


def _described(code: Code, accepted: Accepted | None) -> Iterator[str]:
    repaired = ", восстановлен: GS или раскладка исправлены" if code.repaired else ""
    yield f"код маркировки: {visible(code.code)}"
    yield f"вид: {code.layout or 'неизвестный'}{repaired}"
    yield f"КИ: {visible(code.ki)}   GTIN: {code.gtin or 'нет'}"
    if accepted is None:
        yield "маска: ни одна не подходит; добавьте категорию в ncash.ini.d/markedgoods.ini"
        return
    captured = (("barcode", accepted.barcode),) if accepted.named else ()
    groups = ", ".join(f"{name} = {visible(text)}" for name, text in (*captured, *accepted.properties))
    yield f"маска: [{accepted.category.section}]   {groups}".rstrip()


def _damaged(damage: Damage) -> Iterator[str]:
    reason, advice = DAMAGES[damage]
    yield f"код маркировки не читается: {reason}"
    yield f"что делать: {advice}"


def _as_barcode(barcode: str | None) -> str:
    return f"касса примет как: {barcode}" if barcode else "касса не примет: код не распознан"
