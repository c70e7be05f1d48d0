from jinja2 import Environment, FileSystemLoader

templates = Environment(loader=FileSystemLoader("templates"))
print(templates.get_template("page.html").render())
print(templates.get_template("mail/receipt.txt").render(total=12.5))
