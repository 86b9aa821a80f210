# A context that opens a connection.
# red: no-side-doors
# at: finapp/assets/facade/__init__.py
import socket
