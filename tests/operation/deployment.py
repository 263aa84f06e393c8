"""Installs the product as deploy/ says, in a fresh folder against PostgreSQL and nginx on loopback (`make deploy-test`).

Installs, serves through nginx with TLS, restarts without losing a word, upgrades a database of 1.1.0, and restores a
backup. Packages are those of the folder that runs it. Ends with 0 and a line for each thing that holds, or with 1.
"""

import http.client
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
HOST = "survey.example.org"
LOAD_1_1_0 = (
    "import django; django.setup()\n"
    "from tests.upgrade.stored import read_stored, build_schema, load_rows\n"
    "stored = read_stored()\n"
    "load_rows(build_schema(stored.migrations), stored.rows)\n"
)
COUNT = (
    "import django; django.setup()\n"
    "from survey.models import Response, Item\n"
    "print(Response.objects.count(), Item.objects.count())\n"
)


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def holds(what: str, found: Any, expected: Any) -> None:
    """Say that something is as it should be, or end."""
    if found != expected:
        raise SystemExit(f"FAILED {what}: {found!r} instead of {expected!r}")
    print(f"ok     {what}", flush=True)


class Site:
    """An installation in a folder, with ports and a database of its own."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.database = folder, database
        self.http, self.https, self.web = free_port(), free_port(), free_port()
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in ("DEBUG", "DATABASE_URL")},
            "KEEP_PACKAGES": "1", "UPSTREAM": f"127.0.0.1:{self.web}", "BIND": f"127.0.0.1:{self.web}",
            "HTTP_PORT": f"127.0.0.1:{self.http}", "HTTPS_PORT": f"127.0.0.1:{self.https}", "WEB_WORKERS": "2",
            "CERTIFICATE": str(folder / "certificate.pem"), "CERTIFICATE_KEY": str(folder / "key.pem"),
            "ACCESS_LOG": str(folder / "access.log"),
        }  # fmt: skip

    def run(self, *command: str, **more: str) -> str:
        """Output of a command in the folder of the site; ends where it fails."""
        environment = {**self.environment, **more}
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"FAILED {' '.join(command)}: {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def manage(self, *arguments: str, **more: str) -> str:
        return self.run(".venv/bin/python", "manage.py", *arguments, **more)

    def python(self, script: str, **more: str) -> str:
        return self.run(".venv/bin/python", "-c", script, DJANGO_SETTINGS_MODULE="config.settings", **more)

    def unit(self, name: str) -> list[str]:
        """The command of a service, as systemd would run it."""
        lines = (self.folder / "var/deploy" / f"{name}.service").read_text("utf-8").splitlines()
        return next(line.removeprefix("ExecStart=") for line in lines if line.startswith("ExecStart=")).split()

    @contextmanager
    def service(self, name: str) -> Iterator[subprocess.Popen[bytes]]:
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(self.unit(name), cwd=self.folder, env=self.environment, stdout=log, stderr=log)
            try:
                yield process
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(120)

    @contextmanager
    def nginx(self) -> Iterator[None]:
        """The site's nginx.conf within the least that nginx needs around it."""
        folder = self.folder / "nginx"
        folder.mkdir()
        around = (
            f"pid {folder}/pid; error_log {folder}/error.log; worker_processes 1; events {{}}\n"
            f"http {{ include /etc/nginx/mime.types; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;\n"
            f"fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
            f"include {self.folder}/var/deploy/nginx.conf; }}\n"
        )
        (folder / "nginx.conf").write_text(around, "utf-8")
        process = subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf"), "-g", "daemon off;"])
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)

    def ask(self, path: str, *, method: str = "GET", port: int = 0, body: str = "") -> http.client.HTTPResponse:
        context = ssl.create_default_context(cafile=str(self.folder / "certificate.pem"))
        context.check_hostname = False
        made: http.client.HTTPConnection = (
            http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            if port
            else http.client.HTTPSConnection("127.0.0.1", self.https, timeout=120, context=context)
        )
        with closing(made):
            made.request(method, path, body or None, {"Host": HOST})
            reply = made.getresponse()
            reply.body = reply.read()  # type: ignore[attr-defined]
            return reply

    def wait_for(self, path: str, status: int, seconds: int = 120) -> None:
        """Until nginx and web server are there."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                if self.ask(path).status == status:
                    return
            except OSError:
                pass
            time.sleep(0.5)
        logs = "\n".join(file.read_text("utf-8")[-3000:] for file in self.folder.glob("*.log"))
        raise SystemExit(f"FAILED {path} was not answered with {status} within {seconds} s\n{logs}")


def database(name: str) -> str:
    """An empty database of the server, in place of one of an earlier run; its address."""
    for statement in (f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"'):
        subprocess.run(["psql", SERVER, "-qc", statement], check=True)
    return f"{SERVER.rpartition('/')[0]}/{name}"


def copy_of_the_program(folder: Path) -> None:
    """The files of the product as they stand, and the packages of this folder."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\n")  # fmt: skip
    for name in filter(None, listed):
        target = folder / name
        if (ROOT / name).is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)
    (folder / ".venv").unlink(missing_ok=True)
    (folder / ".venv").symlink_to((ROOT / ".venv").resolve())


def certificate(folder: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj"]
    out = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run([*command, f"/CN={HOST}", *out], check=True, capture_output=True)


def serves(site: Site) -> None:
    """Through nginx, with TLS, and with nothing told that is not for everybody."""
    site.wait_for("/healthz/live", 200)
    plain = site.ask("/", port=site.http)
    holds("plain http is led to https", (plain.status, plain.headers["Location"]), (301, f"https://{HOST}/"))
    home = site.ask("/")
    holds(
        "the home page is served",
        (home.status, "HSTS" if home.headers["Strict-Transport-Security"] else ""),
        (200, "HSTS"),
    )
    text = home.body.decode()  # type: ignore[attr-defined]
    style = text.split('rel="stylesheet" href="')[1].split('"')[0]
    holds("its stylesheet is served", site.ask(style).status, 200)
    holds("the office asks for a login", site.ask("/admin/").status, 302)
    holds("figures are not on the site", site.ask("/metrics").status, 404)
    ready = site.ask("/healthz/ready")
    holds("it is ready, with workers", json.loads(ready.body)["worker"], "ok")  # type: ignore[attr-defined]
    lines = (site.folder / "tongdian-web.log").read_text("utf-8").splitlines()
    logged = [line for line in lines if line.startswith("{")]
    holds("its log is JSON", all("request" in json.loads(line) for line in logged), True)


def main() -> None:
    for program in ("nginx", "psql", "pg_dump", "openssl"):
        if shutil.which(program) is None:
            raise SystemExit(f"{program} is not installed: nothing was tried.")
    with tempfile.TemporaryDirectory(prefix="tongdian-deploy-") as made:
        # nginx that root starts serves as another user, who reads the page for the moments without a web server.
        Path(made).chmod(0o755)
        folder = Path(made) / "site"
        folder.mkdir()
        copy_of_the_program(folder)
        certificate(folder)
        site = Site(folder, database("tongdian_deploy"))
        site.run("deploy/install", HOST, site.database)
        holds("keys are readable by their owner alone", (folder / ".env").stat().st_mode & 0o777, 0o600)
        before = (folder / ".env").read_bytes()
        site.run("deploy/install", HOST)
        holds("installing again keeps the keys", (folder / ".env").read_bytes(), before)
        with site.nginx():
            workers = site.service("tongdian-worker"), site.service("tongdian-proofs")
            with site.service("tongdian-web") as web, workers[0], workers[1]:
                site.wait_for("/healthz/live", 200)
                wait_for_worker(site)
                serves(site)
                web.send_signal(signal.SIGHUP)
                holds("a reload answers all the while", {site.ask("/healthz/live").status for _ in range(20)}, {200})
            away = site.ask("/", method="POST", body="access_code=x")
            holds("without a web server nginx says 503", (away.status, away.headers["Retry-After"]), (503, "30"))
        upgrade(site)
        restore(site)
    print("The installation holds.")


def wait_for_worker(site: Site) -> None:
    until = time.monotonic() + 60
    while json.loads(site.ask("/healthz/ready").body).get("worker") != "ok":  # type: ignore[attr-defined]
        if time.monotonic() > until:
            raise SystemExit("FAILED no worker of each kind within 60 s")
        time.sleep(1)


def upgrade(site: Site) -> None:
    """A database of 1.1.0 under the program of today."""
    old = database("tongdian_deploy_old")
    site.python(LOAD_1_1_0, DATABASE_URL=old)
    responses = site.python("import django; django.setup()\nfrom django.db import connection as c\nk = c.cursor()\n"
                            "k.execute('select count(*) from survey_response'); print(k.fetchone()[0])", DATABASE_URL=old)  # fmt: skip
    site.run("deploy/upgrade", NO_SERVICES="1", NO_BACKUP="1", DATABASE_URL=old)
    site.manage("migrate", "--check", DATABASE_URL=old)
    holds(
        "a database of 1.1.0 is upgraded with every response",
        site.python(COUNT, DATABASE_URL=old).split()[0],
        responses.strip(),
    )


def restore(site: Site) -> None:
    """A backup of the upgraded database in an empty one."""
    old, new = f"{SERVER.rpartition('/')[0]}/tongdian_deploy_old", database("tongdian_deploy_new")
    key = site.folder / "backup.key"
    made = site.manage("make_backup_key", str(key))
    public = made.split("BACKUP_RECIPIENTS=")[1].split()[0]
    site.manage("backup", "--recipient", public, DATABASE_URL=old)
    [backup] = (site.folder / "var/backups").glob("*.age")
    site.manage("verify_backup", str(backup), "--identity", str(key))
    site.manage("restore", str(backup), "--identity", str(key), DATABASE_URL=new)
    holds("a backup is restored whole", site.python(COUNT, DATABASE_URL=new), site.python(COUNT, DATABASE_URL=old))


if __name__ == "__main__":
    main()
