"""Exports of brokers and registrars as they write them: heads, sections, notes, signs and dates."""

from datetime import date

import pytest

from finapp.assets.domain.holdings_file import read_file
from finapp.assets.public import FileKind
from finapp.kernel.errors import Invalid
from tests.assets.support import D

Trade = tuple[str, str, str, str, str, str, str | None]
"""Asset, date, side, quantity, amount or price times quantity, fees, currency."""

LAYOUTS: dict[str, tuple[str, list[Trade]]] = {
    "zerodha": (
        (
            "symbol,isin,trade_date,exchange,segment,series,trade_type,auction,quantity,price,trade_id,order_id,"
            "order_execution_time\n"
            "INFY,INE009A01021,2024-04-12,NSE,EQ,EQ,buy,false,10.0,1480.5,1,2,2024-04-12T09:30:00\n"
        ),
        [("INFY", "2024-04-12", "buy", "10", "14805.00", "0", None)],
    ),
    "groww": (
        (
            "Name,Asha\nUnique Client Code,1\n\nOrder history\n\n"
            "Stock name,Symbol,ISIN,Type,Quantity,Value,Exchange,Exchange Order Id,"
            "Execution date and time,Order status\n"
            "INFOSYS LTD,INFY,INE009A01021,SELL,4,6001.00,NSE,1,12-06-2024 10:30 AM,Executed\n"
            "INFOSYS LTD,INFY,INE009A01021,BUY,5,7001.00,NSE,2,13-06-2024 10:30 AM,Cancelled\n"
        ),
        [("INFY", "2024-06-12", "sell", "4", "6001.00", "0", None)],
    ),
    "cams": (
        (
            "MF_NAME,FOLIO_NUMBER,SCHEME_NAME,Type,TRADE_DATE,TRANSACTION_TYPE,AMOUNT,UNITS,PRICE\n"
            "HDFC,1,Flexi Cap,EQUITY,15-APR-2024,Systematic Investment (1/12),9999.5,6.012,1663.2568\n"
            "HDFC,1,Flexi Cap,EQUITY,15-JUN-2024,Redemption,-1530,-0.9,1700\n"
        ),
        [
            ("Flexi Cap", "2024-04-15", "buy", "6.012", "9999.50", "0", None),
            ("Flexi Cap", "2024-06-15", "sell", "0.9", "1530.00", "0", None),
        ],
    ),
    "vanguard": (
        (
            "Account Number,Trade Date,Settlement Date,Transaction Type,Transaction Description,Investment Name,Symbol,"
            "Shares,Share Price,Principal Amount,Commissions and Fees,Net Amount,Accrued Interest,Account Type,\n"
            "1,2024-03-28,2024-03-28,Reinvestment,Dividend Reinvestment,TOTAL STOCK,VTI,0.035,"
            "260.28,-9.11,0.0,-9.11,0,C,\n"
            "1,2024-06-05,2024-06-07,Sell,Sell,TOTAL STOCK,VTI,-4.0,260.00,1040.00,1.5,1038.50,0,C,\n"
        ),
        [
            ("VTI", "2024-03-28", "buy", "0.035", "9.11", "0", None),
            ("VTI", "2024-06-05", "sell", "4", "1040.00", "1.5", None),
        ],
    ),
    "fidelity": (
        (
            "\n\nRun Date,Action,Symbol,Description,Type,Quantity,Price ($),Commission ($),Fees ($),Amount ($)\n"
            "01/05/2024, YOU BOUGHT VANGUARD INDEX (VTI) (Cash),VTI, VANGUARD,Cash,10,236.5,,0.03,-2365.03\n"
            '\n"The data and information in this spreadsheet is provided to you solely for your use"\n'
        ),
        [("VTI", "2024-01-05", "buy", "10", "2365.00", "0.03", None)],
    ),
    "schwab": (
        (
            '"Date","Action","Symbol","Description","Quantity","Price","Fees & Comm","Amount"\n'
            '"06/05/2024 as of 06/04/2024","Sell","VTI","TOTAL","4","$260.00","$0.03","$1039.97"\n'
        ),
        [("VTI", "2024-06-05", "sell", "4", "1040.00", "0.03", None)],
    ),
    "trading 212, quoted in pence": (
        (
            "Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Exchange rate,Total,"
            "Currency (Total),ID\n"
            "Market buy,2024-01-05 14:30:11.5,GB00B10RZP78,ULVR,Unilever,2.5,4000.00,GBX,100,100.00,GBP,E1\n"
        ),
        [("ULVR", "2024-01-05", "buy", "2.5", "100.00", "0", "GBP")],
    ),
    "degiro": (
        (
            "Datum,Tijd,Product,ISIN,Beurs,Uitvoeringsplaats,Aantal,Koers,,Lokale waarde,,Waarde,,Wisselkoers,"
            "Transactiekosten en/of,,Totaal,,Order ID\n"
            '05-01-2024,15:30,FTSE AW,IE00B3RBWM25,EAM,XAMS,10,"100,5025",EUR,"-1005,03",EUR,"-1005,'
            '03",EUR,,"-1,00",EUR,'
            '"-1006,03",EUR,a\n'
        ),
        [("FTSE AW", "2024-01-05", "buy", "10", "1005.025", "1.00", "EUR")],
    ),
    "interactive brokers": (
        (
            "Statement,Header,Field Name,Field Value\nStatement,Data,Title,Activity Statement\n"
            "Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,"
            "T. Price,Proceeds,Comm/Fee\n"
            'Trades,Data,Order,Stocks,USD,VTI,"2024-06-05, 10:30:00",-4,260,1040,-1.02\n'
            'Trades,Data,ClosedLot,Stocks,USD,VTI,"2024-01-05, 10:30:00",4,236.5,,\n'
            'Trades,Data,Order,Forex,USD,EUR.USD,"2024-06-05, 10:31:00",100,1.08,-108,-2\n'
            "Trades,Total,,Stocks,USD,,,,,1040,-1.02\nDividends,Header,Currency,Date,Description,Amount\n"
            "Dividends,Data,USD,2024-03-28,VTI Cash Dividend,9.11\n"
        ),
        [("VTI", "2024-06-05", "sell", "4", "1040", "1.02", "USD")],
    ),
    "a flex query": (
        (
            '"ClientAccountID","CurrencyPrimary","AssetClass","Symbol","TradeDate","Quantity",'
            '"TradePrice","IBCommission",'
            '"Buy/Sell"\n"U1","USD","STK","VTI","20240105","10","236.5","-1","BUY"\n'
        ),
        [("VTI", "2024-01-05", "buy", "10", "2365", "1", "USD")],
    ),
    "a contract note": (
        (
            "Order No.,Security / Contract Description,Buy(B) / Sell(S),Quantity,"
            "Gross Rate / Trade Price Per Unit (Rs.),"
            "Brokerage per Unit (Rs.),Net Rate per Unit (Rs.),Net Total (Before Levies) (Rs.),Trade Date\n"
            "1,INFOSYS LTD,B,10,1480.50,0.5,1481.00,14810.00,12/04/2024\n"
        ),
        [("INFOSYS LTD", "2024-04-12", "buy", "10", "14805.00", "5", None)],
    ),
}


@pytest.mark.parametrize("broker", LAYOUTS)
def test_a_brokers_export_is_read(broker: str) -> None:
    text, trades = LAYOUTS[broker]
    rows = read_file(text, "holdings").rows
    assert [(row.asset, row.date.isoformat(), row.side, row.quantity, row.fees, row.currency) for row in rows] == [
        (asset, on, side, D(quantity), D(fees), currency) for asset, on, side, quantity, _, fees, currency in trades
    ]
    for row, (*_, paid, _, _) in zip(rows, trades, strict=True):
        product = (row.price or D(0)) * (row.quantity or D(0))
        assert (product if row.amount is None else row.amount) == D(paid)


@pytest.mark.parametrize(
    ("broker", "reason"),
    [
        ("groww", "status: 'Cancelled': the order was not executed"),
        ("interactive brokers", "asset: 'forex' is nothing that is held in lots"),
        ("interactive brokers", "side: repeats a part of an order that has its own row"),
    ],
)
def test_rows_that_are_no_trades_say_why(broker: str, reason: str) -> None:
    assert reason in read_file(LAYOUTS[broker][0], "holdings").rejected.values()


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("Instrument,Qty.,Avg. cost,LTP\nINFY,10,1480.50,1520.10\n", "holdings", "without a column for date"),
        ("Date,Open,High,Low,Close\n2024-04-12,1,2,1,1480.5\n", "prices", "without a column for asset"),
        ("1,2,3\n", "prices", "no row names the columns"),
    ],
)
def test_a_table_that_lacks_something_says_what(text: str, kind: FileKind, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_file(text, kind)
    assert said in refused.value.message


def test_the_official_price_lists_are_read() -> None:
    amfi = (
        "Scheme Code;ISIN Div Payout/ ISIN Growth;ISIN Div Reinvestment;Scheme Name;Net Asset Value;Date\n\n"
        "Open Ended Schemes(Equity Scheme - Flexi Cap Fund)\n\nHDFC Mutual Fund\n\n"
        "118955;INF179K01UT0;-;HDFC Flexi Cap Fund;1663.2568;15-Apr-2024\n"
    )
    [row] = read_file(amfi, "prices").rows
    assert (row.asset, row.date, row.price) == ("HDFC Flexi Cap Fund", date(2024, 4, 15), D("1663.2568"))


@pytest.mark.parametrize(
    ("written", "quantity"),
    [
        ("0,035", "0.035"),
        ("1.234,5", "1234.5"),
        ("1,23,456.78", "123456.78"),
        ("12,3456", "12.3456"),
        ("1,234", "1234"),
    ],
)
def test_numbers_are_read_by_the_files_own_commas(written: str, quantity: str) -> None:
    [row] = read_file(f"symbol;date;qty;price\nX;2024-04-12;{written};10\n", "holdings").rows
    assert row.quantity == D(quantity)
