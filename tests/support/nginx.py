"""The town's nginx site on loopback: Debian's nginx with systemd/nginx-creneau.conf, of which only
ports, certificate and paths are others, and a client that speaks TLS to it."""

import getpass
import http.client
import re
import socket
import ssl
from pathlib import Path

from api_client import ApiClient
from processes import Process, run, wait_for

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "systemd/nginx-creneau.conf"
NAME = "salles.example.org"
URL = f"https://{NAME}"

MAIN = """\
daemon off;
worker_processes 1;
user {user};
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Nginx:
    """Runs until stopped; `api_port` is where it looks for the API."""

    def __init__(self, folder, api_port):
        self.folder = Path(folder)
        self.folder.mkdir()
        self.http_port, self.https_port = free_port(), free_port()
        self.certificate = self.folder / "certificate.pem"
        run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
             "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
             "-addext", f"subjectAltName=DNS:{NAME},IP:127.0.0.1", "-keyout",
             self.folder / "key.pem", "-out", self.certificate])
        (self.folder / "site.conf").write_text(self.rewritten(SITE.read_text(), api_port))
        main = self.folder / "nginx.conf"
        main.write_text(MAIN.format(user=getpass.getuser(), folder=self.folder))
        self.process = Process("nginx", ["/usr/sbin/nginx", "-p", self.folder, "-c", main, "-e",
                                         self.folder / "error.log"], self.folder)
        wait_for(lambda: self.accepts() or not self.process.alive(), what="nginx")
        if not self.process.alive():
            raise AssertionError((self.folder / "error.log").read_text())

    def rewritten(self, text, api_port):
        """Each place that has to be another is there; nothing else changes."""
        for pattern, instead, times in (
                (r"listen 80;", f"listen 127.0.0.1:{self.http_port};", 1),
                (r"listen 443 ssl", f"listen 127.0.0.1:{self.https_port} ssl", 1),
                (r" *listen \[::\]:(80|443 ssl http2);\n", "", 2),
                (r"server 127\.0\.0\.1:8080;", f"server 127.0.0.1:{api_port};", 1),
                (r"/etc/letsencrypt/live/\S+/fullchain\.pem", str(self.certificate), 1),
                (r"/etc/letsencrypt/live/\S+/privkey\.pem", f"{self.folder}/key.pem", 1),
                (r"/var/log/nginx/", f"{self.folder}/", 4)):
            text, found = re.subn(pattern, instead, text)
            assert found == times, f"{pattern} stands {found} times in {SITE}"
        return text

    def accepts(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.https_port)) == 0

    def logs(self):
        """Everything that nginx wrote."""
        return "".join(file.read_text(errors="replace") for file in self.folder.glob("*.log"))

    def trusting(self):
        """A TLS context that knows the certificate."""
        return ssl.create_default_context(cafile=self.certificate)

    def connect(self, source="127.0.0.1", context=None):
        """A TLS connection from an address of this machine."""
        plain = socket.create_connection(("127.0.0.1", self.https_port), 20, (source, 0))
        return (context or self.trusting()).wrap_socket(plain, server_hostname=NAME)

    def exchange(self, data, source="127.0.0.1"):
        """The statuses of all answers to raw bytes, until nginx closes, and what it wrote."""
        answer = b""
        with self.connect(source) as connection:
            try:
                connection.sendall(data)
            except (BrokenPipeError, ConnectionResetError, ssl.SSLEOFError):
                pass  # refused before all of it was read
            try:
                while piece := connection.recv(65536):
                    answer += piece
            except (ConnectionResetError, ssl.SSLEOFError):
                pass  # closed on bytes that it did not read
        return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", answer)], answer

    def client(self, source="127.0.0.1"):
        return NginxClient(self, source)

    def in_clear(self, method, path, source="127.0.0.1"):
        """A request to the port without TLS: (status, headers, body)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.http_port, timeout=20,
                                                source_address=(source, 0))
        try:
            connection.request(method, path, headers={"Host": NAME})
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def stop(self):
        return self.process.stop()


class NginxClient(ApiClient):
    """A neighbour: a browser on the town's pages, from one address."""

    def __init__(self, nginx, source):
        super().__init__(URL)
        self._nginx = nginx
        self._source = source

    def connection(self):
        connection = http.client.HTTPConnection(NAME, timeout=30)
        connection.sock = self._nginx.connect(self._source)
        return connection
