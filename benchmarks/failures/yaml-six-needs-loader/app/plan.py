import yaml


def plan(path):
    with open(path) as stream:
        return yaml.load(stream)


print(plan("plan.yaml")["steps"])
