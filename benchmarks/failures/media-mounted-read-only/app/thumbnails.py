import os
import tempfile


def store(name, content, place="/srv/media"):
    handle, path = tempfile.mkstemp(dir=place, prefix=".incoming-")
    with os.fdopen(handle, "wb") as out:
        out.write(content)
    os.replace(path, os.path.join(place, name))


store("a-17.webp", b"RIFF")
print(sorted(os.listdir("/srv/media")))
