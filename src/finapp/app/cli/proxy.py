"""A reverse-proxy configuration from the catalogue, for deployments that put one before lifted contexts."""

from collections.abc import Mapping

from finapp.app.catalogue import PLUGS
from finapp.platform.identity import API


def nginx(front: str, elsewhere: Mapping[str, str]) -> str:
    """The `server` block of nginx that gives every context one base URL. Paths between processes are not passed on."""
    locations = [
        f"    location ~ ^{API}/({'|'.join(plug.paths)})(/|$) {{ proxy_pass {elsewhere[plug.name]}; }}"
        for plug in PLUGS
        if plug.name in elsewhere
    ]
    return "\n".join(
        [
            "server {",
            "    listen 80;",
            "    client_max_body_size 512m;",
            "    client_body_timeout 30s;",
            "    client_header_timeout 10s;",
            "    proxy_request_buffering off;",
            "    proxy_set_header Host $http_host;",
            "    location /internal/ { return 404; }",
            *locations,
            f"    location / {{ proxy_pass {front}; }}",
            "}",
        ]
    )
