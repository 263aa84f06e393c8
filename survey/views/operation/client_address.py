"""Whose address a request comes from, where proxies of one's own stand before the server."""

from collections.abc import Callable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase

from survey.services.audit_chain import client_at

Network = IPv4Network | IPv6Network


def client_address(direct: str, forwarded: str, proxies: int | Sequence[Network]) -> str:
    """The address of the client.

    ``direct`` is who connected (empty for a Unix socket), ``forwarded`` the X-Forwarded-For header, to which every
    proxy appends the address that it saw. ``proxies`` says how many of one's own there are, or in which networks they
    stand. Only what a trusted proxy appended is believed: what a client sent itself stands further to the left.
    """
    chain = [*(part.strip() for part in forwarded.split(",") if part.strip()), direct]
    if isinstance(proxies, int):
        # Fewer entries than proxies: the request came past one of them, so nothing of the header is believed.
        return chain[-1 - proxies] if proxies < len(chain) else direct
    # From the right: the last entry was appended by the nearest proxy, and what a client made up stands to the
    # left.
    for address in reversed(chain):
        if address and not is_within(address, proxies):
            return address
    # Only our own machines are in the chain: a check of health, or somebody at the server.
    return chain[0]


def is_within(address: str, networks: Sequence[Network]) -> bool:
    """Whether an address lies in one of the networks; what is no address does not."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in networks)


def trusted_proxies(setting: str) -> int | list[Network]:
    """The value of TRUSTED_PROXIES: a number of proxies or a list of networks. Raises ImproperlyConfigured."""
    if not setting.strip() or setting.strip().isdigit():
        return int(setting.strip() or 0)
    try:
        return [ip_network(part.strip()) for part in setting.split(",")]
    except ValueError as error:
        raise ImproperlyConfigured(
            f"TRUSTED_PROXIES is neither a number of proxies nor a list of networks: {error}. "
            "Write 1 for one proxy, or networks such as 10.0.0.0/8,192.168.1.7/32."
        ) from error


class ClientAddressMiddleware:
    """Let REMOTE_ADDR be the client's address for everything behind: limits of logins and codes, audit, logs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.proxies = trusted_proxies(settings.TRUSTED_PROXIES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        direct = request.META.get("REMOTE_ADDR", "")
        found = client_address(direct, request.META.get("HTTP_X_FORWARDED_FOR", ""), self.proxies)
        # What a header claims is kept only if it is an address; anything else could fill logs and keys with text.
        request.META["REMOTE_ADDR"] = found if is_address(found) else direct
        # An address that is none (a Unix socket) is left out of the chain rather than kept as text.
        with client_at(request.META["REMOTE_ADDR"] if is_address(request.META["REMOTE_ADDR"]) else ""):
            return self.get_response(request)


def is_address(text: str) -> bool:
    """Whether the text is an IP address."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
