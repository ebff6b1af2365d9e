"""As much of an editor as it takes to ask a language server about a file."""

import json
import subprocess
from pathlib import Path
from typing import Any, Self

Message = dict[str, Any]


class Editor:
    """Talks with a language server over its standard streams, one question at a time."""

    def __init__(self, command: list[str], folder: Path, env: dict[str, str]) -> None:
        """Start the server on a folder."""
        self._server = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder, env=env
        )
        self._asked = 0
        self._told: list[Message] = []
        capabilities = {"textDocument": {"completion": {}, "hover": {"contentFormat": ["markdown"]}}}
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": capabilities})
        self._send({"method": "initialized", "params": {}})
        settings = {"yaml": {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}}
        self._send({"method": "workspace/didChangeConfiguration", "params": {"settings": settings}})

    def __enter__(self) -> Self:
        """Use it for a block."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the server."""
        self._server.kill()
        self._server.communicate()

    def open(self, path: Path, text: str) -> list[Message]:
        """Show a text as the contents of a file, and return what the server finds wrong in it."""
        self._told.clear()
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while True:
            for message in self._told:
                about = message["params"]
                if message["method"] == "textDocument/publishDiagnostics" and about["uri"] == path.as_uri():
                    return list(about["diagnostics"])
            self._take(self._receive())

    def at(self, question: str, path: Path, line: int, character: int) -> Any:  # noqa: ANN401 - whatever the server says
        """Ask about a place in a file: `completion` or `hover`."""
        place = {"line": line, "character": character}
        return self.ask(f"textDocument/{question}", {"textDocument": {"uri": path.as_uri()}, "position": place})

    def ask(self, method: str, params: Message) -> Any:  # noqa: ANN401 - whatever the server says
        """Send a question and return the answer."""
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._asked and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            self._take(message)

    def _take(self, message: Message) -> None:
        """Keep what the server tells, and answer what it asks with nothing."""
        if "id" in message and "method" in message:
            items = message.get("params", {}).get("items", [])
            self._send({"id": message["id"], "result": [None] * len(items) or None})
        elif "method" in message:
            self._told.append(message)

    def _send(self, message: Message) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._server.stdin is not None
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self._server.stdin.flush()

    def _receive(self) -> Message:
        assert self._server.stdout is not None
        length = 0
        while line := self._server.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the server has ended"
        message: Message = json.loads(self._server.stdout.read(length))
        return message
