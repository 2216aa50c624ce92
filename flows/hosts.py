"""Which declared source an address belongs to, by its host."""

from __future__ import annotations

from collections.abc import Mapping

from extractors import Source
from flows.discover.addresses import bare_host, host_of
from flows.fetch.pacing import domain_of
from flows.sources import source_addresses


class SourceHosts:
    """Which source a host belongs to: by the host, else by the registrable domain where no other source shares it."""

    def __init__(self, declared: Mapping[str, Source]) -> None:
        self._hosts: dict[str, str] = {}
        domains: dict[str, set[str]] = {}
        for name, source in declared.items():
            for address in source_addresses(source):
                host = bare_host(host_of(address))
                self._hosts.setdefault(host, name)
                domains.setdefault(domain_of(host), set()).add(name)
        self._domains = {domain: min(names) for domain, names in domains.items() if len(names) == 1}

    def source_of(self, url: str) -> str | None:
        """The name of the source; None where no declared one has the host."""
        host = bare_host(host_of(url))
        return self._hosts.get(host) or self._domains.get(domain_of(host))
