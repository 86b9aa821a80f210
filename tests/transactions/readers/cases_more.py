"""More layouts: the rest of Europe and the world, other programs, spreadsheets kept by hand, and nasty files."""
# ruff: noqa: E501 (lines are as long as banks and their headings are)

from tests.transactions.readers.cases_world import Case

CASES = [
    Case(
        "Boursorama: a balance that does not run",
        """dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;accountLabel;accountbalance
2026-01-28;2026-01-28;"CARTE 27/01/26 MARCHE VERT 4 CB*1234";Alimentation;"Vie quotidienne";"marche vert";-54,32;;00012345678;"BoursoBank";945.68
2026-01-02;2026-01-02;"VIR ACME SAS";"Salaires";"Revenus";"acme sas";"1 000,00";;00012345678;"BoursoBank";945.68
""",
        ["2026-01-28 -54.32 CARTE 27/01/26", "2026-01-02 1000.00 VIR ACME SAS"],
    ),
    Case(
        "Crédit Agricole: text over several lines, narrow spaces in numbers, balance line first",
        """Téléchargement du 31/01/2026;
ACCOUNT HOLDER;
Compte de Dépôt carte n° 12345678901;
Solde au 31/01/2026 945,68 €;
Liste des opérations du compte entre le 01/01/2026 et le 31/01/2026;

Date;Libellé;Débit euros;Crédit euros;
28/01/2026;"PAIEMENT PAR CARTE
X1234 MARCHE VERT PARIS 27/01
";54,32;;
02/01/2026;"VIREMENT EN VOTRE FAVEUR
ACME SAS
SALAIRE";;1\u202f000,00;
""",
        ["2026-01-28 -54.32 PAIEMENT PAR CARTE X1234 MARCHE VERT", "2026-01-02 1000.00 VIREMENT EN VOTRE FAVEUR ACME"],
    ),
    Case(
        "La Banque Postale",
        """Numéro Compte   ;1234567X020
Type         ;CCP
Compte tenu en  ;euros
Date            ;31/01/2026
Solde (EUROS)   ;945,68
Solde (FRANCS)  ;6203,25

Date;Libellé;Montant(EUROS);Montant(FRANCS)
28/01/2026;"ACHAT CB MARCHE VERT 27.01.26";-54,32;-356,32
02/01/2026;"VIREMENT DE ACME SAS";1000,00;6559,57
""",
        ["2026-01-28 -54.32 ACHAT CB MARCHE VERT", "2026-01-02 1000.00 VIREMENT DE ACME SAS"],
        encoding="cp1252",
    ),
    Case(
        "BBVA: two columns of currencies, what remains beside the amount",
        """Fecha;F.Valor;Concepto;Movimiento;Importe;Divisa;Disponible;Divisa;Observaciones
28/01/2026;27/01/2026;Mercado verde;Pago con tarjeta;-54,32;EUR;945,68;EUR;4940 TARJETA
02/01/2026;02/01/2026;Nomina acme;Abono de nomina;1.000,00;EUR;1.000,00;EUR;
""",
        ["2026-01-28 -54.32 Mercado verde", "2026-01-02 1000.00 Nomina acme"],
    ),
    Case(
        "CaixaBank: currency behind the number",
        """Concepto;Fecha;Importe;Saldo
MERCADO VERDE;28/01/2026;-54,32EUR;945,68EUR
ACME SL NOMINA;02/01/2026;1.000,00EUR;1.000,00EUR
""",
        ["2026-01-28 -54.32 MERCADO VERDE", "2026-01-02 1000.00 ACME SL NOMINA"],
    ),
    Case(
        "Intesa and others: Dare and Avere",
        """Data Contabile;Data Valuta;Dare;Avere;Divisa;Descrizione
28/01/2026;27/01/2026;-54,32;;EUR;PAGAMENTO POS MERCATO VERDE
02/01/2026;02/01/2026;;1.000,00;EUR;STIPENDIO ACME SPA
""",
        ["2026-01-28 -54.32 PAGAMENTO POS MERCATO VERDE", "2026-01-02 1000.00 STIPENDIO ACME SPA"],
    ),
    Case(
        "Fineco: the complete description in a column of its own",
        """Data_Operazione;Data_Valuta;Entrate;Uscite;Descrizione;Descrizione_Completa;Stato;Moneymap
28/01/2026;27/01/2026;;-54,32;Pagamento Visa Debit;Mercato Verde Milano Carta N. ***** 123;Contabilizzato;Spesa
02/01/2026;02/01/2026;1000;;SEPA Credit Transfer;Bonifico Acme SpA stipendio;Contabilizzato;Stipendio
""",
        ["2026-01-28 -54.32 Pagamento Visa Debit Mercato Verde", "2026-01-02 1000 SEPA Credit Transfer Bonifico Acme"],
    ),
    Case(
        "Millennium Portugal",
        """Data lançamento;Data valor;Descrição;Montante;Tipo;Saldo
28-01-2026;27-01-2026;COMPRA MERCADO VERDE;-54,32;Débito;945,68
02-01-2026;02-01-2026;TRF DE ACME LDA;1.000,00;Crédito;1.000,00
""",
        ["2026-01-28 -54.32 COMPRA MERCADO VERDE", "2026-01-02 1000.00 TRF DE ACME LDA"],
    ),
    Case(
        "Nubank account",
        """Data,Valor,Identificador,Descrição
02/01/2026,1000.00,65a0c0de-0000-4000-8000-000000000001,Transferência recebida pelo Pix - ACME LTDA
28/01/2026,-54.32,65a0c0de-0000-4000-8000-000000000002,Compra no débito - MERCADO VERDE
""",
        ["2026-01-02 1000.00 Transferência recebida", "2026-01-28 -54.32 Compra no débito"],
    ),
    Case(
        "Nordea Sweden",
        """Bokföringsdag;Belopp;Avsändare;Mottagare;Namn;Rubrik;Saldo;Valuta
2026/01/28;-54,32;1234 56 78901;;;Kortköp 260127 GRÖNA MARKNADEN;945,68;SEK
2026/01/02;1000,00;;1234 56 78901;;Lön ACME AB;1000,00;SEK
""",
        ["2026-01-28 -54.32 Kortköp 260127 GRÖNA MARKNADEN", "2026-01-02 1000.00 Lön ACME AB"],
    ),
    Case(
        "Danske Bank",
        '''"Dato";"Kategori";"Underkategori";"Tekst";"Beløb";"Saldo";"Status";"Afstemt"
"28.01.2026";"Dagligvarer";"Supermarked";"Grønt Marked";"-54,32";"945,68";"Udført";"Nej"
"02.01.2026";"Indkomst";"Løn";"Lønoverførsel";"1.000,00";"1.000,00";"Udført";"Nej"
''',
        ["2026-01-28 -54.32 Grønt Marked", "2026-01-02 1000.00 Lønoverførsel"],
        encoding="cp1252",
    ),
    Case(
        "DNB Norway: out of and into the account",
        """"Dato";"Forklaring";"Rentedato";"Ut fra konto";"Inn på konto"
"28.01.2026";"Varekjøp Grønt Marked";"28.01.2026";"54,32";""
"02.01.2026";"Lønn Acme AS";"02.01.2026";"";"1000,00"
""",
        ["2026-01-28 -54.32 Varekjøp Grønt Marked", "2026-01-02 1000.00 Lønn Acme AS"],
    ),
    Case(
        "PostFinance Switzerland",
        '''Datum von:;="2026-01-01"
Datum bis:;="2026-01-31"
Buchungsart:;="Alle Buchungen"
Konto:;="CH9300762011623852957"
Währung:;="CHF"

Datum;Bewegungstyp;Avisierungstext;Gutschrift in CHF;Lastschrift in CHF;Label;Kategorie
28.01.2026;Buchung;"KAUF/DIENSTLEISTUNG GRÜNER MARKT ZÜRICH";;-54.32;;Lebensmittel
02.01.2026;Gutschrift;"GUTSCHRIFT ACME AG LOHN";1'000.00;;;Einkommen

Disclaimer:
Der Dokumentinhalt wurde durch Filtereinstellungen der Kundin bzw. des Kunden generiert.
''',
        ["2026-01-28 -54.32 KAUF/DIENSTLEISTUNG GRÜNER MARKT", "2026-01-02 1000.00 GUTSCHRIFT ACME AG LOHN"],
    ),
    Case(
        "UBS Switzerland",
        """Kontonummer:;0234 00123456.40;
IBAN:;CH93 0076 2011 6238 5295 7;
Von:;2026-01-01;
Bis:;2026-01-31;
Anfangssaldo:;0.00;
Schlusssaldo:;945.68;
Bewertet in:;CHF;
Anzahl Transaktionen in diesem Zeitraum:;2;

Abschlussdatum;Abschlusszeit;Buchungsdatum;Valutadatum;Währung;Belastung;Gutschrift;Einzelbetrag;Saldo;Transaktions-Nr.;Beschreibung1;Beschreibung2;Beschreibung3;Fussnoten;
2026-01-28;10:11:12;2026-01-28;2026-01-28;CHF;-54.32;;;945.68;9930028TI0000001;"Grüner Markt;8001 Zürich";"Debitkarten-Zahlung";"Transaktions-Nr. 9930028TI0000001";;
2026-01-02;;2026-01-02;2026-01-02;CHF;;1000.00;;1000.00;9930002TI0000002;"Acme AG";"Gutschrift";;;
""",
        ["2026-01-28 -54.32 Grüner Markt;8001 Zürich", "2026-01-02 1000.00 Acme AG"],
        opening="0.00",
        closing="945.68",
    ),
    Case(
        "mBank: hash signs before headings, quoted numbers with spaces",
        """#Data operacji;#Data księgowania;#Opis operacji;#Tytuł;#Nadawca/Odbiorca;#Numer konta;#Kwota;#Saldo po operacji;
2026-01-28;2026-01-28;ZAKUP PRZY UŻYCIU KARTY;"ZIELONY RYNEK /WARSZAWA";"  ";'';-54,32;945,68;
2026-01-02;2026-01-02;PRZELEW ZEWNĘTRZNY PRZYCHODZĄCY;"WYNAGRODZENIE";"ACME SP Z O O";'12345678901234567890123456';1 000,00;1 000,00;
""",
        ["2026-01-28 -54.32 ZAKUP PRZY", "2026-01-02 1000.00 ACME SP Z O O"],
        encoding="utf-8",
    ),
    Case(
        "PKO BP: text in columns without headings",
        '''"Data operacji","Data waluty","Typ transakcji","Kwota","Waluta","Saldo po transakcji","Opis transakcji","","",""
"2026-01-28","2026-01-27","Płatność kartą","-54.32","PLN","+945.68","Tytuł: 000123","Lokalizacja: Adres: ZIELONY RYNEK Miasto: WARSZAWA","Data wykonania: 2026-01-27",""
"2026-01-02","2026-01-02","Przelew na konto","+1000.00","PLN","+1000.00","Rachunek nadawcy: 12","Nazwa nadawcy: ACME","Tytuł: WYNAGRODZENIE",""
''',
        ["2026-01-28 -54.32 Tytuł: 000123", "2026-01-02 1000.00 Rachunek nadawcy"],
    ),
    Case(
        "Česká spořitelna",
        """Datum zaúčtování;Částka;Měna;Název protistrany;Zpráva pro příjemce;Typ transakce
28.01.2026;-54,32;CZK;Zelený trh;nákup;Platba kartou
02.01.2026;1 000,00;CZK;Acme s.r.o.;mzda;Příchozí úhrada
""",
        ["2026-01-28 -54.32 Zelený trh", "2026-01-02 1000.00 Acme s.r.o."],
    ),
    Case(
        "Mint: amounts unsigned, debit and credit in words",
        '''"Date","Description","Original Description","Amount","Transaction Type","Category","Account Name","Labels","Notes"
"1/28/2026","Green Grocer","GREEN GROCER #12 AUSTIN TX","54.32","debit","Groceries","Checking","",""
"1/02/2026","Acme","ACME INC PAYROLL","1000.00","credit","Paycheck","Checking","work",""
''',
        ["2026-01-28 -54.32 Green Grocer", "2026-01-02 1000.00 Acme"],
    ),
    Case(
        "YNAB register: currency signs, outflow and inflow",
        '''"Account","Flag","Date","Payee","Category Group/Category","Category Group","Category","Memo","Outflow","Inflow","Cleared"
"Checking","","01/28/2026","Green Grocer","Needs: Groceries","Needs","Groceries","weekly",$54.32,$0.00,"Cleared"
"Checking","","01/28/2026","Transfer : Savings","","","","",$100.00,$0.00,"Reconciled"
"Checking","","01/02/2026","Acme","Inflow: Ready to Assign","Inflow","Ready to Assign","",$0.00,"$1,000.00","Uncleared"
''',
        ["2026-01-28 -54.32 Green Grocer", "2026-01-28 -100.00 Transfer : Savings", "2026-01-02 1000.00 Acme"],
    ),
    Case(
        "Actual",
        """Account,Date,Payee,Notes,Category,Amount,Split_Amount,Cleared
Checking,2026-01-28,Green Grocer,weekly,Food,-54.32,0,Cleared
Checking,2026-01-02,Acme,,Income,1000,0,Reconciled
""",
        ["2026-01-28 -54.32 Green Grocer", "2026-01-02 1000 Acme"],
    ),
    Case(
        "Monarch",
        """Date,Merchant,Category,Account,Original Statement,Notes,Amount,Tags
2026-01-28,Green Grocer,Groceries,Checking (...1234),GREEN GROCER #12,,-54.32,
2026-01-02,Acme,Paychecks,Checking (...1234),ACME INC PAYROLL,,1000.00,work
""",
        ["2026-01-28 -54.32 Green Grocer", "2026-01-02 1000.00 Acme"],
    ),
    Case(
        "Sure or Maybe: spending is positive",
        """date,account_name,amount,name,category,tags,notes,currency
2026-01-28,Checking,54.32,Green Grocer,Groceries,,,USD
2026-01-02,Checking,-1000.0,Acme payroll,Income,work,,USD
""",
        ["2026-01-28 -54.32 Green Grocer", "2026-01-02 1000.0 Acme payroll"],
    ),
    Case(
        "a list of expenses kept by hand, with income among them",
        """Date,Mode,Category,Sub category,Note,Amount,Income/Expense
20/09/2026 12:04:08,Cash,Transportation,Train,2 Place 5 to Place 0,30.0,Expense
20/09/2026 12:03:15,Cash,Food,snacks,Idli medu Vada mix 2 plates,60.0,Expense
19/09/2026,Saving Bank account 1,subscription,Netflix,1 month subscription,199.0,Expense
01/09/2026 18:00:00,Saving Bank account 1,Salary,,September,50000.0,Income
""",
        ["2026-09-20 -30.0 2 Place 5 to Place 0", "2026-09-20 -60.0 Idli", "2026-09-19 -199.0 1 month",
         "2026-09-01 50000.0 September"],
    ),
    Case(
        "the well-known bank sheet with an account number that ends in an apostrophe",
        """Account No,DATE,TRANSACTION DETAILS,CHQ.NO.,VALUE DATE, WITHDRAWAL AMT , DEPOSIT AMT ,BALANCE AMT,.
409000611074',29-Jun-17,TRF FROM  Indiaforensic SERVICES,,29-Jun-17,,"1,000,000.00 ","1,000,000.00 ",.
409000611074',5-Jul-17,TRF FROM  Indiaforensic SERVICES,,5-Jul-17,,"1,000,000.00 ","2,000,000.00 ",.
409000611074',16-Aug-17,FDRL/INTERNAL FUND TRANSFE,,16-Aug-17," 133,900.00 ",,"1,866,100.00 ",.
""",
        ["2017-06-29 1000000.00 TRF FROM Indiaforensic SERVICES", "2017-07-05 1000000.00 TRF", "2017-08-16 -133900.00 FDRL"],
    ),
    Case(
        "separator named on the first line",
        """sep=;
Date;Description;Amount
31/01/2026;Green Grocer, Leeds;-54.32
02/01/2026;Acme Ltd;1000.00
""",
        ["2026-01-31 -54.32 Green Grocer, Leeds", "2026-01-02 1000.00 Acme Ltd"],
    ),
    Case(
        "each line quoted as a whole",
        '''"Date,Description,Amount,Balance"
"28/01/2026,""GREEN GROCER, LEEDS"",-54.32,945.68"
"02/01/2026,ACME LTD,1000.00,1000.00"
''',
        ["2026-01-28 -54.32 GREEN GROCER, LEEDS", "2026-01-02 1000.00 ACME LTD"],
    ),
    Case(
        "UTF-16 with tabs",
        "Date\tDescription\tAmount\r\n28/01/2026\tCafé\t-54.32\r\n02/01/2026\tAcme\t1000.00\r\n",
        ["2026-01-28 -54.32 Café", "2026-01-02 1000.00 Acme"],
        encoding="utf-16",
    ),
    Case(
        "UTF-16 without a mark",
        "Date;Text;Betrag\r\n28.01.2026;Grüner Markt;-54,32\r\n02.01.2026;Acme;1.000,00\r\n",
        ["2026-01-28 -54.32 Grüner Markt", "2026-01-02 1000.00 Acme"],
        encoding="utf-16-le",
    ),
    Case(
        "order of the rows tells month before day",
        """Date,Description,Amount
01/02/2026,One,-1.00
01/05/2026,Two,-2.00
01/09/2026,Three,-3.00
02/01/2026,Four,-4.00
02/03/2026,Five,5.00
""",
        ["2026-01-02 -1.00 One", "2026-01-05 -2.00 Two", "2026-01-09 -3.00 Three", "2026-02-01 -4.00 Four",
         "2026-02-03 5.00 Five"],
    ),
    Case(
        "the stated period tells day before month",
        """Statement period: 1 Feb 2026 to 28 Feb 2026

Date,Description,Amount
01/02/2026,One,-1.00
05/02/2026,Two,2.00
""",
        ["2026-02-01 -1.00 One", "2026-02-05 2.00 Two"],
    ),
    Case(
        "headings and totals repeated on every page",
        """Date,Particulars,Withdrawals,Deposits,Balance
01/01/2026,BALANCE B/F,,,1000.00
02/01/2026,GREEN GROCER,54.32,,945.68
,Page Total,54.32,0.00,
Page 1 of 2,,,,
,,,,
Date,Particulars,Withdrawals,Deposits,Balance
13/01/2026,ACME SALARY,,500.00,1445.68
,Grand Total,54.32,500.00,
*** End of statement ***,,,,
This is a computer generated statement and needs no signature.,,,,
""",
        ["2026-01-02 -54.32 GREEN GROCER", "2026-01-13 500.00 ACME SALARY"],
        opening="1000.00",
    ),
    Case(
        "a description that goes on in the lines below",
        """Date,Description,Debit,Credit,Balance
02/01/2026,NEFT ACME,,1000.00,1000.00
,INDUSTRIES LTD,,,
,SALARY JAN,,,
13/01/2026,UPI GREEN,54.32,,945.68
,GROCER,,,
""",
        ["2026-01-02 1000.00 NEFT ACME INDUSTRIES LTD SALARY JAN", "2026-01-13 -54.32 UPI GREEN GROCER"],
    ),
    Case(
        "headings over two lines",
        """Txn,Narration,Withdrawal,Deposit,Closing
Date,,Amount,Amount,Balance
13/01/2026,GREEN GROCER,54.32,,945.68
14/01/2026,ACME,,100.00,1045.68
""",
        ["2026-01-13 -54.32 GREEN GROCER", "2026-01-14 100.00 ACME"],
    ),
    Case(
        "amounts unsigned, the balance tells",
        """Date,Description,Amount,Balance
02/01/2026,Opening Balance,,1000.00
03/01/2026,Green Grocer,54.32,945.68
14/01/2026,Acme,500.00,1445.68
15/01/2026,Landlord,400.00,1045.68
""",
        ["2026-01-03 -54.32 Green Grocer", "2026-01-14 500.00 Acme", "2026-01-15 -400.00 Landlord"],
        opening="1000.00",
    ),
    Case(
        "bad rows are refused one by one",
        """Date,Description,Amount
13/01/2026,Green Grocer,-54.32
32/01/2026,No such day,-1.00
14/01/2026,No amount,
15/01/2026,Words for money,abc
16/01/2026,Acme,100.00
17/01/2026,Cut off
""",
        ["2026-01-13 -54.32 Green Grocer", "2026-01-16 100.00 Acme"],
        rejected=["3 bad_date", "4 no_amount", "5 bad_amount", "7 no_amount"],
    ),
    Case(
        "brackets for money out, dollars, and a total",
        """Date,Description,Amount
1/13/2026,GREEN GROCER,($54.32)
1/14/2026,ACME PAYROLL,"$1,000.00"
Total,,$945.68
""",
        ["2026-01-13 -54.32 GREEN GROCER", "2026-01-14 1000.00 ACME PAYROLL"],
    ),
    Case(
        "minus behind the number, day numbers of a spreadsheet",
        """Date,Description,Amount
46035,Green Grocer,54.32-
46036,Acme,1000.00
""",
        ["2026-01-13 -54.32 Green Grocer", "2026-01-14 1000.00 Acme"],
    ),
    Case(
        "a stray quotation mark in a description",
        """Date,Description,Amount,Balance
13/01/2026,"GREEN GROCER 5 INCH,-54.32,945.68
14/01/2026,ACME,100.00,1045.68
15/01/2026,LANDLORD,-400.00,645.68
""",
        ["2026-01-13 -54.32 GREEN GROCER 5 INCH", "2026-01-14 100.00 ACME", "2026-01-15 -400.00 LANDLORD"],
    ),
    Case(
        "headings in words nobody taught us",
        """Kuupäev;Selgitus;Kogus;Jääk
13.01.2026;Roheline turg;-54,32;945,68
14.01.2026;Acme OÜ;100,00;1045,68
""",
        ["2026-01-13 -54.32 Roheline turg", "2026-01-14 100.00 Acme OÜ"],
    ),
    Case(
        "Hindi words in Latin letters",
        """Dinank,Vivaran,Nikasi,Jama,Shesh
13/01/2026,Kirana dukan,54.32,,945.68
14/01/2026,Vetan,,1000.00,1945.68
""",
        ["2026-01-13 -54.32 Kirana dukan", "2026-01-14 1000.00 Vetan"],
    ),
    Case(
        "lakhs, rupee signs and fillers",
        """Date,Details,Debit (₹),Credit (₹),Balance (₹)
13/01/2026,GREEN GROCER,"₹ 1,23,456.78",-,"₹ 8,76,543.22"
14/01/2026,ACME,-,"₹ 1,00,000.00","₹ 9,76,543.22"
""",
        ["2026-01-13 -123456.78 GREEN GROCER", "2026-01-14 100000.00 ACME"],
    ),
    Case(
        "date and time in one cell, newest first, month by name",
        """Transaction Date & Time,Merchant,Amount (INR),Debit/Credit,Status
"31 Jan 2026, 10:11 PM",Green Grocer,"1,254.32",Debit,SUCCESS
"30 Jan 2026, 09:00 AM",Acme,500.00,Credit,SUCCESS
"29 Jan 2026, 09:00 AM",Shop,20.00,Debit,FAILED
""",
        ["2026-01-31 -1254.32 Green Grocer", "2026-01-30 500.00 Acme"],
        rejected=["4 reverted"],
    ),
]  # fmt: skip
CASES += [
    Case(
        "HDFC account as text: rules of stars, a summary with words above numbers",
        """HDFC BANK Ltd.                          Page No .:   1
MR ACCOUNT HOLDER,,,,,,
Statement From      :   01/01/2026  To  :   31/01/2026
********,**********************************,********,********,****************,****************,****************
Date,Narration,Chq./Ref.No.,Value Dt,Withdrawal Amt.,Deposit Amt.,Closing Balance
********,**********************************,********,********,****************,****************,****************
01/01/26,UPI-A-B,0001,01/01/26,100.00,,900.00
02/01/26,UPI-C,0002,02/01/26,,50.00,950.00
********,**********************************,********,********,****************,****************,****************

STATEMENT SUMMARY  :-
Opening Balance,,,,Dr Count,Cr Count,Debits,Credits,Closing Bal
1000.00,,,,1,1,100.00,50.00,950.00

Generated On:,02/02/2026,,Generated By:,12345,,Requesting Branch Code:,NET
This is a computer generated statement and does not require signature.
""",
        ["2026-01-01 -100.00 UPI-A-B", "2026-01-02 50.00 UPI-C"],
        opening="1000.00",
        closing="950.00",
    ),
    Case(
        "an opening balance printed as if it were a deposit",
        """Date,Particulars,Debit,Credit,Balance
01/01/2026,Opening Balance,,1000.00,1000.00
13/01/2026,GREEN GROCER,54.32,,945.68
13/01/2026,TOTAL WINE AND MORE,20.00,,925.68
""",
        ["2026-01-13 -54.32 GREEN GROCER", "2026-01-13 -20.00 TOTAL WINE AND MORE"],
        opening="1000.00",
    ),
    Case(
        "currencies named in the headings of money in and out",
        """Completed Date (UTC),Description,Paid Out (EUR),Paid In (EUR),Exchange Out, Exchange In, Balance (EUR), Category, Notes
2 January 2026,Acme,,"1,000.00",,,"1,000.00",,
28 January 2026,Grocer,54.32,,,,945.68,,
""",
        ["2026-01-02 1000.00 Acme", "2026-01-28 -54.32 Grocer"],
    ),
    Case(
        "a card with categories, refunds and pending rows, spending positive",
        """Date,Merchant Name,Amount,Status,Category
2026-01-28,Green Grocer,$54.32,Posted,Groceries
2026-01-27,Refund Shop,-$10.00,Posted,Refund
2026-01-26,Hotel,$300.00,Pending,Travel
2026-01-20,Payment Thank You,-$500.00,Posted,Payment
""",
        [
            "2026-01-28 -54.32 Green Grocer",
            "2026-01-27 10.00 Refund Shop",
            "2026-01-26 -300.00 Hotel",
            "2026-01-20 500.00 Payment Thank You",
        ],
        pending=[4],
        options={"filename": "creditcard.csv"},
    ),
]
CASES += [
    Case(
        "a published list of household expenses: weekdays, a numeric column named Debit/Credit",
        """Date / Time,Mode,Category,Sub category,Income/Expense,Debit/Credit
"Friday, January 1, 2021",CUB - online payment,Allowance,From dad,Income,8000
"Friday, January 1, 2021",CUB - online payment,Food,Snacks,Expense,85
"Sunday, January 3, 2021",CUB - online payment,Household,Stuffs,Expense,6667
""",
        ["2021-01-01 8000 From dad", "2021-01-01 -85 Snacks", "2021-01-03 -6667 Stuffs"],
    ),
    Case(
        "YES Bank: balances after the currency, newest first, a summary below",
        """000261900007090 ,ACCOUNT HOLDER

Statement Period,2026-08-01,To,2026-08-31,
Opening Balance,INR 14425.97
Closing Balance,INR 22456.05
Transaction Date,Value Date,Description,Reference Number,Withdrawals,Deposits,Running Balance
2026-08-31,2026-08-31,IMPS PAYMENT CHRGS,ORMB957221750355                        ,7.00,,INR 22456.05
2026-08-31,2026-08-31,GST,ORMB957221750355                        ,16.26,,INR 22463.05
2026-08-31,2026-08-31,NEFT-HDFCH01226138594-CLIENT,HDFCH01226138594,,8053.34,INR 22479.31
""",
        [
            "2026-08-31 -7.00 IMPS PAYMENT CHRGS",
            "2026-08-31 -16.26 GST",
            "2026-08-31 8053.34 NEFT-HDFCH01226138594-CLIENT",
        ],
        opening="14425.97",
        closing="22456.05",
    ),
    Case(
        "Kotak: debit and credit columns, and a mark beside the balance only",
        """"",,Account Statement
"ADDRESS ",,,,Period,From 01/01/2026 To 15/04/2026
Sl. No.,Transaction Date,Value Date,Description,Chq / Ref No.,Debit,Credit,Balance,Dr / Cr
1,03-04-2026 19:40:46,03-04-2026,UPI/CAFE P/627219443204/resolve,UPI-609393884269,310.78,,"2,591.75",CR
2,02-04-2026 19:56:53,02-04-2026,UPI/SOMEONE/120977030678/UPI,UPI-609218418071,,"5,000.00","2,902.53",CR
3,02-04-2026 09:56:53,02-04-2026,UPI/SOMEONE/120977030678/UPI,UPI-609218418072,"3,000.00",,"2,097.47",DR
Closing balance,"as on 15/04/2026   INR 2,591.75"
You may call our 24-hour Customer Contact Centre at our number 1860 266 2666
""",
        ["2026-04-03 -310.78 UPI/CAFE", "2026-04-02 5000.00 UPI/SOMEONE", "2026-04-02 -3000.00 UPI/SOMEONE"],
    ),
    Case(
        "a US credit union: five decimals, many columns",
        """"Transaction ID","Posting Date","Effective Date","Transaction Type","Amount","Check Number","Reference Number","Description","Transaction Category","Type","Balance","Memo","Extended Description"
"20260128 1","1/28/2026","1/28/2026","Debit","-54.32000","","123456","GREEN GROCER","Groceries","Debit Card","945.68000","",""
"20260102 2","1/2/2026","1/2/2026","Credit","1000.00000","","123457","ACME PAYROLL","Paychecks","ACH","1000.00000","",""
""",
        ["2026-01-28 -54.32000 GREEN GROCER", "2026-01-02 1000.00000 ACME PAYROLL"],
    ),
    Case(
        "Revolut in German, with a fee",
        """Art,Produkt,Datum des Beginns,Datum des Abschlusses,Beschreibung,Betrag,Gebühr,Währung,State,Kontostand
Kartenzahlung,Aktuell,2026-01-02 10:00:00,2026-01-03 10:00:00,Bar,-3.40,0.00,EUR,ABGESCHLOSSEN,96.60
Geldautomat,Aktuell,2026-01-04 10:00:00,2026-01-04 10:00:00,Abhebung,-50.00,1.00,EUR,ABGESCHLOSSEN,45.60
""",
        ["2026-01-03 -3.40 Bar", "2026-01-04 -51.00 Abhebung"],
    ),
]
CASES += [
    Case(
        "Santander UK as text: one field a line, hard spaces",
        """From:\u00a001/01/2026\u00a0to\u00a031/01/2026

Account:\u00a0XXXX\u00a0XXXX\u00a0XXXX\u00a01234

Date:\u00a014/01/2026
Description:\u00a0CARD PAYMENT TO GREEN GROCER ON 13-01-2026
Amount:\u00a0-54.32\u00a0GBP
Balance:\u00a0945.68\u00a0GBP

Date:\u00a002/01/2026
Description:\u00a0BANK GIRO CREDIT REF ACME
Amount:\u00a01,000.00\u00a0GBP
Balance:\u00a01,000.00\u00a0GBP
""",
        ["2026-01-14 -54.32 CARD PAYMENT TO GREEN GROCER", "2026-01-02 1000.00 BANK GIRO CREDIT REF ACME"],
        encoding="cp1252",
    ),
]
CASES += [
    Case(
        "a description that holds the delimiter never moves an amount into another column",
        "Txn Date\tValue Date\tDescription\tRef No./Cheque No.\t        Debit\tCredit\tBalance\t\n"
        "2 Jan 2026\t2 Jan 2026\t   GREEN GROCER\tLEEDS\tTRANSFER TO 4897\t54.32\t \t945.68\t\n"
        "3 Jan 2026\t3 Jan 2026\t   ACME\tTRANSFER FROM 3199\t \t100.00\t1,045.68\t\n",
        ["2026-01-02 -54.32 GREEN GROCER", "2026-01-03 100.00 ACME"],
    ),
    Case(
        "a card that marks credits only, in a month without one",
        """"Accountno:","0000000012345678"

"Date","Sr.No.","Transaction Details","Reward Point Header","Intl.Amount","Amount(in Rs)","BillingAmountSign"
"05/06/2026","615689623880","GREEN GROCER","0","0","7.29",""
"15/06/2026","615689623881","BOOK SHOP","0","0","12.00",""
""",
        ["2026-06-05 -7.29 GREEN GROCER", "2026-06-15 -12.00 BOOK SHOP"],
    ),
    Case(
        "a card statement with one payment and nothing else",
        """Card No,XXXX1234
Statement Period,01/01/2026 - 31/01/2026

Date,Transaction Description,Amount (in Rs.)
15/01/2026,NETBANKING TRANSFER,175.00 Cr
""",
        ["2026-01-15 175.00 NETBANKING TRANSFER"],
    ),
    Case(
        "a savings account at a known bank with money in only",
        """Number,Date,Account,Amount,Subcategory,Memo
\t ,30/01/2026,20-00-00 87654321,175.00,FT,HOLDER A SAVINGS
\t ,28/01/2026,20-00-00 87654321,175.00,FT,HOLDER A SAVINGS
""",
        ["2026-01-30 175.00 HOLDER A SAVINGS", "2026-01-28 175.00 HOLDER A SAVINGS"],
    ),
]
