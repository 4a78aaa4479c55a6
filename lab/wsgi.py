"""WSGI entry: `gunicorn lab.wsgi`. Production settings unless told otherwise."""

import os

from django.core.wsgi import get_wsgi_application

from core.incoming import utf8_only

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lab.settings.production")
application = utf8_only(get_wsgi_application())
