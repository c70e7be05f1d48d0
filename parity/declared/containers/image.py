"""What the name of an image tells: the Python in it, the PostgreSQL, or that it is somebody else's server."""

from __future__ import annotations

import re

from parity.declared.facts import Place, PythonVersion, ServerVersion

_VERSION = re.compile(r"(\d{1,3})(?:\.(\d{1,3}))?(?:\.(\d{1,3}(?:(?:a|b|rc)\d{1,3})?))?(?=[-_+]|\Z)")
_PYTHON = re.compile(r"(?:.*[-_.])?python-?(?=\d)")
_POSTGRES = frozenset(
    {"postgres", "postgresql", "postgis", "pgvector", "timescaledb", "timescaledb-ha", "pgbouncer-pg"}
)
_OF_POSTGRES = re.compile(r"(?:.*[-_.])?pg-?(\d{1,2}(?:\.\d{1,2})?)(?=[-_.]|\Z)")
_VERSIONED = frozenset({"postgres", "postgresql", "postgis"})
"""Images whose tag begins with PostgreSQL's version, and not with that of an extension."""

_SERVERS = _POSTGRES | frozenset(
    {"redis", "valkey", "keydb", "memcached", "mysql", "mariadb", "mongo", "mongodb", "cockroach", "clickhouse-server"}
    | {"rabbitmq", "nats", "kafka", "cp-kafka", "zookeeper", "cp-zookeeper", "redpanda", "elasticmq", "activemq"}
    | {"elasticsearch", "opensearch", "kibana", "logstash", "meilisearch", "typesense", "solr", "qdrant", "weaviate"}
    | {"nginx", "traefik", "caddy", "haproxy", "envoy", "httpd", "pgbouncer", "keycloak", "vault", "consul", "etcd"}
    | {"minio", "mc", "localstack", "azurite", "fake-gcs-server", "mailhog", "mailpit", "maildev", "smtp4dev"}
    | {"prometheus", "grafana", "loki", "promtail", "tempo", "jaeger", "all-in-one", "otel-collector", "node-exporter"}
    | {"adminer", "pgadmin4", "phpmyadmin", "redis-commander", "redisinsight", "flower", "registry", "busybox", "curl"}
)


def split(image: str) -> tuple[str, str]:
    """(last part of the name, tag) of an image's reference; the tag is empty where there is none."""
    name, _, _ = image[:500].partition("@")
    last = name.rpartition("/")[2]
    name, _, tag = last.partition(":")
    return name.lower(), tag


def python_of(image: str, at: Place) -> PythonVersion | None:
    """The version of Python that an image is named after."""
    name, tag = split(image)
    prefix = _PYTHON.match(tag) or _PYTHON.match(name)
    if prefix is not None:
        match = _VERSION.match(prefix.string, prefix.end())
    elif name in ("python", "cpython"):
        match = _VERSION.match(tag)
    else:
        return None
    if match is None or match[1] not in ("2", "3"):
        return None
    exact = match[0] if match[3] else None
    return PythonVersion(f"{name}:{tag}", at, exact, f"=={exact}" if exact else f"=={match[0]}.*")


def server_of(image: str, at: Place) -> ServerVersion | None:
    """The version of PostgreSQL that an image runs."""
    name, tag = split(image)
    if name not in _POSTGRES:
        return None
    told = _OF_POSTGRES.match(tag)
    if told is not None:
        return ServerVersion(told[1], at)
    match = _VERSION.match(tag) if name in _VERSIONED else None
    return ServerVersion(match[0], at) if match is not None else None


def is_server(image: str) -> bool:
    """Whether an image is a server that the program uses, and not the program: its variables are none of its own."""
    return split(image)[0] in _SERVERS
