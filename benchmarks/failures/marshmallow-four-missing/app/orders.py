from marshmallow import Schema, fields


def schema():
    return Schema.from_dict({"sku": fields.String(required=True), "quantity": fields.Integer(missing=1)})()


print(schema().load({"sku": "A-17"}))
