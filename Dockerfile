# Three images from one file: `runtime` (web, worker, beat, migrate) and `proxy`; `build` makes what both carry.

FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY requirements requirements
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement requirements/demo.txt
COPY package.json package-lock.json .npmrc ./
COPY . .
RUN python -m tools.assets && python -m tools.messages compile && python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf node_modules assets && python -m compileall -q .

FROM python:3.11-slim-bookworm AS packages
RUN python -m venv /venv
COPY requirements/base.txt .
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement base.txt

FROM python:3.11-slim-bookworm AS runtime
RUN useradd --uid 10001 --no-create-home --home-dir /data kontum && install -d -o kontum -g kontum -m 0750 /data
COPY --from=packages /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 KONTUM_DATA_DIR=/data
USER kontum
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "deploy/healthcheck.py"]
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", "0.0.0.0:8000"]

FROM nginx:1.28-alpine AS proxy
COPY deploy/nginx.conf.template /etc/nginx/templates/default.conf.template
COPY --from=build /app/staticfiles /srv/static
ENV NGINX_ENVSUBST_FILTER=^KONTUM_
HEALTHCHECK --interval=15s --timeout=5s CMD ["wget", "-q", "--no-check-certificate", "-O", "/dev/null", "https://127.0.0.1/static/staticfiles.json"]
