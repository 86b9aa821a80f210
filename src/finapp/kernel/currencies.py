"""Decimal places of every ISO 4217 currency, and of those that statements of the past are in."""

_BY_EXPONENT = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: (
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE "
        "CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD "
        "HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK "
        "MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD "
        "RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH "
        "USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG"
    ),
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}

EXPONENTS = {code: places for places, codes in _BY_EXPONENT.items() for code in codes.split()}
"""ISO 4217 code -> number of decimals. Metals, funds and test codes without a minor unit are left out."""

_FORMER = {
    0: "ADP BYR ESP ITL LUF MGF TRL",
    2: (
        "ANG ATS AZM BEF BGL BGN CSD CUC CYP DEM EEK FIM FRF GHC GRD GWP HRK IEP LTL LVL MRO MTL MZM NLG PLZ "
        "PTE ROL RUR SDD SIT SKK SLL SRG STD TMM VEB VEF YUM ZMK ZWD ZWL"
    ),
}
KNOWN = {**EXPONENTS, **{code: places for places, codes in _FORMER.items() for code in codes.split()}}
"""The same with codes that ISO 4217 has withdrawn since 1988. Its list of those (table A.3) gives no decimals: they are
none where banks printed none, else two, so that no statement loses any."""
