"""What the cashier reads of each status, word for word: the seed's table of sales, ours of returns (M12, M12r)."""

SOLD = "Товар с такой акцизной маркой уже был продан"
RESERVED = "Товар с такой акцизной маркой уже был зарезервирован"
UNKNOWN = "Неизвестный статус акцизной марки на сервере"
SEED = {
    "NOT_REGISTERED": "",
    "SOLD": SOLD,
    "RETURNED": "",
    "RESERVED_SALE": RESERVED,
    "UNRESERVED_SALE": "",
    "RESERVED_RETURN": RESERVED,
    "UNRESERVED_RETURN": SOLD,
    "NOT_IN_WHITELIST": "Товар с такой акцизной маркой запрещен к продаже",
    "WHITELIST_NO_BARCODE": "Товар с такой акцизной маркой запрещен к продаже."
    " Не заполнен штрих-код для проверки в белом списке",
    "WHITELIST_MISMATCH": "Товар с такой акцизной маркой запрещен к продаже."
    " Не найдено соответствие акцизной марки и штрих-кода в белом списке",
    "UNKNOWN": UNKNOWN,
}
"""What the cashier reads, as the seed has it; nothing where the mark may be sold."""
RETURNS = {
    **SEED,
    "SOLD": "",
    "UNRESERVED_RETURN": "",
    "RETURNED": "Товар с такой акцизной маркой уже был возвращен",
    "RESERVED_SALE": RESERVED,
    "RESERVED_RETURN": RESERVED,
    "UNRESERVED_SALE": "Товар с такой акцизной маркой не был продан",
    "no status": UNKNOWN,
}
"""The same for a pack that comes back."""


def certain(status: str, words: dict[str, str]) -> bool:
    """Tell whether an answer to a reserve says for certain that nothing is held: the table has words against it."""
    return words.get(status, UNKNOWN) not in {"", UNKNOWN}
