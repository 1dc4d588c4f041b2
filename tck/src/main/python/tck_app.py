"""The application that servers in Python are judged by: `uvicorn tck_app:app`.

It does what the script of a scenario says, records what happens, and judges nothing. A driver controls it over plain
HTTP of the server under test. PROTOCOL.md of the asgi4j conformance kit describes the endpoints, the operations and
the trace; the application in Java does the same. Python 3.10 or newer, standard library only, one worker process.
"""

import asyncio
import base64
import hashlib
import json
import os
import re
import sys
import tempfile
import time
import urllib.parse
import uuid
from collections.abc import Mapping, Sequence

PROTOCOL = 1
CONTROL_PREFIX = "/__tck__/"
LIFESPAN = "lifespan"
MAIN = "main"

MAX_SCENARIOS = 1_000
MAX_SCRIPT_BYTES = 4 << 20
MAX_STEPS = 1_000
MAX_DEPTH = 8
MAX_TIMES = 1_000_000
MAX_SLEEP_MS = 60_000
MAX_FILL = 64 << 20
MAX_FILES = 100
MAX_SIGNALS = 1_000
MAX_ENTRIES = 20_000
MAX_CHARACTERS = 8 << 20
MAX_KEPT_LENGTH = 16 * 1024
MAX_MESSAGE = 500
MAX_WAIT_MS = 10_000

ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
SCENARIO_PATH = re.compile(r"/t/([^/]+)(?:/.*)?", re.DOTALL)
UNTIL = re.compile(r"([a-z_]*)(?::([a-z0-9_.-]+))?(?:@([A-Za-z0-9_-]+))?(?:\*([0-9]{1,6}))?")

LAST_EVENTS = ("http.disconnect", "websocket.disconnect", "lifespan.shutdown")
DEFAULTS = {
    "http.request": {"body": b"", "more_body": False},
    "websocket.receive": {"bytes": None, "text": None},
    "websocket.disconnect": {"code": 1005, "reason": ""},
}

EPOCH = time.monotonic()


def now_ms():
    return round((time.monotonic() - EPOCH) * 1000, 3)


class ScriptError(Exception):
    """JSON that is no script."""


class UnsupportedOperations(Exception):
    """A script asks for what has no meaning in Python."""


class ScriptedError(RuntimeError):
    """What the application raises because its script says so."""


# --- values: what JSON has no form for is an object with a key that begins with a dollar sign -------------------------


class FileHandle(str):
    """The name of a file that a step makes, where an event holds the open file."""


class FilePath(str):
    """The name of a file that a step makes, where an event holds its path."""


def to_json(value):
    """The JSON form of what a server delivered, cut to a bounded length."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, FileHandle):
        return {"$file": str(value)}
    if isinstance(value, FilePath):
        return {"$path": str(value)}
    if isinstance(value, str):
        if len(value) <= MAX_KEPT_LENGTH:
            return value
        encoded = value.encode("utf-8", "replace")
        return {"$text": len(encoded), "$sha256": hashlib.sha256(encoded).hexdigest()}
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes_to_json(bytes(value))
    if isinstance(value, Fill):
        return {"$fill": value.pattern, "$len": value.length}
    if isinstance(value, Sequence):  # hypercorn's headers are neither a list nor a tuple
        return [to_json(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    return {"$repr": repr(value)[:MAX_MESSAGE]}


def bytes_to_json(value):
    if len(value) > MAX_KEPT_LENGTH:
        return {"$bytes": len(value), "$sha256": hashlib.sha256(value).hexdigest()}
    try:
        return {"$utf8": value.decode("utf-8")}
    except UnicodeDecodeError:
        return {"$b64": base64.b64encode(value).decode("ascii")}


class Fill:
    """Bytes that repeat a pattern, which only become bytes when they are sent."""

    def __init__(self, pattern, length):
        if not isinstance(pattern, str) or not pattern:
            raise ScriptError("$fill must be text that is not empty")
        if not is_int(length) or not 0 <= length <= MAX_FILL:
            raise ScriptError(f"$len is not in the range 0 to {MAX_FILL}")
        self.pattern = pattern
        self.length = length

    def to_bytes(self):
        unit = self.pattern.encode("utf-8", "replace")
        return (unit * (self.length // len(unit) + 1))[: self.length]


def from_json(node):
    """The value of a script; fills and files stay what they are until they are used."""
    if node is None or isinstance(node, (bool, str)) or is_int(node):
        return node
    if isinstance(node, list):
        return [from_json(item) for item in node]
    if not isinstance(node, dict):
        raise ScriptError(f"{node} is no whole number of 64 bits")
    first = next(iter(node), "")
    if not first.startswith("$"):
        return {key: from_json(item) for key, item in node.items()}
    if first == "$fill":
        return Fill(node[first], node.get("$len"))
    text = node[first]
    if not isinstance(text, str):
        raise ScriptError(f"{first} must be text")
    if first == "$utf8":
        return text.encode("utf-8", "replace")
    if first == "$b64":
        try:
            return base64.b64decode(text, validate=True)
        except ValueError as error:
            raise ScriptError(f"$b64: {error}") from error
    if first == "$file":
        return FileHandle(text)
    if first == "$path":
        return FilePath(text)
    raise ScriptError(f"no value is called {first}")


def is_int(value):
    return isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63


def to_sendable(value, files):
    """What the server gets: fills are spelt out, files opened."""
    if isinstance(value, Fill):
        return value.to_bytes()
    if isinstance(value, FileHandle):
        return files.open(value)
    if isinstance(value, FilePath):
        return files.path(value)
    if isinstance(value, list):
        return [to_sendable(item, files) for item in value]
    if isinstance(value, dict):
        return {key: to_sendable(item, files) for key, item in value.items()}
    return value


def holds(event, wanted):
    """Tells whether an event, ASGI's defaults filled in, has all of these entries."""
    filled = {**DEFAULTS.get(event["type"], {}), **event}
    return all(key in filled and to_sendable(value, None) == filled[key] for key, value in wanted.items())


# --- scripts ----------------------------------------------------------------------------------------------------------

REQUIRED = object()
VALUE = object()
STEPS = object()
ON_FAILURE = (("throw", "tolerate", "wrap"), "throw")
CONNECTION_SIGNAL = (("disconnected", "draining"), REQUIRED)

# for each operation its keys, and for each key its type, or the texts it may be, and what is taken where it is missing
OPERATIONS = {
    "await": {"signal": (str, REQUIRED), "on_failure": ON_FAILURE},
    "file": {"name": (str, REQUIRED), "content": (VALUE, REQUIRED)},
    "file_check": {"name": (str, REQUIRED)},
    "fork": {"name": (str, REQUIRED), "thread": (("usual", "platform"), "usual"), "steps": (STEPS, REQUIRED)},
    "join": {"fork": (str, REQUIRED), "on_failure": ON_FAILURE},
    "mutate_scope": {},
    "raise": {
        "failing": (("exception", "io", "unsupported_scope", "error"), "exception"),
        "message": (str, REQUIRED),
    },
    "receive": {"times": (int, 1), "keep": (bool, False), "on_failure": ON_FAILURE},
    "receive_until": {
        "type": (str, None),
        "where": (VALUE, {}),
        "count": (int, None),
        "summarise": (bool, False),
        "keep": (bool, False),
        "on_failure": ON_FAILURE,
    },
    "repeat": {"times": (int, 1), "steps": (STEPS, REQUIRED)},
    "reread": {},
    "return": {},
    "scope": {},
    "send": {"event": (VALUE, REQUIRED), "times": (int, 1), "summarise": (bool, False), "on_failure": ON_FAILURE},
    "sleep": {"ms": (int, REQUIRED)},
    "state_append": {"key": (str, REQUIRED), "value": (VALUE, REQUIRED)},
    "state_get": {"key": (str, REQUIRED)},
    "state_put": {"key": (str, REQUIRED), "value": (VALUE, REQUIRED)},
    "state_remove": {"key": (str, REQUIRED)},
}
JAVA_ONLY = {
    "connection_await": {"signal": CONNECTION_SIGNAL, "on_failure": ON_FAILURE},
    "connection_check": {"signal": CONNECTION_SIGNAL},
    "connection_on_set": {"signal": CONNECTION_SIGNAL, "name": (str, REQUIRED), "raise": (bool, False)},
    "interrupt": {"fork": (str, REQUIRED)},
}


class Script:
    """What the application does in a scenario: the steps of each call, those of the last one for all further calls."""

    def __init__(self, node):
        if not isinstance(node, dict) or set(node) - {"calls", "print"}:
            raise ScriptError("a script is an object with calls and, if need be, print")
        self.count = 0
        self.unsupported = set()
        self.print = check("script", "print", node.get("print", False), bool)
        calls = node.get("calls")
        if not isinstance(calls, list) or not calls:
            raise ScriptError("a script needs the steps of at least one call")
        self.calls = [self.read_steps(steps, 0) for steps in calls]
        if self.count > MAX_STEPS:
            raise ScriptError(f"a script of {self.count} steps is too long: {MAX_STEPS}")
        if self.unsupported:
            raise UnsupportedOperations(sorted(self.unsupported))

    @staticmethod
    def parse(text):
        try:
            return Script(json.loads(text))
        except (ValueError, RecursionError) as error:
            raise ScriptError(f"this is no JSON: {error}") from error

    def steps(self, call):
        return self.calls[min(call, len(self.calls) - 1)]

    def read_steps(self, nodes, depth):
        if not isinstance(nodes, list):
            raise ScriptError("the steps of a call or of a step must be an array")
        if depth > MAX_DEPTH:
            raise ScriptError(f"steps may not stand deeper than {MAX_DEPTH} inside one another")
        return [self.read_step(node, depth) for node in nodes]

    def read_step(self, node, depth):
        self.count += 1
        op = node.get("op") if isinstance(node, dict) else None
        keys = OPERATIONS.get(op, JAVA_ONLY.get(op)) if isinstance(op, str) else None
        if keys is None:
            raise ScriptError(f"no operation is called {op}")
        for key in node:
            if key != "op" and key not in keys:
                raise ScriptError(f"{op}: nothing is called {key}")
        step = {"op": op}
        for key, (expected, missing) in keys.items():
            if key in node:
                step[key] = (
                    self.read_steps(node[key], depth + 1)
                    if expected is STEPS
                    else check(op, key, node[key], expected)
                )
            elif missing is REQUIRED:
                raise ScriptError(f"{op}: {key} is missing")
            else:
                step[key] = missing
        check_step(step)
        if op in JAVA_ONLY:
            self.unsupported.add(op)
        if step.get("thread") == "platform":
            self.unsupported.add("fork.platform")
        if step.get("failing") == "error":
            self.unsupported.add("raise.error")
        return step


def check(op, key, value, expected):
    if expected is VALUE:
        return from_json(value)
    if isinstance(expected, tuple):
        if value not in expected:
            raise ScriptError(f"{op}: {key} must be one of {', '.join(expected)}")
    elif not isinstance(value, expected) or (expected is int and not is_int(value)):
        raise ScriptError(f"{op}: {key} must be {expected.__name__}")
    return value


def check_step(step):
    op = step["op"]
    for key in ("times", "count"):
        if step.get(key) is not None and not 1 <= step[key] <= MAX_TIMES:
            raise ScriptError(f"{op}: {key} {step[key]} is not in the range 1 to {MAX_TIMES}")
    if op == "receive_until" and step["type"] is None and step["count"] is None:
        raise ScriptError("receive_until needs a type or a count")
    if op == "sleep" and not 0 <= step["ms"] <= MAX_SLEEP_MS:
        raise ScriptError(f"ms {step['ms']} is not in the range 0 to {MAX_SLEEP_MS}")
    if op == "fork" and step["name"] in ("", MAIN):
        raise ScriptError(f"a fork needs a name other than {MAIN}")
    if op == "send" and not isinstance(step["event"], dict):
        raise ScriptError("send: event must be an object with plain keys")
    if op == "receive_until" and not isinstance(step["where"], dict):
        raise ScriptError("receive_until: where must be an object with plain keys")
    if op == "file" and not isinstance(step["content"], (bytes, Fill)):
        raise ScriptError("file: content must be bytes")


LIFESPAN_SCRIPT = {
    "calls": [
        [
            {"op": "receive"},
            {"op": "send", "event": {"type": "lifespan.startup.complete"}},
            {"op": "receive"},
            {"op": "send", "event": {"type": "lifespan.shutdown.complete"}},
        ]
    ],
    "print": True,
}


# --- traces -----------------------------------------------------------------------------------------------------------


class Until:
    """What the driver waits for in a trace: `kind[:type][@fork][*count]`."""

    def __init__(self, text):
        match = UNTIL.fullmatch(text)
        if not text or not match:
            raise ScriptError(f"until is not kind[:type][@fork][*count]: {text}")
        self.kind, self.event_type, self.fork = match.group(1), match.group(2), match.group(3)
        self.count = int(match.group(4) or 1)

    def matches(self, entry):
        return (
            (not self.kind or entry["kind"] in (("returned", "raised") if self.kind == "ended" else (self.kind,)))
            and (self.event_type is None or entry.get("event", {}).get("type") == self.event_type)
            and (self.fork is None or entry["fork"] == self.fork)
        )


class Trace:
    """What happened in a scenario, in the order in which it happened."""

    def __init__(self, scenario, printed):
        self.scenario = scenario
        self.printed = printed
        self.entries = []
        self.characters = 0
        self.dropped = 0
        self.added = None

    def add(self, call, fork, kind, event=None, error=None, details=None):
        entry = {"seq": len(self.entries) + self.dropped + 1, "ms": now_ms(), "call": call, "fork": fork, "kind": kind}
        if event is not None:
            entry["event"] = to_json(event)
        if error is not None:
            entry["error"] = {
                "type": f"{type(error).__module__}.{type(error).__qualname__}",
                "message": str(error)[:MAX_MESSAGE],
                "io": isinstance(error, OSError),
            }
        if details:
            entry["details"] = to_json(details)
        text = json.dumps(entry)
        if self.printed:
            print("asgi4j-tck: " + json.dumps({"scenario": self.scenario, **entry}), file=sys.stdout, flush=True)
        ends = kind in ("returned", "raised")
        if len(self.entries) < (2 * MAX_ENTRIES if ends else MAX_ENTRIES) and (
            ends or self.characters < MAX_CHARACTERS
        ):
            self.entries.append(entry)
            self.characters += len(text)
        else:
            self.dropped += 1
        if self.added:
            self.added.set()
            self.added = None

    async def wait(self, until, millis):
        """Waits for what the driver asks for; tells whether it happened in time."""
        deadline = time.monotonic() + millis / 1000
        seen = found = 0
        while True:
            found += sum(until.matches(entry) for entry in self.entries[seen:])
            seen = len(self.entries)
            left = deadline - time.monotonic()
            if found >= until.count or left <= 0:
                return found >= until.count
            self.added = self.added or asyncio.Event()
            try:
                await asyncio.wait_for(self.added.wait(), left)
            except asyncio.TimeoutError:
                pass


# --- scenarios --------------------------------------------------------------------------------------------------------


class Files:
    """The temporary files of a scenario."""

    def __init__(self):
        self.directory = None
        self.paths = {}
        self.opened = []

    def make(self, name, content):
        if name not in self.paths:
            if len(self.paths) >= MAX_FILES:
                raise OSError(f"a scenario may make {MAX_FILES} files")
            self.directory = self.directory or tempfile.mkdtemp(prefix="asgi4j-tck-")
            self.paths[name] = os.path.join(self.directory, f"file-{len(self.paths)}")
        with open(self.paths[name], "wb") as file:
            file.write(content)

    def close(self):
        for file in self.opened:
            file.close()
        for path in self.paths.values():
            os.unlink(path)
        if self.directory:
            os.rmdir(self.directory)


class CallFiles:
    """The files as one call has them, which opens each but once."""

    def __init__(self, files):
        self.files = files
        self.by_name = {}

    def open(self, name):
        if name not in self.by_name:
            if name not in self.files.paths:
                raise FileNotFoundError(name)
            self.by_name[name] = open(self.files.paths[name], "rb", buffering=0)
            self.files.opened.append(self.by_name[name])
        return self.by_name[name]

    def path(self, name):
        return self.files.paths.get(name, os.path.join(tempfile.gettempdir(), "asgi4j-tck-no-such-file"))


class Scenario:
    """A scenario from its installation to its deletion."""

    def __init__(self, name, script):
        self.script = script
        self.trace = Trace(name, script.print)
        self.files = Files()
        self.calls = 0
        self.given = set()
        self.waiting = {}
        self.closed = False
        self.pending = {}
        self.forks = set()

    async def call(self, scope, receive, send):
        call = Call(self, self.calls, scope, receive, send)
        self.calls += 1
        await call.run()

    def signal(self, name):
        if len(self.given) >= MAX_SIGNALS and name not in self.given:
            return False
        self.given.add(name)
        if name in self.waiting:
            self.waiting.pop(name).set()
        return True

    async def signalled(self, name):
        """Waits for a signal of the driver; tells whether it came, or else the scenario was deleted."""
        if name not in self.given and not self.closed:
            await self.waiting.setdefault(name, asyncio.Event()).wait()
        return name in self.given

    def close(self):
        self.closed = True
        for event in self.waiting.values():
            event.set()
        for task in self.forks:
            task.cancel()
        self.files.close()


class Call:
    """One call of the application in a scenario, with its forks."""

    def __init__(self, scenario, number, scope, receive, send):
        self.scenario = scenario
        self.number = number
        self.scope = scope
        self.receive = receive
        self.send = send
        self.files = CallFiles(scenario.files)
        self.kept = []
        self.tasks = {}

    async def run(self):
        self.trace(MAIN, "scope", self.scope, details={"thread": "task"})
        await Strand(self, MAIN).run(self.scenario.script.steps(self.number))

    def trace(self, fork, kind, event=None, error=None, details=None):
        self.scenario.trace.add(self.number, fork, kind, event, error, details)

    def fork(self, step):
        """Starts a task. What it raises is traced and goes nowhere."""
        task = asyncio.ensure_future(Strand(self, step["name"]).run(step["steps"]))
        self.tasks[step["name"]] = task
        self.scenario.forks.add(task)
        task.add_done_callback(self.forked)

    def forked(self, task):
        self.scenario.forks.discard(task)
        if not task.cancelled():
            task.exception()


class Strand:
    """Does steps one after the other: those of a call, or of one of its forks."""

    def __init__(self, call, name):
        self.call = call
        self.name = name

    def trace(self, kind, event=None, error=None, **details):
        self.call.trace(self.name, kind, event, error, details)

    async def run(self, steps):
        try:
            await self.perform(steps)
        except BaseException as error:
            self.trace("raised", error=error)
            raise
        self.trace("returned")

    async def perform(self, steps):
        """Returns false if nothing may follow."""
        for step in steps:
            if await getattr(self, "do_" + step["op"])(step) is False:
                return False
        return True

    async def attempt(self, step, failed, attempt):
        """Tries something that may wait; returns false if it failed and the script tolerates that."""
        self.call.scenario.pending[self] = {
            "call": self.call.number,
            "fork": self.name,
            "op": step["op"],
            "since_ms": now_ms(),
        }
        try:
            await attempt()
            return True
        except asyncio.CancelledError as error:
            self.trace("interrupted", error=error, op=step["op"])
            return self.failed(step, error)
        except Exception as error:
            self.trace(failed, step.get("event"), error)
            return self.failed(step, error)
        finally:
            self.call.scenario.pending.pop(self, None)

    @staticmethod
    def failed(step, error):
        on_failure = step.get("on_failure", "throw")
        if on_failure == "tolerate":
            return False
        if on_failure == "wrap":
            raise ScriptedError("wrapped by the script") from error
        raise error

    async def received(self, step):
        event = await self.call.receive()
        if step["keep"]:
            self.call.kept.append(event)
        return event

    async def do_receive(self, step):
        async def receive():
            self.trace("received", await self.received(step))

        for _ in range(step["times"]):
            await self.attempt(step, "receive_failed", receive)

    async def do_receive_until(self, step):
        async def receive():
            count = size = 0
            digest = hashlib.sha256()
            while True:
                event = await self.received(step)
                count += 1
                for value in event.values():
                    if isinstance(value, (bytes, bytearray, memoryview)):
                        size += len(value)
                        digest.update(value)
                if isinstance(event.get("text"), str):
                    text = event["text"].encode("utf-8", "replace")
                    size += len(text)
                    digest.update(text)
                last = (
                    event["type"] in LAST_EVENTS
                    or count == step["count"]
                    or (event["type"] == step["type"] and holds(event, step["where"]))
                )
                if not step["summarise"]:
                    self.trace("received", event)
                elif last:
                    self.trace("received", event, count=count, bytes=size, sha256=digest.hexdigest())
                if last:
                    return

        await self.attempt(step, "receive_failed", receive)

    async def do_send(self, step):
        try:
            event = to_sendable(step["event"], self.call.files)
        except OSError as error:
            self.trace("send_failed", step["event"], error, constructed=False)
            self.failed(step, error)
            return

        for number in range(1, step["times"] + 1):

            async def send():
                await self.call.send(dict(event))
                if not step["summarise"]:
                    self.trace("sent", step["event"])
                elif number == step["times"]:
                    self.trace("sent", step["event"], count=number)

            if not await self.attempt(step, "send_failed", send):
                return

    async def do_await(self, step):
        given = False

        async def wait():
            nonlocal given
            given = await self.call.scenario.signalled(step["signal"])
            if given:
                self.trace("signalled", signal=step["signal"])

        ended = await self.attempt(step, "raised", wait)
        return given or not ended

    async def do_sleep(self, step):
        await self.attempt(step, "raised", lambda: asyncio.sleep(step["ms"] / 1000))

    async def do_raise(self, step):
        raise OSError(step["message"]) if step["failing"] == "io" else ScriptedError(step["message"])

    async def do_return(self, step):
        return False

    async def do_fork(self, step):
        self.call.fork(step)

    async def do_join(self, step):
        async def join():
            if step["fork"] in self.call.tasks:
                await asyncio.wait([self.call.tasks[step["fork"]]])
            self.trace("joined", joined=step["fork"])

        await self.attempt(step, "raised", join)

    async def do_state_put(self, step):
        if self.state(step) is not None:
            self.state(step)[step["key"]] = to_sendable(step["value"], self.call.files)

    async def do_state_get(self, step):
        if self.state(step) is not None:
            state, key = self.state(step), step["key"]
            self.trace("state", key=key, present=key in state, value=state.get(key))

    async def do_state_remove(self, step):
        if self.state(step) is not None:
            self.state(step).pop(step["key"], None)

    async def do_state_append(self, step):
        state = self.state(step)
        if state is not None and isinstance(state.get(step["key"]), list):
            state[step["key"]].append(to_sendable(step["value"], self.call.files))
        elif state is not None:
            self.unsupported(step, f"the state holds no list under {step['key']}")

    def state(self, step):
        if "state" not in self.call.scope:
            self.unsupported(step, "the scope has no state")
        return self.call.scope.get("state")

    def unsupported(self, step, reason):
        self.trace("unsupported", op=step["op"], reason=reason)

    async def do_scope(self, step):
        self.trace("scope", self.call.scope)

    async def do_mutate_scope(self, step):
        changed = []
        if isinstance(self.call.scope.get("extensions"), dict):
            self.call.scope["extensions"]["x-tck-mutated"] = {}
            changed.append("extensions")
        if isinstance(self.call.scope.get("headers"), list):
            self.call.scope["headers"].append((b"x-tck-mutated", b"1"))
            changed.append("headers")
        if isinstance(self.call.scope.get("subprotocols"), list):
            self.call.scope["subprotocols"].append("x-tck-mutated")
            changed.append("subprotocols")
        self.trace("mutated", changed=changed)

    async def do_reread(self, step):
        for event in self.call.kept:
            writable = any(isinstance(value, (bytearray, memoryview)) for value in event.values())
            self.trace("reread", event, writable=writable)

    async def do_file(self, step):
        self.call.scenario.files.make(step["name"], to_sendable(step["content"], self.call.files))

    async def do_file_check(self, step):
        file = self.call.files.open(step["name"])
        self.trace(
            "file",
            name=step["name"],
            open=not file.closed,
            position=-1 if file.closed else file.tell(),
            size=os.path.getsize(self.call.files.path(step["name"])),
        )

    async def do_repeat(self, step):
        for _ in range(step["times"]):
            if not await self.perform(step["steps"]):
                return False


# --- the application --------------------------------------------------------------------------------------------------


class Application:
    """ASGI 3: calls go to the control endpoints or to the script of a scenario."""

    def __init__(self, lifespan):
        lifespan.print = True
        self.instance = str(uuid.uuid4())
        self.scenarios = {LIFESPAN: Scenario(LIFESPAN, lifespan)}

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan":
            await self.scenarios[LIFESPAN].call(scope, receive, send)
            return
        if scope["type"] not in ("http", "websocket"):
            raise ValueError(f"no scope of type {scope['type']} is known here")
        root = scope.get("root_path", "")
        path = scope["path"][len(root) :] if scope["path"].startswith(root) else scope["path"]
        if scope["type"] == "http" and path.startswith(CONTROL_PREFIX):
            status, answer = await self.control(scope, path[len(CONTROL_PREFIX) :].split("/"), receive)
            await respond(send, status, answer)
            return
        scenario = self.scenarios.get(scenario_id(scope, path))
        if scenario:
            await scenario.call(scope, receive, send)
        elif scope["type"] == "http":
            await respond(send, 404, {"error": f"no scenario has the path {path}"})
        else:
            await receive()
            await send({"type": "websocket.close"})

    async def control(self, scope, parts, receive):
        method = scope["method"].upper()
        try:
            if parts == ["hello"]:
                return self.hello(scope) if method == "GET" else not_allowed(method)
            if parts[0] != "scenarios" or len(parts) < 2 or not ID.fullmatch(parts[1]):
                return 404, {"error": "nothing is here"}
            if len(parts) == 2 and method == "PUT":
                return self.install(parts[1], await read_body(receive))
            if len(parts) == 2:
                return self.delete(parts[1]) if method == "DELETE" else not_allowed(method)
            if len(parts) == 4 and parts[2] == "signals" and ID.fullmatch(parts[3]):
                return self.signal(parts[1], parts[3]) if method == "POST" else not_allowed(method)
            if len(parts) == 3 and parts[2] == "trace":
                query = dict(urllib.parse.parse_qsl(scope["query_string"].decode("latin-1")))
                return await self.trace(parts[1], query) if method == "GET" else not_allowed(method)
            return 404, {"error": "nothing is here"}
        except UnsupportedOperations as error:
            operations = error.args[0]
            return 422, {
                "error": f"an application in Python cannot do {', '.join(operations)}",
                "unsupported": operations,
            }
        except (ScriptError, ValueError) as error:
            return 400, {"error": str(error)}

    def hello(self, scope):
        return 200, {
            "protocol": PROTOCOL,
            "application": "asgi4j-tck-python",
            "language": "python " + sys.version.split()[0],
            "instance": self.instance,
            "now_ms": now_ms(),
            "asgi_version": scope.get("asgi", {}).get("version", "2.0"),
            "spec_version": scope.get("asgi", {}).get("spec_version", "2.0"),
            "operations": list(OPERATIONS),
            "extensions": list(scope.get("extensions") or {}),
            "lifespan": self.scenarios[LIFESPAN].trace.entries,
        }

    def install(self, name, text):
        script = Script.parse(text)
        if len(self.scenarios) >= MAX_SCENARIOS:
            return 429, {"error": f"there are {MAX_SCENARIOS} scenarios; delete some"}
        if name in self.scenarios:
            return 409, {"error": f"there is a scenario called {name}"}
        self.scenarios[name] = Scenario(name, script)
        return 201, {}

    def delete(self, name):
        if name == LIFESPAN or name not in self.scenarios:
            return unknown(name)
        self.scenarios.pop(name).close()
        return 200, {}

    def signal(self, name, signal):
        if name not in self.scenarios:
            return unknown(name)
        if not self.scenarios[name].signal(signal):
            return 429, {"error": f"there are {MAX_SIGNALS} signals in this scenario"}
        return 200, {}

    async def trace(self, name, query):
        scenario = self.scenarios.get(name)
        if not scenario:
            return unknown(name)
        wait = min(max(int(query.get("wait_ms", "0")), 0), MAX_WAIT_MS)
        satisfied = "until" not in query or await scenario.trace.wait(Until(query["until"]), wait)
        after = int(query.get("after", "0"))
        return 200, {
            "satisfied": satisfied,
            "now_ms": now_ms(),
            "dropped": scenario.trace.dropped,
            "pending": list(scenario.pending.values()),
            "entries": [entry for entry in scenario.trace.entries if entry["seq"] > after],
        }


def not_allowed(method):
    return 405, {"error": f"{method} is not for this"}


def unknown(name):
    return 404, {"error": f"no scenario is called {name}"}


def scenario_id(scope, path):
    for name, value in scope["headers"]:
        if name.lower() == b"x-tck-scenario":
            return value.decode("latin-1")
    match = SCENARIO_PATH.fullmatch(path)
    return match.group(1) if match else None


async def read_body(receive):
    body = b""
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise ScriptError("the driver went before its script was here")
        body += event.get("body", b"")
        if len(body) > MAX_SCRIPT_BYTES:
            raise ScriptError(f"a script has at most {MAX_SCRIPT_BYTES} bytes")
        if not event.get("more_body", False):
            return body


async def respond(send, status, answer):
    body = json.dumps(answer).encode("ascii")
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode("ascii")),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def lifespan_of_environment():
    text = os.environ.get("ASGI4J_TCK_LIFESPAN")
    return Script.parse(text) if text else Script(LIFESPAN_SCRIPT)


app = Application(lifespan_of_environment())
