#!/bin/sh
# `manage.py check --deploy` with the settings .env.example gives a server, and a secret of its own. Usage: check_production.sh PYTHON
set -eu
set -a
. ./.env.example
KONTUM_SECRET_KEY=$("$1" -c 'import secrets; print(secrets.token_urlsafe(60))')
DATABASE_URL=postgresql://kontum@postgres/kontum
REDIS_URL=redis://valkey:6379
set +a
exec "$1" manage.py check --deploy --fail-level WARNING
