"""What the trainee's panel offers: goods to hold under the scanner, codes a till must survive, devices that fail."""

from cashier.core.samples import Sample, Switch
from cashier.demo import marks, past_names, tobacco

_GOODS = (
    ("Хлеб ржаной нарезной 350 г", "4600682000013"),
    ("Молоко 3,2 % 1 л", "4600682000112"),
    ("Вода питьевая 0,5 л", "4600682000211"),
    ("Вода питьевая, упаковка 6 шт.", "4600682880011"),
    ("Шоколад молочный 90 г", "4600682000433"),
    ("Пакет-майка", "4600682000532"),
    ("Яблоки сезонные (весовые)", "4600682000693"),
    ("Сыр российский (весовой)", "4600682000785"),
    ("Вафли с орехом: на остатке 2 шт.", "4600682000457"),
    ("Сыр плавленый: на остатке нет", "4600682000198"),
    ("Открытка: два товара на один код", "4600682770015"),
    ("Товар без цены", "4600682770503"),
    ("Неизвестный товар", "4600682999993"),
    ("Энергетик: с 18 лет", "4600682000839"),
    ("Пиво: с 18 лет, с 23 до 8 часов не продаётся", "4600682000815"),
    ("Сидр: продажа закрыта весь день", "4600682000822"),
)

_HOSTILE = (
    ("Плохой код: управляющие символы", b"46\x1b[2J\x0706"),
    ("Плохой код: разметка", b"[bold red]4600[/]"),
    ("Плохой код: имя клавиши", b"enter"),
    ("Плохой код: SQL", b"'; DROP TABLE goodsitem; --"),
    ("Плохой код: кириллица", "Йцукен".encode()),
    ("Плохой код: 500 знаков", b"4" * 500),
    ("Плохой код: не UTF-8", bytes([0xFF, 0xFE, 0x80])),
)

_FAULTS = (
    ("Терминал: банк отказывает", "terminal", "declined"),
    ("Терминал: молчит", "terminal", "silent"),
    ("Терминал: списывает деньги и умирает", "terminal", "dead_between"),
    ("Терминал: работает", "terminal", ""),
    ("Принтер: нет бумаги", "printer", "out_of_paper"),
    ("Принтер: выключен", "printer", "off"),
    ("Принтер: умирает посреди чека", "printer", "dies_in_middle"),
    ("Принтер: работает", "printer", ""),
    ("ФР: выключен", "fiscal", "off"),
    ("ФР: умирает до регистрации", "fiscal", "dies_paid"),
    ("ФР: умирает после регистрации", "fiscal", "dead"),
    ("ФР: работает", "fiscal", ""),
    ("Кассовый сервер: не отвечает", "cash_server", "down"),
    ("Кассовый сервер: отвечает через 3 с", "cash_server", "slow"),
    ("Кассовый сервер: теряет ответы", "cash_server", "lost"),
    ("Кассовый сервер: отвечает ошибкой 500", "cash_server", "500"),
    ("Кассовый сервер: отвечает бессмыслицей", "cash_server", "garbage"),
    ("Кассовый сервер: работает", "cash_server", ""),
    ("СКО: нет связи", "stock_server", "down"),
    ("СКО: отвечает через 3 с", "stock_server", "slow"),
    ("СКО: молчит", "stock_server", "hang"),
    ("СКО: теряет ответы", "stock_server", "lost"),
    ("СКО: отказывает", "stock_server", "refuse"),
    ("СКО: отвечает ошибкой с текстом", "stock_server", "error500"),
    ("СКО: работает", "stock_server", ""),
)


def rows(own: str, *, sold: bool = True) -> tuple[Sample | Switch, ...]:
    """Return the rows of the panel.

    Args:
        own: Characters by which this start's marks are its own.
        sold: The till has sold yesterday what the demo has it sell.
    """
    return (
        *(Sample(caption, code.encode()) for caption, code in _GOODS),
        *tobacco.samples(own),
        *marks.samples(own),
        *(past_names.samples() if sold else ()),
        *past_names.others(),
        *(Sample(caption, data) for caption, data in _HOSTILE),
        *(Switch(caption, device, fault) for caption, device, fault in _FAULTS),
    )
