"""The gate of returns: this till's own balance, the cash server's word, its silence, crashes, what is let go (R6)."""

import json
from typing import Any

import pytest

from cashier.core import facts as f
from cashier.core import modes as m
from cashier.gates.returns import OFFLINE, Answer, Left
from tests.core.goods import BREAD, MILK
from tests.gates.marked import Shop, gate
from tests.gates.returned import THREE, ReturnShop, returns, sale, sold

CLAIMED = '{"result":"CLAIMED"}'
FOREIGN = sale(sold(1, BREAD), sold(2, MILK), own=False, till="2")


def shop(own: Any = THREE, **rules: Any) -> ReturnShop:
    """Start with the form, where a cash server is asked."""
    return ReturnShop.having(own, gate(), returns(asks=True, shop=77, till=3, **rules))


def refused(left: float) -> str:
    """Word the refusal of a server."""
    return json.dumps({"result": "REFUSED", "lines": [{"position": 1, "left": left}]})


def messages(own: Shop) -> list[tuple[str, str]]:
    """Return kind and key of each message to the server of returns, each once."""
    facts = [fact for fact in own.facts if isinstance(fact, f.MessageQueued)]
    return list(dict.fromkeys((fact.kind, json.loads(fact.body)["key"]) for fact in facts))


class TestClaim:
    def test_before_the_line_is_committed(self) -> None:
        """Given a cash server, when a position comes back, then it is claimed under an intent before its line is in."""
        own = shop().press("space", "plus")
        assert own.wrote == ["ReceiptOpened", "IntentMade"]
        body = json.loads(own.requests[-1].body)
        assert body["operation"] == "claim"
        assert (body["receipt"], body["return"]) == (THREE.identifier, own.receipt.identifier)
        assert (body["shopcode"], body["cashcode"]) == (77, 3)
        assert body["lines"] == [{"position": 1, "quantity": 3.0, "sold": 3.0, "amount": 136.5}]

    def test_granted(self) -> None:
        """Given the server's grant, then the line is in, and its claim with it."""
        own = shop().press("space", "plus").reply(CLAIMED)
        assert own.back == [(1, 3000, 13650)]
        assert own.till.mode == m.Selling()

    def test_one_after_the_other(self) -> None:
        """Given two ticks, then the second is claimed when the first is in."""
        own = shop().press("space", "2", "plus").reply(CLAIMED)
        assert isinstance(own.till.mode, m.Passing)
        assert len(own.requests) == 2
        assert [origin for origin, _, _ in own.reply(CLAIMED).back] == [1, 2]

    def test_another_till_was_faster(self) -> None:
        """Given two loaves returned elsewhere, when three are claimed, then it is refused: one is left."""
        own = shop().press("space", "plus").reply(refused(1.0))
        mode = own.till.mode
        assert isinstance(mode, m.Popup)
        assert mode.reason.key == "return_exceeds"
        assert mode.advice.key == "return_left_advice"
        assert own.settled == {own.requests[0].body: "refused"}

    @pytest.mark.parametrize(("left", "advice"), [(1e308, "return_left_advice"), (-5, "return_nothing_left_advice")])
    def test_strange_refusal(self, left: float, advice: str) -> None:
        """Given a server that says something mad is left, then it is a refusal all the same."""
        mode = shop().press("space", "plus").reply(refused(left)).till.mode
        assert isinstance(mode, m.Popup)
        assert mode.advice.key == advice

    def test_refusal_of_one_does_not_stop_the_others(self) -> None:
        """Given two ticks, when the first is refused, then after Enter the second goes on."""
        own = shop().press("space", "2", "plus").reply(refused(0)).press("enter").reply(CLAIMED)
        assert [origin for origin, _, _ in own.back] == [2]
        assert own.till.mode == m.Selling()

    def test_all_refused_leaves_the_form(self) -> None:
        """Given one tick that is refused, then the form stands again, and no line is in."""
        own = shop().press("space", "plus").reply(refused(0)).press("enter")
        assert own.receipt.live == ()

    def test_claim_that_was_buried(self) -> None:
        """Given a server that has heard of the release first, then the line is refused."""
        assert shop().press("space", "plus").reply('{"result":"RELEASED"}').problem == "return_exceeds"


class TestSilence:
    @pytest.mark.parametrize("reason", ["late", "failed"])
    def test_own_sale_goes_on(self, reason: str) -> None:
        """Given a sale of this till, when the server is silent, then its own documents decide, the claim follows."""
        own = shop().press("space", "plus").no_reply(reason)
        assert own.back == [(1, 3000, 13650)]
        ((kind, key),) = messages(own)
        assert (kind, key) == ("returnClaimed", json.loads(own.requests[0].body)["key"])
        assert dict(own.receipt.live[0].properties) == {}

    def test_asked_once(self) -> None:
        """Given two ticks of a sale of this till, when the server is silent to one, then the other is not held up.

        Its claim follows as well, and a storno lets it go under its own key.
        """
        own = shop().press("space", "2", "plus").no_reply()
        assert [origin for origin, _, _ in own.back] == [1, 2]
        assert len(own.requests) == 1
        claimed = messages(own)
        assert [kind for kind, _ in claimed] == ["returnClaimed"] * 2
        assert messages(own.press("delete"))[2:] == [("returnReleased", claimed[1][1])]

    def test_esc_ends_the_whole_queue(self) -> None:
        """Given two ticks and a slow server, when Esc is pressed, then the form stands, and nobody is asked further."""
        own = shop().press("space", "2", "plus", "escape")
        assert isinstance(own.till.mode, m.Returning)
        assert own.picked == {1: 3000, 2: 1000}
        assert len(own.requests) == 1

    def test_unreadable_answer_is_no_answer(self) -> None:
        """Given an answer that makes no sense, then it is as if there was none."""
        assert shop().press("space", "plus").reply("yes").back == [(1, 3000, 13650)]

    def test_sale_of_another_till_is_refused(self) -> None:
        """Given a sale of another till, when the server is silent, then nothing comes back, and the claim is undone."""
        own = shop(FOREIGN).press("space", "plus").no_reply()
        assert own.problem == "return_server_silent"
        ((kind, _),) = messages(own)
        assert kind == "returnReleased"
        assert own.receipt.live == ()

    def test_nobody_waits_for_the_next_ones(self) -> None:
        """Given ticks of another till's sale, when the server is silent to one, then the form stands as it was."""
        own = shop(FOREIGN).press("space", "2", "plus").no_reply().press("enter")
        assert isinstance(own.till.mode, m.Returning)
        assert own.picked == {1: 1000, 2: 1000}
        assert len(own.requests) == 1
        assert own.press("f12").no_reply().press("enter").form.left_out == ()

    def test_setting_lets_it_and_flags_it(self) -> None:
        """Given `offlineReturns`, when the server is silent, then it comes back, and its line says so (exports)."""
        own = shop(FOREIGN, offline=True).press("space", "plus").no_reply()
        assert [line.properties for line in own.receipt.live] == [(OFFLINE,)]
        ((kind, _),) = messages(own)
        assert kind == "returnClaimed"

    def test_given_up_by_the_cashier(self) -> None:
        """Given a slow server, when Esc is pressed, then the line is not in, and whatever was claimed is released."""
        own = shop().press("space", "plus", "escape")
        assert own.receipt.live == ()
        assert [kind for kind, _ in messages(own)] == ["returnReleased"]


class TestLettingGo:
    def test_storno(self) -> None:
        """Given a claimed line, when it is storno'd, then the claim is released under its key."""
        own = shop().press("space", "plus").reply(CLAIMED).press("delete")
        assert messages(own) == [("returnReleased", json.loads(own.requests[0].body)["key"])]

    def test_whole_return_given_up(self) -> None:
        """Given two claimed lines, when the return is cancelled, then both claims are released."""
        own = shop().press("space", "2", "plus").reply(CLAIMED).reply(CLAIMED).press("f4", "enter")
        assert [kind for kind, _ in messages(own)] == ["returnReleased"] * 2

    def test_closing_keeps_the_claims(self) -> None:
        """Given a return that is paid back, then no message undoes its claims: the document says that it is done."""
        own = shop().press("space", "plus").reply(CLAIMED).paying().press("enter")
        assert messages(own) == []


class TestHolds:
    def test_once_more(self) -> None:
        """Given a line that went out again, when it is claimed anew, then the claim says that the first holds nothing.

        The release may not have come by then: without the word of the second, the till would be in its own way.
        """
        own = shop().press("space", "plus").reply(CLAIMED).press("delete", "f9", "space", "plus")
        first, second = (json.loads(request.body) for request in own.requests)
        assert second["holds"] == []
        assert first["time"] < second["time"]

    def test_one_sale_is_told_in_order(self) -> None:
        """Given messages of one sale, then they have one key, and go one after the other."""
        own = shop().press("space", "2", "plus").reply(CLAIMED).reply(CLAIMED).press("f4", "enter")
        keys = {fact.key for fact in own.facts if isinstance(fact, f.MessageQueued)}
        assert keys == {THREE.identifier}


class TestCrash:
    def test_between_request_and_answer(self) -> None:
        """Given a cut while the server is asked, when the till is back, then the claim is released, no line is in."""
        own = shop().press("space", "plus")
        again = own.restarted()
        assert again.till.ledger.intents == ()
        assert messages(again) == [("returnReleased", json.loads(own.requests[0].body)["key"])]
        assert again.sign_in().receipt.live == ()

    def test_before_the_request(self) -> None:
        """Given a cut after the receipt was opened, then it stands empty, and can be given up or gone on with."""
        again = shop().press("space", "plus").restarted().sign_in()
        assert again.receipt.sale == THREE
        assert again.receipt.live == ()


class TestOwnBalance:
    def test_without_a_server(self) -> None:
        """Given no server, then a line is in at once, and nobody is asked."""
        own = ReturnShop.having(THREE).press("space", "plus")
        assert own.requests == []
        assert own.back == [(1, 3000, 13650)]

    def test_answer_has_its_form(self) -> None:
        """The words of the protocol: a refusal says what is left of each position."""
        assert Answer("REFUSED", (Left(1, 0.5),)).lines[0].left == 0.5
