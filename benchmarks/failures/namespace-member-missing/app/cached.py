from jaraco.classes.properties import NonDataProperty


class Catalogue:
    @NonDataProperty
    def size(self):
        from jaraco.functools import once

        return once(lambda: 42)()


print(Catalogue().size)
