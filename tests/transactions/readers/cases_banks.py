"""More banks' layouts as they are printed, each with an odd feature of the real export. Persons and numbers are made up."""
# ruff: noqa: E501 (lines are as long as banks and their headings are)

from tests.transactions.readers.cases_world import Case

CASES = [
    Case(
        "IDFC FIRST: a block of particulars first, both dates named by month, a total below",
        """Customer Name,ACCOUNT HOLDER,,,,,
Account Number,10012345678,,,,,
Statement Period,01-Jan-2026 To 31-Jan-2026,,,,,
,,,,,,
Transaction Date,Value Date,Particulars,Cheque No.,Debit,Credit,Balance
02-Jan-2026,02-Jan-2026,UPI/DR/600212345678/GREEN GROCER/YESB,,"1,249.25",,"48,750.75"
05-Jan-2026,05-Jan-2026,NEFT/N005260012345/ACME LTD,,,"65,000.00","1,13,750.75"
Total number of Debits,1,,,,,
Total number of Credits,1,,,,,
""",
        ["2026-01-02 -1249.25 UPI/DR/600212345678/GREEN GROCER", "2026-01-05 65000.00 NEFT/N005260012345/ACME LTD"],
    ),
    Case(
        "IndusInd: newest first, dashes for blank sides",
        """Date,Type,Description,Debit,Credit,Balance
12 Jan 2026,Transfer,UPI/601212345678/DR/CAFE,180.00,-,9820.00
09 Jan 2026,Cash,CASH DEPOSIT BRANCH,-,5000.00,10000.00
03 Jan 2026,Interest,INT.PD:01-10-2025 TO 31-12-2025,-,12.00,5000.00
""",
        [
            "2026-01-12 -180.00 UPI/601212345678/DR/CAFE",
            "2026-01-09 5000.00 CASH DEPOSIT BRANCH",
            "2026-01-03 12.00 INT.PD",
        ],
    ),
    Case(
        "Bank of Baroda: serial numbers, balances marked Cr, short years",
        """S.No,Transaction Date,Value Date,Narration,Cheque No,Withdrawal,Deposit,Balance
1,02/01/26,02/01/26,IMPS/P2A/600212345678/RENT,,"15,000.00",,"35,000.00Cr"
2,15/01/26,15/01/26,BY SALARY JAN,,,"40,000.00","75,000.00Cr"
3,17/01/26,17/01/26,CHQ PAID-MICR CLG,000123,"5,500.50",,"69,499.50Cr"
""",
        ["2026-01-02 -15000.00 IMPS/P2A", "2026-01-15 40000.00 BY SALARY JAN", "2026-01-17 -5500.50 CHQ PAID-MICR CLG"],
    ),
    Case(
        "Union Bank of India: the time in the date, the mark beside amount and balance",
        """Tran Id-1,Date,Remarks,Amount(Rs.),Balance(Rs.)
S12345678,05/01/2026 11:22:33,UPIAR/600512345678/DR/GROCER/,450.00 (Dr),12550.00 (Cr)
S12345679,07/01/2026 09:00:01,NEFT:ACME LTD,20000.00 (Cr),32550.00 (Cr)
S12345680,21/01/2026 18:40:10,ATM WDL 1234,2000.00 (Dr),30550.00 (Cr)
""",
        ["2026-01-05 -450.00 UPIAR/600512345678", "2026-01-07 20000.00 NEFT:ACME LTD", "2026-01-21 -2000.00 ATM WDL"],
    ),
    Case(
        "Federal Bank: DR and CR in a column, an opening balance row, a grand total",
        """Date,Value Date,Particulars,Tran Type,Cheque Details,Withdrawals,Deposits,Balance,DR/CR
,,Opening Balance,,,,,1000.00,CR
03-JAN-2026,03-JAN-2026,UPI OUT/600312345678/CAFE,TFR,,250.00,,750.00,CR
08-JAN-2026,08-JAN-2026,FT IMPS/ACME,TFR,,,9000.00,9750.00,CR
GRAND TOTAL,,,,,250.00,9000.00,,
""",
        ["2026-01-03 -250.00 UPI OUT/600312345678/CAFE", "2026-01-08 9000.00 FT IMPS/ACME"],
        opening="1000.00",
    ),
    Case(
        "AU Small Finance Bank: amounts with INR in front",
        """Transaction Date,Value Date,Description/Narration,Chq./Ref. No.,Debit (Dr.),Credit (Cr.),Balance
19-01-2026,19-01-2026,UPI/DR/601912345678/PHARMACY,AUSF1,INR 310.00,,INR "4,690.00"
23-01-2026,23-01-2026,UPI/CR/602312345678/FRIEND,AUSF2,,INR 500.00,INR "5,190.00"
""".replace('INR "4,690.00"', '"INR 4,690.00"').replace('INR "5,190.00"', '"INR 5,190.00"'),
        ["2026-01-19 -310.00 UPI/DR/601912345678/PHARMACY", "2026-01-23 500.00 UPI/CR/602312345678/FRIEND"],
    ),
    Case(
        "Charles Schwab checking: newest first, dollar signs, a line about the account first",
        """"Transactions  for Checking account ...1234 as of 01/31/2026"
"Date","Status","Type","CheckNumber","Description","Withdrawal","Deposit","RunningBalance"
"01/30/2026","Posted","INTADJUST","","Interest Paid","","$0.37","$2,045.68"
"01/28/2026","Posted","ATM","","7-ELEVEN AUSTIN TX","$54.69","","$2,045.31"
"01/15/2026","Posted","ACH","","ACME INC PAYROLL","","$1,100.00","$2,100.00"
""",
        [
            "2026-01-30 0.37 Interest Paid",
            "2026-01-28 -54.69 7-ELEVEN AUSTIN TX",
            "2026-01-15 1100.00 ACME INC PAYROLL",
        ],
    ),
    Case(
        "Ally: blanks before headings, a time of its own, negative withdrawals",
        """Date, Time, Amount, Type, Description
2026-01-30, 21:03:10, -54.32, Withdrawal, GREEN GROCER
2026-01-15, 04:12:55, 2100.00, Deposit, ACME INC PAYROLL
""",
        ["2026-01-30 -54.32 GREEN GROCER", "2026-01-15 2100.00 ACME INC PAYROLL"],
    ),
    Case(
        "US Bank: CREDIT and DEBIT as a word beside a signed amount, memos with semicolons",
        """"Date","Transaction","Name","Memo","Amount"
"2026-01-02","CREDIT","ELECTRONIC DEPOSIT ACME","ELECTRONIC DEPOSIT ACME; ; ; ; ;","2500.00"
"2026-01-14","DEBIT","DEBIT PURCHASE GREEN GROCER","24000006014; 05411; ; ; ;","-54.32"
""",
        ["2026-01-02 2500.00 ELECTRONIC DEPOSIT ACME", "2026-01-14 -54.32 DEBIT PURCHASE GREEN GROCER"],
    ),
    Case(
        "PNC: plus and minus with a blank before the dollar sign",
        """Transaction Date,Transaction Description,Amount,Category,Balance
01/21/2026,GREEN GROCER AUSTIN,- $54.32,Groceries,"$1,945.68"
01/15/2026,ACME INC DIRECT DEPOSIT,+ $500.00,Paychecks,"$2,000.00"
""",
        ["2026-01-21 -54.32 GREEN GROCER AUSTIN", "2026-01-15 500.00 ACME INC DIRECT DEPOSIT"],
    ),
    Case(
        "TD Bank US: routing and account number in every row",
        """Date,Bank RTN,Account Number,Transaction Type,Description,Debit,Credit,Check Number,Account Running Balance
2026-01-14,111000025,1234567890,DEBIT,"DEBIT POS, GREEN GROCER",54.32,,,945.68
2026-01-12,111000025,1234567890,CREDIT,"ACH DEPOSIT, ACME",,1000.00,,1000.00
""",
        ["2026-01-14 -54.32 DEBIT POS, GREEN GROCER", "2026-01-12 1000.00 ACH DEPOSIT, ACME"],
    ),
    Case(
        "USAA: a description as printed and one made tidy, pending rows",
        """Date,Description,Original Description,Category,Amount,Status
2026-01-30,Green Grocer,GREEN GROCER #12 AUSTIN TX,Groceries,-54.32,Pending
2026-01-28,Fuel,FUEL STOP 0042,Gas,-40.00,Posted
2026-01-15,Acme,ACME INC PAYROLL 0115,Paycheck,1500.00,Posted
""",
        ["2026-01-30 -54.32 G", "2026-01-28 -40.00 F", "2026-01-15 1500.00 A"],
        pending=[2],
    ),
    Case(
        "Scotiabank: no sign column but a type, two descriptions",
        """Filter,Date,Description,Sub-description,Status,Type of Transaction,Amount,Balance
,2026-01-28,POS PURCHASE,GREEN GROCER TORONTO,Posted,Debit,-54.32,945.68
,2026-01-15,PAYROLL DEP.,ACME INC,Posted,Credit,1000.00,1000.00
""",
        ["2026-01-28 -54.32 POS PURCHASE GREEN GROCER TORONTO", "2026-01-15 1000.00 PAYROLL DEP. ACME INC"],
    ),
    Case(
        "CIBC: no headings, money out before money in",
        """2026-01-28,"GREEN GROCER TORONTO, ON",54.32,
2026-01-20,"PAYMENT THANK YOU/PAIEMENT MERCI",,320.11
2026-01-14,"TTC FARE TORONTO, ON",3.35,
""",
        [
            "2026-01-28 -54.32 GREEN GROCER TORONTO, ON",
            "2026-01-20 320.11 PAYMENT THANK YOU",
            "2026-01-14 -3.35 TTC FARE",
        ],
    ),
    Case(
        "FNB South Africa: lines about the account, slashes in ISO dates",
        """ACCOUNT TRANSACTION HISTORY
,
Name:,ACCOUNT HOLDER,
Account:,62012345678,[Gold]
Balance:,945.68,945.68
,
Date,Amount,Balance,Description
2026/01/28,-54.32,945.68,POS Purchase Green Grocer
2026/01/15,1000.00,1000.00,Salary Acme
""",
        ["2026-01-28 -54.32 POS Purchase Green Grocer", "2026-01-15 1000.00 Salary Acme"],
    ),
    Case(
        "Capitec: fees in a column of their own that come on top",
        """Nr,Account,Posting Date,Transaction Date,Description,Original Description,Parent Category,Category,Money In,Money Out,Fee,Balance
1,1234567890,2026-01-15,2026-01-15,Acme Salary,ACME SALARY,Income,Salary,1000.00,,,1000.00
2,1234567890,2026-01-28,2026-01-27,Green Grocer,GREEN GROCER CAPE TOWN,Food,Groceries,,-54.32,,945.68
3,1234567890,2026-01-29,2026-01-29,Cash Sent,CASH SENT,Transfer,Cash,,-100.00,-10.00,835.68
""",
        ["2026-01-15 1000.00 Acme Salary", "2026-01-27 -54.32 Green Grocer", "2026-01-29 -110.00 Cash Sent"],
    ),
    Case(
        "DBS: statement date and several references, a preamble with the balance",
        """Account Details For:,DBS Savings Account 012-3-456789
Statement as at:,31 Jan 2026
Available Balance:,"1,945.68"

Transaction Date,Reference,Debit Amount,Credit Amount,Transaction Ref1,Transaction Ref2,Transaction Ref3
28 Jan 2026,POS,54.32, ,GREEN GROCER SI SGP 27JAN,4628-4500-1234-5678,
15 Jan 2026,SAL, ,2000.00,ACME PTE LTD,SALARY,
""",
        ["2026-01-28 -54.32 ", "2026-01-15 2000.00 "],
    ),
    Case(
        "OCBC: a description that goes on in the next line with blank cells",
        """Account details for:,OCBC 360 Account 501-123456-001
Available Balance,1945.68
Ledger Balance,1945.68

Transaction History
Transaction date,Value date,Description,Withdrawals(SGD),Deposits(SGD)
28/01/2026,28/01/2026,DEBIT PURCHASE,54.32,
,,xx-1234 GREEN GROCER SINGAPORE,,
15/01/2026,15/01/2026,GIRO - SALARY,,"2,000.00"
,,ACME PTE LTD,,
""",
        [
            "2026-01-28 -54.32 DEBIT PURCHASE xx-1234 GREEN GROCER SINGAPORE",
            "2026-01-15 2000.00 GIRO - SALARY ACME PTE LTD",
        ],
    ),
    Case(
        "Emirates NBD: debit with a minus in its own column",
        """Transaction Date,Value Date,Narration,Debit Amount,Credit Amount,Running Balance
28-01-2026,28-01-2026,POS GREEN GROCER DUBAI AE,-54.32,0.00,945.68
15-01-2026,15-01-2026,SALARY ACME FZE,0.00,1000.00,1000.00
""",
        ["2026-01-28 -54.32 POS GREEN GROCER DUBAI", "2026-01-15 1000.00 SALARY ACME FZE"],
    ),
    Case(
        "ADCB: months by name without blanks, the currency in the headings",
        """Posting Date,Value Date,Ref/Cheque No,Description,Debit(AED),Credit(AED),Balance(AED)
28Jan2026,28Jan2026,FT26028,PURCHASE GREEN GROCER ABU DHABI,54.32,,945.68
15Jan2026,15Jan2026,FT26015,SALARY TRANSFER,,"1,000.00","1,000.00"
""",
        ["2026-01-28 -54.32 PURCHASE GREEN GROCER", "2026-01-15 1000.00 SALARY TRANSFER"],
    ),
    Case(
        "Halifax: September written Sept, the type as a short code",
        """Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance
28 Sept 2025,DEB,'11-00-01,12345678,GREEN GROCER,54.32,,945.68
15 Sept 2025,FPI,'11-00-01,12345678,ACME LTD,,1000.00,1000.00
""",
        ["2025-09-28 -54.32 GREEN GROCER", "2025-09-15 1000.00 ACME LTD"],
    ),
    Case(
        "BNP Paribas: a first line about the account, semicolons, commas for cents, blanks for thousands",
        """Crédit immobilier;Compte de chèques;****1234;31/01/2026;;1 945,68
28/01/2026;;;PAIEMENT CB GREEN GROCER PARIS;-54,32
15/01/2026;;;VIREMENT ACME SALAIRE;2 000,00
13/01/2026;;;PRELEVEMENT EDF;-60,10
""",
        [
            "2026-01-28 -54.32 PAIEMENT CB GREEN GROCER PARIS",
            "2026-01-15 2000.00 VIREMENT ACME SALAIRE",
            "2026-01-13 -60.10 PRELEVEMENT EDF",
        ],
    ),
    Case(
        "Santander Spain: dates doubled, the currency behind each amount",
        """Fecha operación;Fecha valor;Concepto;Importe;Saldo
28/01/2026;28/01/2026;COMPRA EN GREEN GROCER MADRID;-54,32 EUR;1.945,68 EUR
15/01/2026;15/01/2026;NOMINA ACME SL;2.000,00 EUR;2.000,00 EUR
""",
        ["2026-01-28 -54.32 COMPRA EN GREEN GROCER MADRID", "2026-01-15 2000.00 NOMINA ACME SL"],
    ),
    Case(
        "bunq: signed amounts, own and counter account",
        """"Date","Interest Date","Amount","Account","Counterparty","Name","Description"
"2026-01-28","2026-01-28","-54.32","NL00BUNQ0123456789","","Groene Markt","Groene Markt AMSTERDAM"
"2026-01-15","2026-01-15","2,000.00","NL00BUNQ0123456789","NL00INGB0001234567","Acme BV","Salaris januari"
""",
        ["2026-01-28 -54.32 Groene Markt", "2026-01-15 2000.00 Acme BV Salaris januari"],
    ),
    Case(
        "ING Germany: the balance beside its currency, a preamble with its own table",
        """Umsatzanzeige;Datei erstellt am: 31.01.2026 10:11

IBAN;DE00 5001 0517 1234 5678 90
Kontoname;Girokonto
Bank;ING
Kunde;Inhaber
Zeitraum;01.01.2026 - 31.01.2026
Saldo;1.945,68;EUR

Buchung;Wertstellungsdatum;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Saldo;Währung;Betrag;Währung
28.01.2026;28.01.2026;Grüner Markt;Lastschrift;Einkauf;1.945,68;EUR;-54,32;EUR
15.01.2026;15.01.2026;Acme GmbH;Gehalt/Rente;Gehalt;2.000,00;EUR;2.000,00;EUR
""",
        ["2026-01-28 -54.32 Grüner Markt", "2026-01-15 2000.00 Acme GmbH"],
    ),
    Case(
        "Swedbank: a line about the file, row numbers, ISO dates",
        """* Transaktioner Period 2026-01-01 – 2026-01-31 Skapad 2026-01-31 10:11 CET
Radnummer,Clearingnummer,Kontonummer,Produkt,Valuta,Bokföringsdag,Transaktionsdag,Valutadag,Referens,Beskrivning,Belopp,Bokfört saldo
1,81059,1234567890,Privatkonto,SEK,2026-01-28,2026-01-27,2026-01-28,GRÖNA TORGET,GRÖNA TORGET,-54.32,945.68
2,81059,1234567890,Privatkonto,SEK,2026-01-15,2026-01-15,2026-01-15,LÖN,LÖN ACME,1000.00,1000.00
""",
        ["2026-01-28 -54.32 GRÖNA TORGET", "2026-01-15 1000.00 LÖN ACME"],
    ),
    Case(
        "Nubank card: spending positive, payments negative",
        """date,title,amount
2026-01-28,Mercado Verde,54.32
2026-01-20,Pagamento recebido,-320.11
2026-01-14,Uber Trip,12.90
""",
        ["2026-01-28 -54.32 Mercado Verde", "2026-01-20 320.11 Pagamento recebido", "2026-01-14 -12.90 Uber Trip"],
        options={"account_kind": "credit_card"},
    ),
    Case(
        "Itaú: no headings, semicolons, a balance line between the rows",
        """28/01/2026;PIX TRANSF MERCADO;-54,32
28/01/2026;SALDO DO DIA;945,68
15/01/2026;TED ACME SALARIO;1.000,00
""",
        ["2026-01-28 -54.32 PIX TRANSF MERCADO", "2026-01-15 1000.00 TED ACME SALARIO"],
    ),
    Case(
        "Macquarie: debit, credit and balance, the original description beside the tidy one",
        """Transaction Date,Details,Account,Category,Subcategory,Tags,Notes,Debit,Credit,Balance,Original Description
28 Jan 2026,Green Grocer,Transaction Account,Food,Groceries,,,54.32,,945.68,VISA GREEN GROCER SYDNEY
15 Jan 2026,Acme,Transaction Account,Income,Salary,,,,1000.00,1000.00,ACME PAYROLL
""",
        ["2026-01-28 -54.32 ", "2026-01-15 1000.00 "],
    ),
    Case(
        "Mercury: UTC dates with the month first, a status that failed",
        """Date (UTC),Description,Amount,Status,Source Account,Bank Description,Reference,Note
01-28-2026,Green Grocer,-54.32,Sent,Checking ••1234,GREEN GROCER; IO,,
01-20-2026,Landlord,-900.00,Failed,Checking ••1234,Send Money,,
01-15-2026,Acme,1000.00,Sent,Checking ••1234,ACME; PAYROLL,,
""",
        ["2026-01-28 -54.32 GREEN GROCER; IO", "2026-01-15 1000.00 ACME; PAYROLL"],
        rejected=["3 reverted"],
    ),
]
