"""Stands between a door agent and the town, as an attacker might, and keeps what it sees."""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class RecordingProxy:
    """Passes every POST on to `url`; `requests` are (path, headers, body, status), in order."""

    def __init__(self, url):
        self.requests = []
        recording = self
        self.town = urlsplit(url)

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = dict(self.headers.items())
                status, answer = send(recording.town, self.path, headers, body)
                recording.requests.append((self.path, headers, body, status))
                try:
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(answer)))
                    self.end_headers()
                    self.wfile.write(answer)
                except OSError:
                    self.close_connection = True

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def point_to(self, url):
        """The town is there from now on."""
        self.town = urlsplit(url)

    def send_again(self, path, headers, body):
        """The status that the town gives a request of the attacker's."""
        return send(self.town, path, headers, body)[0]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def send(town, path, headers, body):
    connection = http.client.HTTPConnection(town.hostname, town.port, timeout=40)
    try:
        kept = {name: value for name, value in headers.items()
                if name.lower() not in ("host", "content-length", "connection")}
        connection.request("POST", path, body, kept)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except OSError:
        return 502, b"{}"
    finally:
        connection.close()
