from distutils.version import LooseVersion

import attrs


@attrs.frozen
class Scale:
    serial: str
    firmware: str


scales = [Scale("S-1", "2.9"), Scale("S-2", "2.10.1")]
print([one.serial for one in scales if LooseVersion(one.firmware) < LooseVersion("2.10")])
