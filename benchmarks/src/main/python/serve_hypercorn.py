"""Serves the measured application on hypercorn: serve_hypercorn.py PORT LOOPS FILE. It has one event loop in each process."""

import asyncio
import sys

import uvloop
from hypercorn.asyncio import serve
from hypercorn.config import Config

from application import application


def read_first(application):
    """Begins to read a request before it is answered, or this version of hypercorn closes the connection after the answer."""

    async def call(scope, receive, send):
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        read = [await receive()]

        async def receive_next():
            return read.pop() if read else await receive()

        await application(scope, receive_next, send)

    return call


port, loops, file = sys.argv[1:]
if loops != "1":
    sys.exit("an application that is not named by a string runs in one process")
config = Config()
config.bind = [f"127.0.0.1:{port}"]
config.loglevel = "ERROR"  # it warns of applications without lifespan
uvloop.install()
asyncio.run(serve(read_first(application(file)), config))
