"""The window site as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "baken.sites.window.settings"
application = get_wsgi_application()
