"""Django's own command line, for developers; users have `safepassage`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safepassage.web.settings")
    execute_from_command_line(sys.argv)
