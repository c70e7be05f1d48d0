import os

from shop import mail  #= dev import shop
from tests.conftest import thing
import subprocess

password = os.environ["MAIL_TEST_PASSWORD"]  #= dev required MAIL_TEST_PASSWORD
subprocess.run(["smtpd"])  #= dev program smtpd
