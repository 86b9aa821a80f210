"""Merchant category codes (ISO 18245) to leaves, by ranges and single codes."""

from typing import Final

STRENGTH: Final = 0.93
"""How far a code is trusted: codes say what a merchant registered as, which is not always what it sells."""

_RANGES: Final[tuple[tuple[int, int, str], ...]] = (
    (742, 742, "pets"), (763, 780, "home"), (1520, 1799, "home"), (2741, 2842, "services"),
    (3000, 3350, "travel"), (3351, 3500, "travel"), (3501, 3999, "travel"),
    (4011, 4011, "transport"), (4111, 4112, "transport"), (4119, 4119, "health"), (4121, 4121, "transport"),
    (4131, 4131, "transport"), (4214, 4215, "services"), (4225, 4225, "services"), (4411, 4411, "travel"),
    (4457, 4468, "entertainment"), (4511, 4582, "travel"), (4722, 4723, "travel"), (4784, 4784, "transport"),
    (4789, 4789, "transport"), (4812, 4816, "telecom"), (4821, 4821, "telecom"), (4829, 4829, "transfer"),
    (4899, 4899, "subscriptions"), (4900, 4900, "utilities"), (5013, 5013, "auto"), (5021, 5021, "home"),
    (5039, 5039, "home"), (5044, 5046, "shopping"), (5047, 5047, "health"), (5065, 5074, "home"),
    (5094, 5094, "shopping"), (5111, 5111, "shopping"), (5122, 5122, "health"), (5131, 5139, "shopping"),
    (5169, 5169, "shopping"), (5172, 5172, "fuel"), (5192, 5192, "entertainment"), (5193, 5193, "gifts_donations"),
    (5198, 5198, "home"), (5200, 5261, "home"), (5271, 5271, "auto"), (5300, 5300, "groceries"),
    (5309, 5399, "shopping"), (5411, 5499, "groceries"), (5511, 5533, "auto"), (5541, 5542, "fuel"),
    (5551, 5599, "auto"), (5611, 5699, "shopping"), (5712, 5722, "home"), (5732, 5734, "shopping"),
    (5735, 5735, "entertainment"), (5811, 5814, "dining"), (5815, 5818, "subscriptions"), (5912, 5912, "health"),
    (5921, 5921, "groceries"), (5931, 5940, "shopping"), (5941, 5941, "shopping"), (5942, 5943, "shopping"),
    (5944, 5944, "shopping"), (5945, 5945, "shopping"), (5946, 5946, "shopping"), (5947, 5947, "gifts_donations"),
    (5948, 5949, "shopping"), (5950, 5950, "home"), (5960, 5960, "insurance"), (5962, 5962, "travel"),
    (5963, 5967, "shopping"), (5968, 5968, "subscriptions"), (5969, 5973, "shopping"), (5975, 5976, "health"),
    (5977, 5977, "personal_care"), (5978, 5978, "shopping"), (5983, 5983, "utilities"), (5992, 5992, "gifts_donations"),
    (5993, 5994, "shopping"), (5995, 5995, "pets"), (5996, 5999, "shopping"), (6010, 6011, "cash"),
    (6012, 6012, "card_payment"), (6051, 6051, "investment"), (6211, 6211, "investment"), (6300, 6300, "insurance"),
    (6381, 6381, "insurance"), (6399, 6399, "insurance"), (6513, 6513, "housing"), (6536, 6540, "transfer"),
    (7011, 7012, "travel"), (7032, 7033, "travel"), (7210, 7217, "services"), (7221, 7221, "services"),
    (7230, 7230, "personal_care"), (7251, 7251, "services"), (7261, 7261, "services"), (7273, 7273, "personal_care"),
    (7276, 7276, "taxes_gov"), (7277, 7277, "health"), (7278, 7296, "services"), (7297, 7298, "personal_care"),
    (7299, 7399, "services"), (7512, 7519, "travel"), (7523, 7523, "transport"), (7531, 7549, "auto"),
    (7622, 7699, "services"), (7829, 7829, "entertainment"), (7832, 7833, "entertainment"),
    (7841, 7841, "entertainment"),    (7911, 7996, "entertainment"), (7997, 7997, "personal_care"),
    (7998, 7999, "entertainment"), (8011, 8099, "health"),
    (8111, 8111, "services"), (8211, 8299, "education"), (8351, 8351, "childcare"), (8398, 8398, "gifts_donations"),
    (8641, 8651, "gifts_donations"), (8661, 8661, "gifts_donations"), (8675, 8675, "auto"), (8699, 8999, "services"),
    (9211, 9222, "taxes_gov"), (9223, 9223, "taxes_gov"), (9311, 9311, "taxes_gov"), (9399, 9405, "taxes_gov"),
    (9402, 9402, "services"),
)  # fmt: skip
_BY_CODE: Final = {f"{code:04d}": leaf for first, last, leaf in _RANGES for code in range(first, last + 1)}


def leaf_of(code: str) -> str | None:
    """The leaf of a four-digit code, None for an unknown one."""
    return _BY_CODE.get(code.strip().zfill(4))
