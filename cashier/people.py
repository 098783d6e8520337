"""Changes of people, made in a thread: a password takes 30 ms to be hashed."""

import asyncio
import logging
from contextlib import closing
from pathlib import Path

from cashier.core.catalogue import Person
from cashier.core.effects import SavePerson
from cashier.core.events import PersonSaved
from cashier.store.connect import StoreError, open_for_writing, plain_words
from cashier.store.passwords import hash_password
from cashier.store.staff import save_person

log = logging.getLogger("cashier")


class People:
    """Keeps who works on the till; what goes wrong is one line in the log, never a password."""

    def __init__(self, path: Path) -> None:
        """Take the file of the dictionaries."""
        self._path = path

    async def save(self, order: SavePerson) -> PersonSaved:
        """Write a person down; it is durable, or nothing was changed."""
        return PersonSaved(await asyncio.to_thread(self._saved, order))

    def _saved(self, order: SavePerson) -> bool:
        person = Person(order.code, order.name, order.role)
        password_hash = hash_password(order.password) if order.password else ""
        try:
            with closing(open_for_writing(self._path)) as conn, plain_words(self._path):
                done = save_person(conn, person, password_hash, locked=order.locked)
        except StoreError as error:
            log.error("%r: %s", order, error)  # noqa: TRY400 - the same
            return False
        if not done:
            log.error("%r: nobody has this code any more", order)
        return done
