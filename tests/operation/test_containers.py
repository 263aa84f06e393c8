"""What containers, services and nginx are told is there: files, commands, settings, names and versions.

No image is built here; what a build or a start would stumble over is looked up instead.
"""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from config.worker import Worker
from survey.views.operation.health import PROBES

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
IMAGE = (DEPLOY / "Containerfile").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
TOLD = {path.name: path.read_text("utf-8") for path in [*DEPLOY.rglob("*")] if path.is_file()}
OF_THE_SYSTEM = {"PATH", "PYTHONUNBUFFERED", "MALLOC_ARENA_MAX"}


def instructions(word: str) -> list[str]:
    """What follows an instruction of the Containerfile, lines that go on joined."""
    return re.findall(rf"^{word} (.*)$", IMAGE.replace("\\\n", " "), re.MULTILINE)


def copied() -> set[str]:
    """Everything that the image takes from this folder."""
    return {source for line in instructions("COPY") for source in line.split()[:-1]}


def of_the_program() -> dict[str, dict[str, Any]]:
    return {name: service for name, service in SERVICES.items() if service.get("image") == "tongdian:local"}


def test_everything_that_the_image_copies_is_there() -> None:
    assert {name for name in copied() if not (ROOT / name).exists()} == set()
    left_out = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert copied() & {name.strip("/") for name in left_out} == set()


def test_image_has_every_folder_that_the_program_reads() -> None:
    sources = [
        path.read_text("utf-8") for room in ("survey", "config", "deploy") for path in (ROOT / room).rglob("*.py")
    ]
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")} - {"var"}
    text = "\n".join(sources)
    imported = set(re.findall(r"^\s*(?:from|import) (\w+)", text, re.MULTILINE)) & folders
    named = set(re.findall(r'BASE_DIR\)? / "([\w.]+)"', text)) - {"var", ".env"}
    assert imported | named == {"survey", "config", "templates", "locale", "fixtures", "manage.py", ".env.example"}
    assert imported | named <= copied()


def test_every_command_of_ours_is_one_of_the_program() -> None:
    named = {name for text in TOLD.values() for name in re.findall(r'manage\.py"?,? "?([a-z_]+)', text)}
    assert named == {
        *("make_keys", "prepare_site", "collectstatic", "check", "check_ready", "migrate"),
        *("worker", "backup", "metrics"),
    }
    assert named <= get_commands().keys()


@pytest.mark.parametrize("line", [*instructions("FROM"), *(service["image"] for service in SERVICES.values())])
def test_image_of_others_is_named_with_its_version(line: str) -> None:
    name, _, version = line.partition(":")
    assert name == "tongdian" or re.match(r"\d+(\.\d+)?", version)


def test_client_of_the_database_is_of_the_version_of_the_server() -> None:
    server = re.match(r"postgres:(\d+)", SERVICES["db"]["image"])
    assert server is not None
    assert re.findall(r"postgresql-client-(\d+)", IMAGE) == [server[1]]


def test_python_of_the_image_is_one_that_the_program_runs_on() -> None:
    least, most = re.findall(r"\((\d+), (\d+)\)", (ROOT / "Makefile").read_text("utf-8").split("sys.exit(not")[1])[:2]
    [version] = re.findall(r"^FROM python:(\d+)\.(\d+)", IMAGE, re.MULTILINE)
    assert [*map(int, least)] <= [*map(int, version)] <= [*map(int, most)]


def test_every_setting_that_is_given_is_one_that_is_read() -> None:
    documented = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))
    read = documented | set(re.findall(r'environ\.get\("([A-Z_]+)"', TOLD["gunicorn.conf.py"])) | {"DEMO"}
    given = {pair.partition("=")[0] for line in instructions("ENV") for pair in line.split()} - OF_THE_SYSTEM
    given |= {name for service in of_the_program().values() for name in service["environment"]}
    given |= {
        pair
        for service in of_the_program().values()
        for pair in re.findall(r"\b([A-Z_]+)=", str(service.get("command")))
    }
    given |= set(re.findall(r"set_to ([A-Z_]+) ", TOLD["install"])) | set(
        re.findall(r"\$\(setting ([A-Z_]+)\)", TOLD["install"])
    )
    assert given == {
        *("DATABASE_URL", "VAR_DIR", "BACKUP_DIR", "BEHIND_TLS_PROXY", "TRUSTED_PROXIES", "LOG_FORMAT", "BIND", "DEMO"),
    }
    assert given <= read


def test_nginx_is_given_every_name_that_its_file_has() -> None:
    names = set(re.findall(r"\$\{([A-Z_]+)\}", TOLD["nginx.conf"]))
    given = SERVICES["nginx"]["environment"]
    [let_through] = re.findall(r"\^\((.*)\)\$\$", given["NGINX_ENVSUBST_FILTER"])
    assert names == set(given) - {"NGINX_ENVSUBST_FILTER"} == set(let_through.split("|"))


@pytest.mark.parametrize("name", ["nginx.conf", *(path.name for path in (DEPLOY / "systemd").iterdir())])
def test_install_fills_in_every_name(name: str) -> None:
    exported = set(re.findall(r"\b([A-Z_]+)=", " ".join(re.findall(r"export (.*)", TOLD["install"]))))
    assert set(re.findall(r"\$\{([A-Z_]+)\}", TOLD[name])) <= exported


def test_what_is_mounted_is_there() -> None:
    mounts = [mount for service in SERVICES.values() for mount in service.get("volumes", [])]
    own = {mount.split(":")[0] for mount in mounts if mount.startswith("./")}
    # The certificate is the office's.
    assert {name for name in own if not (DEPLOY / name).exists()} == {"./tls"}
    assert {mount.split(":")[0] for mount in mounts} - own == set(COMPOSE["volumes"])


def test_program_writes_to_its_volume_alone() -> None:
    for service in of_the_program().values():
        assert (service["read_only"], service["tmpfs"], service["cap_drop"]) == (True, ["/tmp"], ["ALL"])
        assert service["volumes"] == [f"var:{service['environment']['VAR_DIR']}"]
    assert f"VOLUME {of_the_program()['web']['environment']['VAR_DIR']}" in IMAGE


def test_nobody_but_nginx_is_reached_from_outside() -> None:
    assert {name for name, service in SERVICES.items() if "ports" in service or "network_mode" in service} == {"nginx"}


def test_nginx_leads_to_the_door_that_the_image_opens() -> None:
    [port] = instructions("EXPOSE")
    assert f"BIND=0.0.0.0:{port}" in IMAGE
    assert SERVICES["nginx"]["environment"]["UPSTREAM"] == f"web:{port}"


def test_health_check_asks_a_probe_that_is_answered() -> None:
    [asked] = re.findall(r"http://127\.0\.0\.1:\d+(/[a-z/]+)", IMAGE)
    assert asked in PROBES
    places = re.findall(r"location = (/healthz\S*)", TOLD["nginx.conf"])
    assert set(places) <= PROBES.keys()


def test_services_wait_for_services_that_are_there() -> None:
    waited_for = {name for service in SERVICES.values() for name in service.get("depends_on", {})}
    assert waited_for == {"db", "prepare", "web"} <= SERVICES.keys()


def test_gunicorn_is_given_the_worker_that_counts_who_waits() -> None:
    assert f'worker_class = "{Worker.__module__}.{Worker.__qualname__}"' in TOLD["gunicorn.conf.py"]


def test_services_run_without_rights_of_their_own() -> None:
    units = [text for name, text in TOLD.items() if name.endswith(".service")]
    asked = ("User=${SERVICE_USER}", "NoNewPrivileges=true", "ProtectSystem=strict", "PrivateTmp=true", "UMask=0077")
    assert len(units) == 5
    assert [[line for line in asked if line not in text.splitlines()] for text in units] == [[]] * 5
    assert instructions("USER") == ["tongdian"]
