from fastapi.testclient import TestClient

from service import app

answer = TestClient(app).post("/contact", data={"subject": "hello", "body": "where is my order"})
assert answer.status_code == 200, answer.text
print(answer.json())
