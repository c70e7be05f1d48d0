"""What the suite needs from the machine, and the one policy for when it is not there.

A fixture that needs a service asks `required`: under CI=true a missing service fails the test, elsewhere
it is skipped and says why. No other place skips.
"""

from __future__ import annotations

from hypothesis import settings

pytest_plugins = ["tests.skips", "tests.services", "tests.images.fixtures"]

# A shared machine stalls now and then: how long one example takes is no property of the code.
settings.register_profile("parity", deadline=None)
settings.load_profile("parity")
