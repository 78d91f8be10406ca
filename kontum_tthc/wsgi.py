"""The web server's entry."""

import os

from django.core.wsgi import get_wsgi_application

from kontum_tthc.checks import refuse_to_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontum_tthc.settings")

application = get_wsgi_application()
refuse_to_start()
