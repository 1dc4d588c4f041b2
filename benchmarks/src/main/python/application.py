"""The measured application, for ASGI servers in Python."""

import asyncio
import os

HELLO = b"Hello, world!"
CHUNK = b"x" * 1024
CHUNKS = 64
PART_SIZE = 64 * 1024
BLOCK = 0.005  # seconds

TEXT = (b"content-type", b"text/plain")
JSON = (b"content-type", b"application/json")
BINARY = (b"content-type", b"application/octet-stream")


def application(file):
    """Returns an application that sends the file at that path."""
    members = set()

    async def call(scope, receive, send):
        if scope["type"] == "http":
            await answer(scope, receive, send)
        elif scope["type"] == "websocket":
            await talk(scope, receive, send)
        else:
            raise ValueError(scope["type"])

    async def answer(scope, receive, send):
        path = scope["path"]
        if path == "/hello":
            await respond(send, TEXT, HELLO)
        elif path == "/json":
            language = field(scope, b"accept-language") or b""
            await respond(send, JSON, b'{"message":"Hello, world!","language":"' + language + b'"}')
        elif path == "/echo":
            await echo(scope, receive, send)
        elif path == "/stream":
            await send({"type": "http.response.start", "status": 200, "headers": [TEXT]})
            for i in range(1, CHUNKS + 1):
                await send({"type": "http.response.body", "body": CHUNK, "more_body": i < CHUNKS})
        elif path == "/file":
            await send_file(send)
        elif path == "/block":
            await asyncio.sleep(BLOCK)
            await respond(send, TEXT, HELLO)
        else:
            await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body"})

    async def echo(scope, receive, send):
        length = field(scope, b"content-length")
        headers = [BINARY] if length is None else [BINARY, (b"content-length", length)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        more = True
        while more:
            event = await receive()
            if event["type"] != "http.request":
                return
            more = event.get("more_body", False)
            await send({"type": "http.response.body", "body": event.get("body", b""), "more_body": more})

    async def send_file(send):
        with open(file, "rb", buffering=0) as content:
            left = os.fstat(content.fileno()).st_size
            headers = [BINARY, (b"content-length", b"%d" % left)]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            while left > 0:
                part = content.read(PART_SIZE)
                left -= len(part)
                await send({"type": "http.response.body", "body": part, "more_body": left > 0})

    async def talk(scope, receive, send):
        await receive()
        await send({"type": "websocket.accept"})
        if scope["path"] == "/broadcast":
            await broadcast(receive, send)
        else:
            while (event := await receive())["type"] == "websocket.receive":
                await send(said(event))

    async def broadcast(receive, send):
        members.add(send)
        try:
            while (event := await receive())["type"] == "websocket.receive":
                message = said(event)
                for member in list(members):
                    await member(message)
        finally:
            members.discard(send)

    return call


def field(scope, name):
    for key, value in scope["headers"]:
        if key == name:
            return value
    return None


async def respond(send, content_type, body):
    headers = [content_type, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def said(event):
    if event.get("text") is not None:
        return {"type": "websocket.send", "text": event["text"]}
    return {"type": "websocket.send", "bytes": event["bytes"]}
