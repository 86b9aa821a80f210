"""The accounts of a QIF file are opened under their names, each of its own kind."""

from decimal import Decimal

from tests.transactions.ledger import OWNER, Ledger

_BLOCK = "!Account\n{listed}^\n!Type:{kind}\nD10/{day}/2026\nT{amount}\nP{payee}\n^\n"


def test_each_account_of_a_qif_file_is_of_its_own_kind(ledger: Ledger) -> None:
    blocks = (
        _BLOCK.format(listed="NEveryday\nTBank\n", kind="Bank", day=15, amount="2000.00", payee="PAY"),
        _BLOCK.format(listed="TCCard\nNPlatinum\n", kind="CCard", day=16, amount="-30.00", payee="SHOP"),
        _BLOCK.format(listed="NPocket\n", kind="Cash", day=17, amount="-5.00", payee="TEA"),
    )
    ledger.take("".join(blocks).encode())
    kinds = {one.name: one.kind for one in ledger.facade.accounts(owner=OWNER).items}
    assert kinds == {"Everyday": "checking", "Platinum": "credit_card", "Pocket": "cash"}


def test_the_only_account_of_a_qif_file_is_opened_under_its_name_and_found_by_it(ledger: Ledger) -> None:
    def block(day: int, payee: str) -> bytes:
        return _BLOCK.format(listed="NTravel pot\nTCash\n", kind="Cash", day=day, amount="-5.00", payee=payee).encode()

    ledger.take(block(15, "TEA"))
    ledger.take(b"Account Number,000401007788\n\nDate,Description,Amount,Balance\n2026-10-17,SHOP,-1.00,9.00\n")
    assert ledger.take(block(20, "AUTO")).status == "done"
    wallet = next(one for one in ledger.facade.accounts(owner=OWNER).items if one.kind == "cash")
    assert (wallet.name, wallet.balance) == ("Travel pot", Decimal("-10.00"))
