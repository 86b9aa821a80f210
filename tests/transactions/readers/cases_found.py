"""Layouts in which amounts are easily taken wrongly. Persons and numbers are made up."""
# ruff: noqa: E501 (lines are as long as banks and their headings are)

from tests.transactions.readers.cases_world import Case

CASES = [
    Case(
        "RBC: each currency has an amount column of its own, and both are used",
        """"Account Type","Account Number","Transaction Date","Cheque Number","Description 1","Description 2","CAD$","USD$"
Chequing,01234-1234567,1/28/2026,,"GROCER","TORONTO",-54.32,,
Chequing,01234-1234567,1/20/2026,,"PAYROLL DEPOSIT","ACME",1500.00,,
USD Savings,01234-7654321,1/21/2026,,"INTEREST","",,75.00,
""",
        ["2026-01-28 -54.32 GROCER", "2026-01-20 1500.00 PAYROLL", "2026-01-21 75.00 INTEREST"],
    ),
    Case(
        "Barclaycard: no headings, money in before money out",
        """28 Jan 2026,"Grocery Shop, Leeds",Visa,MR A HOLDER,Groceries,,54.32
20 Jan 2026,"Payment, Thank You",Visa,MR A HOLDER,,"320.11",
""",
        ["2026-01-28 -54.32 Grocery Shop", "2026-01-20 320.11 Payment, Thank You"],
    ),
    Case(
        "Up: the total is in the account's currency, beside the currency paid in",
        """Time,BSB / Account Number,Transaction Type,Payee,Description,Category,Tags,Subtotal (AUD),Currency,Subtotal (Transaction Currency),Round Up (AUD),Total (AUD),Payment Method,Settled Date
2026-01-28T10:00:00+11:00,633-123 123456789,Purchase,Grocer,,Groceries,,-54.32,AUD,-54.32,-0.68,-55.00,Card,2026-01-29
2026-01-20T10:00:00+11:00,633-123 123456789,Direct Credit,ACME,Salary,,,1500.00,AUD,1500.00,0.00,1500.00,,2026-01-20
2026-01-21T10:00:00+11:00,633-123 123456789,International Purchase,Shop,,,,-15.00,USD,-10.00,0.00,-15.00,Card,2026-01-22
""",
        ["2026-01-29 -55.00 Grocer", "2026-01-20 1500.00 ACME", "2026-01-22 -15.00 Shop"],
    ),
    Case(
        "gross, fee and net without a balance: the net is what moved",
        """Date,Description,Gross,Fee,Net
2026-01-02,Sale 1,100.00,-2.50,97.50
2026-01-03,Sale 2,50.00,-1.25,48.75
2026-01-05,Payout,-146.25,0.00,-146.25
""",
        ["2026-01-02 97.50 Sale 1", "2026-01-03 48.75 Sale 2", "2026-01-05 -146.25 Payout"],
    ),
    Case(
        "Cash App: a zone behind the time, minus before the dollar sign, the fee beside the net",
        """Transaction ID,Date,Transaction Type,Currency,Amount,Fee,Net Amount,Asset Type,Asset Price,Asset Amount,Status,Notes,Name of sender/receiver,Account
abc1,2026-01-28 10:00:00 EST,Sent P2P,USD,-$54.00,$0,-$54.00,,,,PAYMENT SENT,dinner,Friend,Your Cash
abc2,2026-01-20 10:00:00 EST,Received P2P,USD,$500.00,$0,$500.00,,,,PAYMENT DEPOSITED,rent,Friend,Your Cash
abc3,2026-01-21 10:00:00 EST,Cash out,USD,-$100.00,-$1.75,-$101.75,,,,TRANSFER SENT,,,Visa 1234
""",
        ["2026-01-28 -54.00", "2026-01-20 500.00", "2026-01-21 -101.75"],
    ),
    Case(
        "Wise: the list of payments, fees taken from the source on top",
        """ID,Status,Direction,"Created on","Finished on","Source fee amount","Source fee currency","Target fee amount","Target fee currency","Source name","Source amount (after fees)","Source currency","Target name","Target amount (after fees)","Target currency","Exchange rate",Reference
TRANSFER-1,COMPLETED,OUT,"2026-01-04 10:00:00","2026-01-04 12:00:00",0.62,EUR,,,"Me Myself",99.00,EUR,"Landlord",99.00,EUR,1.0,RENT
CARD-2,COMPLETED,OUT,"2026-01-05 10:00:00","2026-01-05 12:00:00",0.05,EUR,,,"Me Myself",12.45,EUR,"Shop",13.40,USD,1.0763,
TRANSFER-3,COMPLETED,IN,"2026-01-03 10:00:00","2026-01-03 12:00:00",0.00,EUR,,,"ACME",1099.62,EUR,"Me Myself",1099.62,EUR,1.0,SALARY
TRANSFER-4,CANCELLED,OUT,"2026-01-06 10:00:00","2026-01-06 12:00:00",0.62,EUR,,,"Me Myself",99.00,EUR,"Landlord",99.00,EUR,1.0,RENT
BALANCE-5,COMPLETED,NEUTRAL,"2026-01-07 10:00:00","2026-01-07 12:00:00",0.50,EUR,,,"Me Myself",100.00,EUR,"Me Myself",108.00,USD,1.08,
""",
        [
            "2026-01-04 -99.62 Landlord RENT",
            "2026-01-05 -12.50 Shop",
            "2026-01-03 1099.62 ACME SALARY",
            "2026-01-07 -100.50 Me Myself",
            "2026-01-07 108.00 Me Myself",
        ],
        rejected=["5 reverted"],
    ),
    Case(
        "Actual: a transaction that was split stands above its parts",
        """Account,Date,Payee,Notes,Category,Amount,Split_Amount,Cleared
Checking,2026-01-28,Grocer,,Food,-54.32,0,Cleared
Checking,2026-01-21,Shop,note,,0,-30.00,Cleared
Checking,2026-01-21,Shop,(SPLIT 1 OF 2) a,Food,-10.00,0,Cleared
Checking,2026-01-21,Shop,(SPLIT 2 OF 2) b,Fun,-20.00,0,Cleared
""",
        ["2026-01-28 -54.32 Grocer", "2026-01-21 -30.00 Shop"],
    ),
    Case(
        "GnuCash with the dates of its country, a share bought, and a payment that was voided",
        """"Date","Transaction ID","Number","Description","Notes","Commodity/Currency","Void Reason","Action","Memo","Full Account Name","Account Name","Amount With Sym","Amount Num.","Value With Sym","Value Num.","Reconcile","Reconcile Date","Rate/Price"
"01/28/2026","a1","","Grocer","","CURRENCY::USD","","","","Assets:Checking","Checking","-$54.32","-54.32","-$54.32","-54.32","n","","1.00"
"","","","","","","","","","Expenses:Food","Food","$50.00","50.00","$50.00","50.00","n","","1.00"
"","","","","","","","","","Expenses:Fun","Fun","$4.32","4.32","$4.32","4.32","n","","1.00"
"01/05/2026","a2","","Buy","","CURRENCY::USD","","Buy","","Assets:Broker:AAPL","AAPL","10 AAPL","10","$1,500.00","1,500.00","n","","150.00"
"","","","","","","","","","Assets:Checking","Checking","-$1,500.00","-1,500.00","-$1,500.00","-1,500.00","n","","1.00"
"01/06/2026","a3","","Twice","","CURRENCY::USD","entered twice","","","Assets:Checking","Checking","$0.00","0.00","$0.00","0.00","v","","1.00"
""",
        ["2026-01-28 -54.32 Grocer", "2026-01-05 -1500.00 Buy"],
        rejected=["5 not_money", "7 reverted"],
    ),
    Case(
        "the amount billed stands behind the one paid abroad",
        """Transaction Date,Description,Transaction Currency,Transaction Amount,Billing Currency,Billing Amount
2026-01-02,SHOP,USD,-22.00,EUR,-20.00
2026-01-20,ACME,EUR,1500.00,EUR,1500.00
""",
        ["2026-01-02 -20.00 SHOP", "2026-01-20 1500.00 ACME"],
    ),
    Case(
        "a price, a quantity and the total that moved",
        """Date,Text,Quantity,Price,Total
2026-01-02,Widget,2,-10.00,-20.00
2026-01-20,Salary,1,1500.00,1500.00
""",
        ["2026-01-02 -20.00 Widget", "2026-01-20 1500.00 Salary"],
    ),
    Case(
        "what is pending stands below a line that says so",
        """Date,Text,Amount
Pending transactions
2026-01-25,CAFE,-5.00
Posted transactions
2026-01-02,SHOP,-20.00
2026-01-20,ACME,1500.00
""",
        ["2026-01-25 -5.00 CAFE", "2026-01-02 -20.00 SHOP", "2026-01-20 1500.00 ACME"],
        pending=[3],
    ),
    Case(
        "LCL: no headings, the last line is the balance of the account",
        """28/01/2026;-54,32;Carte;;CB CARREFOUR 27/01/26;;;
20/01/2026;1500,00;Virement;;VIR ACME;;;
31/01/2026;1445,68;;;;30002 00000;;
""",
        ["2026-01-28 -54.32 Carte CB CARREFOUR", "2026-01-20 1500.00 Virement VIR ACME"],
        closing="1445.68",
    ),
    Case(
        "a brokerage dates a dividend as of another day",
        """"Date","Action","Symbol","Description","Quantity","Price","Fees & Comm","Amount"
"01/30/2026","Buy","VTI","VANGUARD TOTAL STOCK","10","$250.00","","-$2,500.00"
"01/29/2026 as of 01/28/2026","Qualified Dividend","VTI","VANGUARD","","","","$12.34"
""",
        ["2026-01-30 -2500.00 Buy VANGUARD TOTAL STOCK", "2026-01-29 12.34 Qualified Dividend VANGUARD"],
    ),
    Case(
        "a Japanese bank: headings and encoding of its country, no decimals",
        """日付,摘要,摘要内容,支払い金額,預かり金額,差引残高,メモ,未資金化区分,入払区分
"2026/1/5","カード","コンビニ","1,200","","98,800","","",""
"2026/1/9","振込","カ)アクメ","","250,000","348,800","","",""
"2026年1月15日","口座振替","デンキ","8,500","","340,300","","",""
""",
        ["2026-01-05 -1200", "2026-01-09 250000", "2026-01-15 -8500"],
        options={"country": "JP", "currency": "JPY"},
        encoding="cp932",
    ),
    Case(
        "a Korean bank: zeros where nothing moved, headings in Hangul",
        """거래일시,적요,보낸분/받는분,출금액,입금액,잔액,거래점
2026.01.05 10:00:00,체크카드,편의점,1200,0,98800,강남
2026.01.09 11:00:00,타행이체,회사,0,250000,348800,
""",
        ["2026-01-05 -1200", "2026-01-09 250000"],
    ),
    Case(
        "a Russian bank: the payment is in the account's currency, the operation in that of the shop",
        """Дата операции;Дата платежа;Номер карты;Статус;Сумма операции;Валюта операции;Сумма платежа;Валюта платежа;Категория;MCC;Описание
05.01.2026 10:00:00;05.01.2026;*1234;OK;-10,00;USD;-900,00;RUB;Супермаркеты;5411;Market
09.01.2026 10:00:00;09.01.2026;*1234;OK;25000,00;RUB;25000,00;RUB;Зарплата;;Зарплата
""",
        ["2026-01-05 -900.00 Market", "2026-01-09 25000.00 Зарплата"],
    ),
    Case(
        "MT940: a reversed debit brings money back, a reversed credit takes it away",
        """:20:STARTUMS
:25:50050000/1234567890
:28C:00000/001
:60F:C260101EUR100,00
:61:2601200120RD50,00N051NONREF
:86:STORNO LASTSCHRIFT
:61:2601280128RC20,00N005NONREF
:86:STORNO GUTSCHRIFT
:62F:C260131EUR130,00
-
""",
        ["2026-01-20 50.00 STORNO LASTSCHRIFT", "2026-01-28 -20.00 STORNO GUTSCHRIFT"],
        opening="100.00",
        closing="130.00",
    ),
    Case(
        "what was billed is an amount",
        """Date,Description,Billed (Rs.)
02/01/2026,AMAZON,250.50
13/01/2026,PAYMENT RECEIVED,-1000.00
""",
        ["2026-01-02 -250.50 AMAZON", "2026-01-13 1000.00 PAYMENT RECEIVED"],
        options={"account_kind": "credit_card"},
    ),
    Case(
        "a Japanese bank: headings over two lines, the lower one says which way",
        """日付,摘要,お取引金額,お取引金額,残高
,,お支払金額,お預り金額,
2026/01/05,カード コンビニ,"1,200",,"98,800"
2026/01/09,振込 アクメ,,"250,000","348,800"
""",
        ["2026-01-05 -1200 カード コンビニ", "2026-01-09 250000 振込 アクメ"],
    ),
    Case(
        "PayPal in German: the net has the fee in it",
        """"Datum","Uhrzeit","Zeitzone","Name","Typ","Status","Währung","Brutto","Gebühr","Netto","Transaktionscode"
"30.01.2026","10:11:12","CET","Spotify","Zahlung","Abgeschlossen","EUR","-9,99","0,00","-9,99","A1"
"29.01.2026","10:11:13","CET","ACME","Allgemeine Zahlung","Abgeschlossen","EUR","1.000,00","-35,35","964,65","A3"
""",
        ["2026-01-30 -9.99", "2026-01-29 964.65"],
    ),
    Case(
        "BoursoBank: every row has what the account holds today, which is no running balance",
        """dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance
2026-01-30;2026-01-30;"CARTE 29/01/26 CARREFOUR CB*1234";"Alimentation";"Vie quotidienne";carrefour;-23,45;;12345678;"BoursoBank";1234.56
2026-01-29;2026-01-29;"VIR ACME";"Salaire";"Revenus";acme;"1 000,00";;12345678;"BoursoBank";1234.56
""",
        ["2026-01-30 -23.45", "2026-01-29 1000.00"],
    ),
    Case(
        "amounts without a sign at a broker: what was bought was paid, what was deposited came in",
        """ID,Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Price at Transaction,Subtotal,Total (inclusive of fees and/or spread),Fees and/or Spread,Notes
1,2026-01-05 10:11:12 UTC,Buy,BTC,0.001,USD,$50000,$50,$51.00,$1.00,Bought 0.001 BTC
2,2026-01-06 10:11:12 UTC,Deposit,USD,100,USD,$1,$100,$100,$0,Deposit from bank
""",
        ["2026-01-05 -51.00 Bought 0.001 BTC", "2026-01-06 100 Deposit from bank"],
    ),
    Case(
        "a Russian bank in the code page of its country",
        """"Дата операции";"Дата платежа";"Статус";"Сумма операции";"Валюта операции";"Сумма платежа";"Валюта платежа";"MCC";"Описание"
"05.01.2026 10:11:12";"05.01.2026";"OK";"-10,50";"RUB";"-10,50";"RUB";"5411";"Магазин"
"29.01.2026 10:11:12";"29.01.2026";"OK";"500,00";"RUB";"500,00";"RUB";"";"Перевод"
""",
        ["2026-01-05 -10.50 Магазин", "2026-01-29 500.00 Перевод"],
        encoding="cp1251",
    ),
]
