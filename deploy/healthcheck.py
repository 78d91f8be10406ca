"""The container's health check: asks /readyz as the proxy would, under a name the server answers to."""

import http.client
import os
import sys

host = os.environ.get("KONTUM_HOSTS", "localhost").split(",")[0].strip()
try:
    connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=4)
    connection.request("GET", "/readyz", headers={"Host": host, "X-Forwarded-Proto": "https"})
    sys.exit(connection.getresponse().status != http.client.OK)
except OSError as error:
    sys.exit(str(error))
