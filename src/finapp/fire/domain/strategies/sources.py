"""What each spending rule does, in a sentence, and where it was published."""

from collections.abc import Mapping
from typing import NamedTuple


class Source(NamedTuple):
    """A rule in words."""

    summary: str
    publication: str


SOURCES: Mapping[str, Source] = {
    "constant_real": Source(
        "The first year's spending, carried on with inflation.",
        'W. P. Bengen, "Determining Withdrawal Rates Using Historical Data", Journal of Financial Planning 7(4), 1994',
    ),
    "constant_percent": Source(
        "The same share of the portfolio each year.",
        'W. P. Bengen, "Conserving Client Portfolios During Retirement, Part IV", '
        "Journal of Financial Planning 14(5), 2001",
    ),
    "floor_ceiling": Source(
        "A share of the portfolio, between a floor and a ceiling around the first year's real spending.",
        'W. P. Bengen, "Conserving Client Portfolios During Retirement, Part IV", '
        "Journal of Financial Planning 14(5), 2001",
    ),
    "guyton_klinger": Source(
        "Spending with inflation, cut or raised when the withdrawal rate leaves its guardrails.",
        'J. Guyton and W. Klinger, "Decision Rules and Maximum Initial Withdrawal Rates", '
        "Journal of Financial Planning 19(3), 2006",
    ),
    "vanguard_dynamic": Source(
        "A share of the portfolio that moves only a little from the year before.",
        'C. Jaconetti, F. Kinniry and M. DiJoseph, "From Assets to Income", Vanguard, 2013',
    ),
    "ratchet": Source(
        "Constant real spending that rises, and never falls, when the portfolio stands far above its start.",
        'M. Kitces, "The Ratcheting Safe Withdrawal Rate", kitces.com, 3 June 2015',
    ),
    "vpw": Source(
        "A level payment over the years to an end age, worked out anew each year.",
        'Bogleheads wiki, "Variable percentage withdrawal"',
    ),
    "amortization": Source(
        "A level payment over the horizon at an expected return, with outside income and a bequest in the budget.",
        'M. B. Waring and L. B. Siegel, "The Only Spending Rule Article You Will Ever Need", '
        "Financial Analysts Journal 71(1), 2015",
    ),
    "cape": Source(
        "A share that falls as shares become expensive: a + b/CAPE.",
        '"The Ultimate Guide to Safe Withdrawal Rates, Part 18", earlyretirementnow.com, 2017',
    ),
    "rmd": Source(
        "The portfolio divided by the distribution period of a life table.",
        'W. Sun and A. Webb, "Should Households Base Asset Decumulation Strategies on Required Minimum Distribution '
        'Tables?", Center for Retirement Research at Boston College, 2012',
    ),
    "ninety_five": Source(
        "A share of the portfolio, but never less than 95 % of the year before.",
        'B. Clyatt, "Work Less, Live More", Nolo, 2005',
    ),
    "endowment": Source(
        "Last year's spending with inflation, weighted with a share of the portfolio.",
        'J. Tobin, "What Is Permanent Endowment Income?", American Economic Review 64(2), 1974',
    ),
    "hebeler": Source(
        "Three quarters of last year's spending with inflation, one quarter of a level payment.",
        'H. K. Hebeler, "Autopilot", analyzenow.com, 2015',
    ),
    "bucket": Source(
        "Constant real spending from a cash bucket, refilled after years of gain.",
        'H. Evensky and D. Katz (eds.), "Retirement Income Redesigned", Bloomberg Press, 2006',
    ),
    "custom_floor": Source(
        "A share of the portfolio between the household's own floor and ceiling.",
        'J. Scott and J. Watson, "The Floor-Leverage Rule for Retirement", Financial Analysts Journal 69(5), 2013',
    ),
    "one_over_n": Source(
        "The portfolio divided by the years that are left.",
        'R. Dus, R. Maurer and O. Mitchell, "Betting on Death and Capital Markets in Retirement", '
        "Financial Services Review 14, 2005",
    ),
    "declining": Source(
        "Spending that falls in real terms by a fixed share a year.",
        'T. Bernicke, "Reality Retirement Planning", Journal of Financial Planning 18(6), 2005',
    ),
}
