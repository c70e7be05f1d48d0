from jinja2 import Template

FORMULAS = {"bolt": "total = net * 1.19", "book": "total = net * 1.07"}


def priced(kind, net):
    exec(FORMULAS[kind])
    return locals()["total"]


for kind in FORMULAS:
    print(Template("{{ kind }}: {{ '%.2f' % total }}").render(kind=kind, total=priced(kind, 12.5)))
