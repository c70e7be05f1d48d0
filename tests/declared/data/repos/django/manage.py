import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings.production")  #= default DJANGO_SETTINGS_MODULE
from django.core.management import execute_from_command_line  #= import django.core.management
