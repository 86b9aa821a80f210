"""Layouts of banks around the world as they are printed, and what a person reads in them.

Each case: name, text, options, expected rows as `date amount description`, and other expectations.
Persons and numbers are made up.
"""
# ruff: noqa: E501 (lines are as long as banks and their headings are)

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple


class Case(NamedTuple):
    """A file and what it says."""

    name: str
    text: str
    rows: Sequence[str]
    rejected: Sequence[str] = ()
    options: Mapping[str, Any] = MappingProxyType({})
    encoding: str = "utf-8"
    opening: str | None = None
    closing: str | None = None
    pending: Sequence[int] = ()
    """The lines of rows that are not booked yet."""


CASES = [
    Case(
        "Citi prints credits as negative numbers in the credit column",
        """Status,Date,Description,Debit,Credit,Member Name
Cleared,01/28/2026,"GREEN GROCER AUSTIN TX",54.32,,ACCOUNT HOLDER
Cleared,01/20/2026,"ONLINE PAYMENT, THANK YOU",,-500.00,ACCOUNT HOLDER
""",
        ["2026-01-28 -54.32 GREEN GROCER AUSTIN TX", "2026-01-20 500.00 ONLINE PAYMENT, THANK YOU"],
    ),
    Case(
        "Discover prints spending as positive",
        """Trans. Date,Post Date,Description,Amount,Category
01/03/2026,01/04/2026,"GREEN GROCER 0123 AUSTIN TX",54.32,"Supermarkets"
01/05/2026,01/05/2026,"INTERNET PAYMENT - THANK YOU",-320.11,"Payments and Credits"
01/06/2026,01/08/2026,"BOOK SHOP AUSTIN TX",12.00,"Merchandise"
""",
        ["2026-01-03 -54.32 GREEN GROCER 0123 AUSTIN TX", "2026-01-05 320.11 INTERNET PAYMENT - THANK YOU",
         "2026-01-06 -12.00 BOOK SHOP AUSTIN TX"],
    ),
    Case(
        "Apple Card",
        """Transaction Date,Clearing Date,Description,Merchant,Category,Type,Amount (USD),Purchased By
01/29/2026,01/30/2026,"GREEN GROCER 12 MAIN ST AUSTIN 78701 TX USA","Green Grocer","Grocery","Purchase","54.32","Account Holder"
01/15/2026,01/15/2026,"ACH DEPOSIT INTERNET TRANSFER FROM ACCOUNT ENDING IN 1234","Ach Deposit","Payment","Payment","-100.00","Account Holder"
""",
        ["2026-01-29 -54.32 GREEN GROCER", "2026-01-15 100.00 ACH DEPOSIT"],
    ),
    Case(
        "American Express UK, short form, newest first",
        """Date,Description,Amount
28/01/2026,GREEN GROCER            LEEDS,54.32
20/01/2026,PAYMENT RECEIVED - THANK YOU,-320.11
14/01/2026,TFL TRAVEL CHARGE TFL.GOV.UK/CP,2.80
""",
        ["2026-01-28 -54.32 GREEN GROCER LEEDS", "2026-01-20 320.11 PAYMENT RECEIVED", "2026-01-14 -2.80 TFL"],
        options={"filename": "activity.csv"},
    ),
    Case(
        "Chase credit card",
        """Transaction Date,Post Date,Description,Category,Type,Amount,Memo
01/28/2026,01/29/2026,GREEN GROCER,Groceries,Sale,-54.32,
01/20/2026,01/20/2026,Payment Thank You-Mobile,,Payment,500.00,
01/18/2026,01/19/2026,BOOK SHOP,Shopping,Return,12.00,
""",
        ["2026-01-28 -54.32 GREEN GROCER", "2026-01-20 500.00 Payment Thank You-Mobile", "2026-01-18 12.00 BOOK SHOP"],
    ),
    Case(
        "Capital One account with unsigned amounts and a type",
        """Account Number,Transaction Description,Transaction Date,Transaction Type,Transaction Amount,Balance
1234,Withdrawal from GREEN GROCER,01/09/26,Debit,54.32,945.68
1234,Deposit from ACME INC PAYROLL,01/02/26,Credit,1000,1000
""",
        ["2026-01-09 -54.32 Withdrawal from GREEN GROCER", "2026-01-02 1000 Deposit from ACME INC PAYROLL"],
    ),
    Case(
        "Lloyds: sort code after an apostrophe, trailing blank column",
        """Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance,
12/01/2026,DEB,'30-00-00,12345678,GREEN GROCER CD 1234 ,54.32,,945.68
02/01/2026,FPI,'30-00-00,12345678,ACME LTD SALARY,,1000.00,1000.00
""",
        ["2026-01-12 -54.32 GREEN GROCER CD 1234", "2026-01-02 1000.00 ACME LTD SALARY"],
    ),
    Case(
        "NatWest: description after an apostrophe, blanks after commas",
        """Date, Type, Description, Value, Balance, Account Name, Account Number

31/01/2026,POS,"'1234 30JAN26 C , GREEN GROCER , LEEDS GB",-54.32,945.68,"'HOLDER A","'600000-12345678",
28/01/2026,BAC,"'ACME LTD , SALARY",1000.00,1000.00,"'HOLDER A","'600000-12345678",
""",
        ["2026-01-31 -54.32 1234 30JAN26 C , GREEN GROCER , LEEDS GB", "2026-01-28 1000.00 ACME LTD , SALARY"],
    ),
    Case(
        "Nationwide: pound signs in cp1252, named months, lines about the account first",
        """"Account Name:","FlexAccount ****12345"
"Account Balance:","£945.68"
"Available Balance: ","£945.68"

"Date","Transaction type","Description","Paid out","Paid in","Balance"
"02 Jan 2026","Bank credit","ACME LTD","","£1,000.00","£1,000.00"
"12 Jan 2026","Visa purchase","GREEN GROCER LEEDS GB","£54.32","","£945.68"
""",
        ["2026-01-02 1000.00 ACME LTD", "2026-01-12 -54.32 GREEN GROCER LEEDS GB"],
        encoding="cp1252",
    ),
    Case(
        "Starling",
        """Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP),Spending Category,Notes
02/01/2026,Acme Ltd,SALARY JAN,FASTER PAYMENT,1000.00,1000.00,INCOME,
03/01/2026,Green Grocer,GREEN GROCER LEEDS,CONTACTLESS,-54.32,945.68,GROCERIES,
""",
        ["2026-01-02 1000.00 Acme Ltd SALARY JAN", "2026-01-03 -54.32 GREEN GROCER LEEDS"],
    ),
    Case(
        "First Direct",
        """Date,Description,Amount,Balance
30/01/2026,GREEN GROCER   LEEDS,-54.32,945.68
02/01/2026,ACME LTD,1000.00,1000.00
""",
        ["2026-01-30 -54.32 GREEN GROCER LEEDS", "2026-01-02 1000.00 ACME LTD"],
    ),
    Case(
        "Wise: fees inside the amount, unlike Revolut",
        """"TransferWise ID",Date,"Date Time",Amount,Currency,Description,"Payment Reference","Running Balance","Exchange From","Exchange To","Exchange Rate","Payer Name","Payee Name","Payee Account Number",Merchant,"Card Last Four Digits","Card Holder Full Name",Attachment,Note,"Total fees"
TRANSFER-123,28-01-2026,"28-01-2026 10:11:12.345",-100.50,EUR,"Sent money to Landlord",RENT,399.50,,,,,Landlord,DE02120300000000202051,,,,,,0.50
CARD-124,27-01-2026,"27-01-2026 09:00:00.000",-10.00,EUR,"Card transaction of 10.00 EUR issued by Cafe",,500.00,,,,,,,Cafe,1234,Account Holder,,,0.00
""",
        ["2026-01-28 -100.50 Sent money to Landlord", "2026-01-27 -10.00 Card transaction of 10.00 EUR"],
    ),
    Case(
        "PayPal: gross, fee and net; pending rows",
        """"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","From Email Address","To Email Address","Transaction ID","Balance"
"01/13/2026","10:00:00","America/Chicago","Green Grocer","Website Payment","Completed","USD","-54.32","0.00","-54.32","a@example.org","b@example.org","1AB23456CD789012E","945.68"
"01/14/2026","11:00:00","America/Chicago","Client","Website Payment","Completed","USD","100.00","-3.20","96.80","c@example.org","a@example.org","1AB23456CD789013F","1,042.48"
"01/15/2026","11:00:00","America/Chicago","Client","Website Payment","Pending","USD","50.00","-1.75","48.25","c@example.org","a@example.org","1AB23456CD789014G","1,042.48"
""",
        ["2026-01-13 -54.32 Green Grocer", "2026-01-14 96.80 Client", "2026-01-15 48.25 Client"],
        pending=[4],
    ),
    Case(
        "Westpac",
        """Bank Account,Date,Narrative,Debit Amount,Credit Amount,Balance,Categories,Serial
732000123456,12/01/2026,"DEBIT CARD PURCHASE GREEN GROCER SYDNEY AUS",54.32,,945.68,PAYMENT,
732000123456,02/01/2026,"DEPOSIT ACME PTY LTD",,1000.00,1000.00,DEP,
""",
        ["2026-01-12 -54.32 DEBIT CARD PURCHASE GREEN GROCER SYDNEY AUS", "2026-01-02 1000.00 DEPOSIT ACME PTY LTD"],
    ),
    Case(
        "NAB: short years by name, a heading that is blank",
        """Date,Amount,Account Number,,Transaction Type,Transaction Details,Balance,Category,Merchant Name,Processed On
12 Jan 26,-54.32,123456789,,EFTPOS DEBIT,GREEN GROCER SYDNEY,945.68,Groceries,Green Grocer,12 Jan 26
02 Jan 26,1000.00,123456789,,INTER-BANK CREDIT,ACME PTY LTD,1000.00,Income,,02 Jan 26
""",
        ["2026-01-12 -54.32 GREEN GROCER SYDNEY", "2026-01-02 1000.00 ACME PTY LTD"],
    ),
    Case(
        "ANZ without headings",
        """12/01/2026,"-54.32","EFTPOS GREEN GROCER MELBOURNE AU"
15/01/2026,"1000.00","PAY/SALARY FROM ACME PTY LTD"
""",
        ["2026-01-12 -54.32 EFTPOS GREEN GROCER", "2026-01-15 1000.00 PAY/SALARY"],
    ),
    Case(
        "ING Australia: debits negative in their own column",
        """Date,Description,Credit,Debit,Balance
15/01/2026,Visa Purchase - Receipt 123456 In SYDNEY Date 13/01/2026 Card 462263xxxxxx1234,,-54.32,945.68
02/01/2026,Salary Deposit - Receipt 123457 ACME PTY LTD,1000.00,,1000.00
""",
        ["2026-01-15 -54.32 Visa Purchase", "2026-01-02 1000.00 Salary Deposit"],
    ),
    Case(
        "TD Canada without headings: debit, credit, balance",
        """01/28/2026,GREEN GROCER TORONTO,54.32,,945.68
01/15/2026,ACME CANADA PAY,,1000.00,1000.00
01/10/2026,MONTHLY ACCOUNT FEE,10.95,,0.00
""",
        ["2026-01-28 -54.32 GREEN GROCER TORONTO", "2026-01-15 1000.00 ACME CANADA PAY", "2026-01-10 -10.95 MONTHLY"],
    ),
    Case(
        "RBC: one amount column for each currency",
        """"Account Type","Account Number","Transaction Date","Cheque Number","Description 1","Description 2","CAD$","USD$"
Chequing,01234-1234567,1/28/2026,,"Contactless Interac purchase - 1234","GREEN GROCER",-54.32,,
Chequing,01234-1234567,1/15/2026,,"Payroll Deposit","ACME",1000.00,,
""",
        ["2026-01-28 -54.32 Contactless Interac purchase - 1234 GREEN GROCER", "2026-01-15 1000.00 Payroll Deposit ACME"],
    ),
    Case(
        "BMO: dates without separators after a line of text",
        """Following data is valid as of 20260131120000 (Year/Month/Day/Hour/Minute/Second)

First Bank Card,Transaction Type,Date Posted, Transaction Amount,Description

'500766123456','DEBIT',20260128,-54.32,[IN]GREEN GROCER
'500766123456','CREDIT',20260115,1000.0,[DN]ACME PAY
""",
        ["2026-01-28 -54.32 [IN]GREEN GROCER", "2026-01-15 1000.0 [DN]ACME PAY"],
    ),
    Case(
        "HDFC credit card: cells between tildes, only credits marked",
        """Transaction type~Primary / Addon Customer Name~DATE~Description~AMT~Debit / Credit
Domestic~ACCOUNT HOLDER~28/01/2026 10:22:33~GREEN GROCER MUMBAI~1,254.32~
Domestic~ACCOUNT HOLDER~20/01/2026~NETBANKING TRANSFER (Ref# 00000000000120001234567)~12,000.00~Cr
International~ACCOUNT HOLDER~21/01/2026~STREAMING SERVICE~649.00~
""",
        ["2026-01-28 -1254.32 GREEN GROCER MUMBAI", "2026-01-20 12000.00 NETBANKING TRANSFER", "2026-01-21 -649.00 STREAMING"],
    ),
    Case(
        "HDFC credit card, older: three characters between cells",
        """Transaction type~|~Primary / Addon Customer Name~|~DATE~|~Description~|~AMT~|~Debit / Credit
Domestic~|~ACCOUNT HOLDER~|~28/01/2026~|~GREEN GROCER MUMBAI~|~1,254.32~|~
Domestic~|~ACCOUNT HOLDER~|~20/01/2026~|~PAYMENT~|~12,000.00~|~Cr
""",
        ["2026-01-28 -1254.32 GREEN GROCER MUMBAI", "2026-01-20 12000.00 PAYMENT"],
    ),
    Case(
        "ICICI credit card: sign beside the amount on one side only",
        """"Accountno:","0000000012345678"
"Customer Name:","ACCOUNT HOLDER"

"Transaction Date","Sr.No.","Transaction Details","Reward Point Header","Intl.Amount","Amount(in Rs)","BillingAmountSign"
"4375XXXXXXXX1234"
"03/01/2026","11012345678","GREEN GROCER MUMBAI IN","24","0","1254.32",""
"18/01/2026","11012345679","BBPS Payment received","0","0","5000.00","CR"
""",
        ["2026-01-03 -1254.32 GREEN GROCER MUMBAI IN", "2026-01-18 5000.00 BBPS Payment received"],
    ),
    Case(
        "A card statement with D and C behind the amounts",
        """Date,Transaction Details,Amount (INR)
03 Jan 26,GREEN GROCER MUMBAI,"1,254.32 D"
18 Jan 26,PAYMENT RECEIVED,"5,000.00 C"
""",
        ["2026-01-03 -1254.32 GREEN GROCER MUMBAI", "2026-01-18 5000.00 PAYMENT RECEIVED"],
    ),
    Case(
        "PNB: marks behind balances, newest first",
        """Txn No.,Txn Date,Description,Branch Name,Cheque No.,Dr Amount,Cr Amount,Balance
S12345678,05-01-2026,UPI/DR/600512345678/GREEN GROCER,MAIN ROAD,,320.00,,"9,680.00 Cr."
S12345677,02-01-2026,NEFT_IN:ACME INDUSTRIES,MAIN ROAD,,,"10,000.00","10,000.00 Cr."
""",
        ["2026-01-05 -320.00 UPI/DR/600512345678/GREEN GROCER", "2026-01-02 10000.00 NEFT_IN:ACME INDUSTRIES"],
    ),
    Case(
        "An overdraft account with balances marked Dr",
        """Date,Particulars,Chq No,Debit,Credit,Balance
01/01/2026,B/F,,,,"5,000.00 Dr"
02/01/2026,INTEREST DEBITED,,45.50,,"5,045.50 Dr"
03/01/2026,BY CASH,,,"6,000.00","954.50 Cr"
,Total,,45.50,"6,000.00",
""",
        ["2026-01-02 -45.50 INTEREST DEBITED", "2026-01-03 6000.00 BY CASH"],
        opening="-5000.00",
    ),
    Case(
        "Sparkasse in cp1252 with short years",
        """"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";"Glaeubiger ID";"Mandatsreferenz";"Kundenreferenz (End-to-End)";"Sammlerreferenz";"Lastschrift Ursprungsbetrag";"Auslagenersatz Ruecklastschrift";"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"BIC (SWIFT-Code)";"Betrag";"Waehrung";"Info"
"DE02120300000000202051";"28.01.26";"28.01.26";"FOLGELASTSCHRIFT";"Beitrag Januar für Müller";"DE98ZZZ09999999999";"M-1";"E-1";"";"";"";"Fitness GmbH";"DE02100100100006820101";"PBNKDEFF";"-29,90";"EUR";"Umsatz gebucht"
"DE02120300000000202051";"31.01.26";"31.01.26";"GUTSCHR. UEBERWEISUNG";"Gehalt";"";"";"";"";"";"";"Acme GmbH";"DE02100100100006820101";"PBNKDEFF";"2.450,75";"EUR";"Umsatz vorgemerkt"
""",
        ["2026-01-28 -29.90 Fitness GmbH Beitrag Januar für Müller", "2026-01-31 2450.75 Acme GmbH Gehalt"],
        pending=[3],
        encoding="cp1252",
    ),
    Case(
        "Volksbank",
        """Bezeichnung Auftragskonto;IBAN Auftragskonto;BIC Auftragskonto;Bankname Auftragskonto;Buchungstag;Valutadatum;Name Zahlungsbeteiligter;IBAN Zahlungsbeteiligter;BIC (SWIFT-Code) Zahlungsbeteiligter;Buchungstext;Verwendungszweck;Betrag;Waehrung;Saldo nach Buchung;Bemerkung;Kategorie;Steuerrelevant;Glaeubiger ID;Mandatsreferenz
Girokonto;DE02120300000000202051;GENODEF1;Volksbank;28.01.2026;28.01.2026;Grüner Markt;;;Basislastschrift;KARTENZAHLUNG;-54,32;EUR;945,68;;;;;
Girokonto;DE02120300000000202051;GENODEF1;Volksbank;02.01.2026;02.01.2026;Acme GmbH;;;Gehalt/Rente;Gehalt;1.000,00;EUR;1.000,00;;;;;
""",
        ["2026-01-28 -54.32 Grüner Markt KARTENZAHLUNG", "2026-01-02 1000.00 Acme GmbH Gehalt"],
    ),
    Case(
        "comdirect: headings after lines of text, pending rows, closing balance below",
        """;
"Umsätze Girokonto";"Zeitraum: 30 Tage";
"Neuer Kontostand";"945,68 EUR";

"Buchungstag";"Wertstellung (Valuta)";"Vorgang";"Buchungstext";"Umsatz in EUR";
"offen";"--";"Visa-Umsatz";" Buchungstext: KIOSK Karte Nr. 1234 XXXX";"-3,20";
"28.01.2026";"28.01.2026";"Lastschrift / Belastung";" Auftraggeber: GRUENER MARKT Buchungstext: Einkauf Ref. 123";"-54,32";
"02.01.2026";"02.01.2026";"Übertrag / Überweisung";" Auftraggeber: Acme GmbH Buchungstext: Gehalt";"1.000,00";

"Alter Kontostand";"0,00 EUR";
""",
        ["2026-01-28 -54.32 Auftraggeber: GRUENER MARKT", "2026-01-02 1000.00 Auftraggeber: Acme GmbH"],
        rejected=["6 pending"],
        encoding="cp1252",
        opening="0.00",
        closing="945.68",
    ),
    Case(
        "Commerzbank",
        """\ufeffBuchungstag;Wertstellung;Umsatzart;Buchungstext;Betrag;Währung;IBAN Kontoinhaber;Kategorie
28.01.2026;28.01.2026;Lastschrift;GRUENER MARKT Kartenzahlung 2026-01-27T10:11:12;-54,32;EUR;DE02120300000000202051;Lebensmittel
02.01.2026;02.01.2026;Gutschrift;Acme GmbH Gehalt;1000,00;EUR;DE02120300000000202051;Gehalt
""",
        ["2026-01-28 -54.32 GRUENER MARKT", "2026-01-02 1000.00 Acme GmbH Gehalt"],
    ),
    Case(
        "Deutsche Bank: amounts in Soll and Haben, balance line below",
        """Umsätze Girokonto;;;Kundennummer: 123 4567890
01.01.2026 - 31.01.2026
Letzter Kontostand;;;;0,00;EUR
Buchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;IBAN / Kontonummer;BIC;Kundenreferenz;Mandatsreferenz;Gläubiger ID;Fremde Gebühren;Betrag;Abweichender Empfänger;Anzahl der Aufträge;Anzahl der Schecks;Soll;Haben;Währung
28.01.2026;28.01.2026;SEPA-Lastschrift;Grüner Markt;Einkauf;DE02120300000000202051;BELADEBE;E-1;M-1;DE98ZZZ09999999999;;;;;;-54,32;;EUR
02.01.2026;02.01.2026;SEPA-Gehalt;Acme GmbH;Gehalt;DE02100100100006820101;PBNKDEFF;;;;;;;;;;1.000,00;EUR
Kontostand;31.01.2026;;;945,68;EUR
""",
        ["2026-01-28 -54.32 Grüner Markt Einkauf", "2026-01-02 1000.00 Acme GmbH Gehalt"],
        encoding="cp1252",
        closing="945.68",
    ),
    Case(
        "DKB before 2023: balance lines first, trailing semicolons",
        """"Kontonummer:";"DE02120300000000202051 / Girokonto";

"Von:";"01.01.2026";
"Bis:";"31.01.2026";
"Kontostand vom 31.01.2026:";"945,68 EUR";

"Buchungstag";"Wertstellung";"Buchungstext";"Auftraggeber / Begünstigter";"Verwendungszweck";"Kontonummer";"BLZ";"Betrag (EUR)";"Gläubiger-ID";"Mandatsreferenz";"Kundenreferenz";
"28.01.2026";"28.01.2026";"FOLGELASTSCHRIFT";"Grüner Markt";"Einkauf";"DE0212";"BYLADEM1001";"-54,32";"";"";"";
"02.01.2026";"02.01.2026";"LOHN, GEHALT, RENTE GUTSCHRIFT";"Acme GmbH";"Gehalt";"DE0210";"PBNKDEFF";"1.000,00";"";"";"";
""",
        ["2026-01-28 -54.32 Grüner Markt Einkauf", "2026-01-02 1000.00 Acme GmbH Gehalt"],
        encoding="cp1252",
        closing="945.68",
    ),
    Case(
        "DKB credit card: a yes/no column first, value date beside document date",
        """"Kreditkarte:";"4930********1234";

"Umsatz abgerechnet und nicht im Saldo enthalten";"Wertstellung";"Belegdatum";"Beschreibung";"Betrag (EUR)";"Ursprünglicher Betrag";
"Nein";"28.01.2026";"26.01.2026";"GRUENER MARKT BERLIN";"-54,32";"";
"Ja";"05.01.2026";"04.01.2026";"Einzahlung";"200,00";"";
""",
        ["2026-01-26 -54.32 GRUENER MARKT BERLIN", "2026-01-04 200.00 Einzahlung"],
        encoding="cp1252",
    ),
    Case(
        "Rabobank",
        """"IBAN/BBAN","Munt","BIC","Volgnr","Datum","Rentedatum","Bedrag","Saldo na trn","Tegenrekening IBAN/BBAN","Naam tegenpartij","Naam uiteindelijke partij","Naam initiërende partij","BIC tegenpartij","Code","Batch ID","Transactiereferentie","Machtigingskenmerk","Incassant ID","Betalingskenmerk","Omschrijving-1","Omschrijving-2","Omschrijving-3","Reden retour","Oorspr bedrag","Oorspr munt","Koers"
"NL02RABO0123456789","EUR","RABONL2U","000000000000001234","2026-01-02","2026-01-02","+1000,00","+1000,00","NL02ABNA0123456789","Acme BV","","","ABNANL2A","cb","","","","","","Salaris januari"," ","","","","",""
"NL02RABO0123456789","EUR","RABONL2U","000000000000001235","2026-01-28","2026-01-28","-54,32","+945,68","","Groene Markt 7","","","","bc","","","","","","Betaalautomaat 10:11 pasnr. 001"," ","","","","",""
""",
        ["2026-01-02 1000.00 Acme BV Salaris januari", "2026-01-28 -54.32 Groene Markt 7 Betaalautomaat"],
        encoding="cp1252",
    ),
    Case(
        "ABN AMRO tab-separated without headings",
        "123456789\tEUR\t20260128\t1000,00\t945,68\t20260128\t-54,32\tBEA, Betaalpas   GROENE MARKT,PAS001   NR:123456, 28.01.26/10:11\n"
        "123456789\tEUR\t20260102\t0,00\t1000,00\t20260102\t1000,00\t/TRTP/SEPA OVERBOEKING/IBAN/NL02ABNA0123456789/NAME/ACME BV/REMI/SALARIS\n",
        ["2026-01-28 -54.32 BEA, Betaalpas", "2026-01-02 1000.00 /TRTP/SEPA OVERBOEKING"],
    ),
    Case(
        "KNAB: credit or debit as a letter word, one line above the headings",
        """KNAB EXPORT;;;;;;;;;;;;;;;;
Rekeningnummer;Transactiedatum;Valutacode;CreditDebet;Bedrag;Tegenrekeningnummer;Tegenrekeninghouder;Valutadatum;Betaalwijze;Omschrijving;Type betaling;Machtigingsnummer;Incassant ID;Adres;Referentie;Boekdatum;
"NL02KNAB0123456789";"28-01-2026";"EUR";"D";"54,32";"";"Groene Markt";"28-01-2026";"Betaalautomaat";"Betaling";"";"";"";"";"C6A28XYZ";"28-01-2026";
"NL02KNAB0123456789";"02-01-2026";"EUR";"C";"1000,00";"NL02ABNA0123456789";"Acme BV";"02-01-2026";"Ontvangen betaling";"Salaris";"";"";"";"";"C6A02XYZ";"02-01-2026";
""",
        ["2026-01-28 -54.32 Groene Markt Betaling", "2026-01-02 1000.00 Acme BV Salaris"],
    ),
]  # fmt: skip
