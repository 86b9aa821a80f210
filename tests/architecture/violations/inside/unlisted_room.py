# A room that no other context has.
# red: inside
# at: finapp/assets/helpers.py
import decimal
