# Tokens are made in one file of platform.
# red: no-side-doors
# at: finapp/auth/facade/__init__.py
from jose import jwt
