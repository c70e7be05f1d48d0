from typing import Annotated

from fastapi import FastAPI, Form

app = FastAPI()


@app.post("/contact")
def contact(subject: Annotated[str, Form()], body: Annotated[str, Form()]):
    return {"subject": subject, "length": len(body)}
