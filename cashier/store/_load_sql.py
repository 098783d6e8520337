"""Statements that carry staged rows into the dictionaries; all names in them come from `Form`."""

from typing import Final

from cashier.store.forms import KI, SPARED, Form


def make_staged(form: Form) -> str:
    """Make the table that holds rows of a form as they come."""
    return f"CREATE TABLE staged.{form.name} (seq INTEGER PRIMARY KEY, {', '.join(form.columns)})"


def add_staged(form: Form) -> str:
    """Add a row with its number."""
    return f"INSERT INTO staged.{form.name} VALUES (?{', ?' * len(form.columns)})"


def sort_staged(form: Form) -> str:
    """Copy the rows in the order of the key; of one key, in the order they came."""
    return f"""CREATE TABLE staged.sorted_{form.name} AS
        SELECT {", ".join(form.columns)} FROM staged.{form.name} ORDER BY {", ".join(form.keys)}, seq"""


def write_batch(form: Form) -> str:
    """Write rows number ?1 < n <= ?2 of the sorted copy; a row that is already so is not touched."""
    return _update_known(form) if form.only_known else _upsert(form)


def _upsert(form: Form) -> str:
    columns, keys = ", ".join(form.columns), ", ".join(form.keys)
    news = {name: f"excluded.{name}" for name in form.sets}
    news |= {name: f"coalesce(nullif(excluded.{name}, ''), {form.table}.{name})" for name in form.keeps}
    setting = ", ".join(f"{name} = {new}" for name, new in news.items())
    changed = " OR ".join(f"{form.table}.{name} IS NOT {new}" for name, new in news.items())
    return f"""INSERT INTO main.{form.table} ({columns}) SELECT {columns} FROM staged.sorted_{form.name}
        WHERE rowid > ?1 AND rowid <= ?2 ON CONFLICT ({keys}) DO UPDATE SET {setting} WHERE {changed}"""


def _update_known(form: Form) -> str:
    setting = ", ".join(f"{name} = s.{name}" for name in form.sets)
    differ = " OR ".join(f"{form.table}.{name} IS NOT s.{name}" for name in form.sets)
    return f"""UPDATE main.{form.table} SET {setting} FROM staged.sorted_{form.name} s
        WHERE s.rowid > ?1 AND s.rowid <= ?2 AND {_same(form.keys, form.table)}
        AND ({differ})"""


def make_gone(table: str, columns: tuple[str, ...]) -> str:
    """Make the table of explicit deletes that name these columns."""
    return f"CREATE TABLE staged.{gone(table, columns)} (seq INTEGER PRIMARY KEY, {', '.join(columns)})"


def add_gone(table: str, columns: tuple[str, ...]) -> str:
    """Add an explicit delete with its number."""
    return f"INSERT INTO staged.{gone(table, columns)} VALUES (?{', ?' * len(columns)})"


def index_gone(table: str, columns: tuple[str, ...]) -> str:
    """Make explicit deletes quick to find."""
    name = gone(table, columns)
    return f"CREATE INDEX staged.of_{name} ON {name} ({', '.join(columns)}, seq)"


def drop_cleared(form: Form) -> str:
    """Drop staged rows before the last clear of their table."""
    return f"DELETE FROM staged.{form.name} WHERE seq < ?"


def drop_deleted(form: Form, columns: tuple[str, ...]) -> str:
    """Drop staged rows that a later delete names."""
    name = gone(form.table, columns)
    return f"""DELETE FROM staged.{form.name} WHERE EXISTS (SELECT 1 FROM staged.{name} s
        WHERE {_same(columns, form.name)} AND s.seq > {form.name}.seq)"""


def make_doomed(table: str, keys: tuple[str, ...]) -> str:
    """Make the table of rows that must go."""
    return f"CREATE TABLE staged.doomed_{table} ({', '.join(keys)})"


def doom_deleted(table: str, keys: tuple[str, ...], columns: tuple[str, ...]) -> str:
    """Doom the rows that explicit deletes name.

    The deletes come first in the join: a table may be large, what is deleted seldom is.
    """
    return f"""INSERT INTO staged.doomed_{table} SELECT {", ".join(f"{table}.{key}" for key in keys)}
        FROM (SELECT DISTINCT {", ".join(columns)} FROM staged.{gone(table, columns)}) s
        CROSS JOIN main.{table} ON {_same(columns, table)}"""


def doom_all(table: str, keys: tuple[str, ...]) -> str:
    """Doom every row of a cleared table."""
    return f"""INSERT INTO staged.doomed_{table} SELECT {", ".join(keys)} FROM main.{table}
        WHERE {SPARED.get(table, "true")}"""


def pardon(form: Form) -> str:
    """Take back the rows that the files name again."""
    return f"""DELETE FROM staged.doomed_{form.table}
        WHERE ({", ".join(form.keys)}) IN (SELECT {", ".join(form.keys)} FROM staged.{form.name})"""


def delete_batch(table: str, keys: tuple[str, ...]) -> str:
    """Delete the doomed rows number ?1 < n <= ?2."""
    names = ", ".join(keys)
    return f"""DELETE FROM main.{table} WHERE ({names}) IN
        (SELECT {names} FROM staged.doomed_{table} WHERE rowid > ?1 AND rowid <= ?2)"""


def size(staged: str) -> str:
    """Count the rows of a staged table that was filled in one go."""
    return f"SELECT coalesce(max(rowid), 0) FROM staged.{staged}"


def gone(table: str, columns: tuple[str, ...]) -> str:
    """Name the table of explicit deletes."""
    return f"gone_{table}_{'_'.join(columns)}"


def _same(columns: tuple[str, ...], table: str) -> str:
    return " AND ".join(_OF_KI.format(table=table) if name == KI else f"s.{name} = {table}.{name}" for name in columns)


# The range is what the key finds quickly; the function, `ki_of` of the core, decides.
_OF_KI: Final = """{table}.excisemarkid >= s.ki AND {table}.excisemarkid < s.ki || char(1114111)
    AND s.ki = ki_of({table}.excisemarkid)"""
