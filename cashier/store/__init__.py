"""Databases of the till: dictionaries, documents, journal and outbox; the only room with SQL in it."""
