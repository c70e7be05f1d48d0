from simpleeval import simple_eval

RULES = {"spring": "total * 0.1 if total > 50 else 0"}

for name, rule in RULES.items():
    print(name, simple_eval(rule, names={"total": 80}))
