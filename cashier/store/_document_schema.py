"""Form of documents.db: the journal, its tables by the names of domain/artix.md 5.3, and rules for every program.

Amounts are roubles in DECIMAL columns, quantities units. What the tables say is a projection of the journal. The rules
hold for each INSERT, UPDATE and DELETE, with any conflict clause; whoever drops a rule or writes past SQLite is not
stopped, but found by `cashier check`.
"""

from typing import Final

from cashier.store._day_schema import DAY
from cashier.store._mark_schema import MARKS
from cashier.store._order_schema import ORDERS
from cashier.store._outbox_schema import NUMBERING, OUTBOX
from cashier.store._past_schema import PAST
from cashier.store._return_schema import RETURNS
from cashier.store._sale_schema import SALE
from cashier.store.migrations import MigrationSet

DOCUMENTS: Final = MigrationSet("documents", (SALE, DAY, MARKS, OUTBOX, NUMBERING, PAST, ORDERS, RETURNS))
