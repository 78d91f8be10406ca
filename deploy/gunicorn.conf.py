"""How the web server runs, on one machine and in the container alike."""

import os
import signal
from typing import Any

from kontum_tthc.processes import end_with

# Pages are CPU-bound: one sync process a core is as fast as any mix of threads (more than two threads a process collapse),
# and a proxy in front buffers slow clients.
wsgi_app = "kontum_tthc.wsgi:application"
workers = int(os.environ.get("KONTUM_WEB_WORKERS") or 2)
worker_class = "sync"
preload_app = True  # refused settings stop the master once, instead of every worker for ever
timeout = 60
graceful_timeout = 10
max_requests = 5000
max_requests_jitter = 500
accesslog = "-"
# Without the question of an address: it may hold a name somebody searched for. The last word is the request's id.
access_log_format = '%(h)s %(t)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms %({x-request-id}o)s'
control_socket_disable = True


def post_fork(server: Any, worker: Any) -> None:
    """A worker whose master was killed would keep the port for half a minute."""
    end_with(server.pid, signal.SIGKILL)
