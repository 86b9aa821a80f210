# A context that opens a connection.
# red: no-side-doors
# at: finapp/assets/facade.py
import socket
