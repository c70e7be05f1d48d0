"""Names that tell nothing of anybody, because every system of a kind has them: they stay in an anonymised profile."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ACCOUNTS = _words("""
    root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc gnats nobody nogroup nfsnobody
    adm tty disk kmem dialout fax voice cdrom floppy tape sudo wheel audio dip operator src shadow utmp video sasl
    plugdev staff users input sgx kvm render crontab ssh _ssh shutdown halt ftp cron guest squid xfs cyrus vpopmail
    ntp smmsp at dbus polkitd tss messagebus sshd _apt systemd-journal systemd-network systemd-resolve
    systemd-timesync systemd-coredump utempter lock
    docker postgres mysql redis memcache nginx apache www http haproxy rabbitmq mongodb node app nonroot uvicorn
    gunicorn celery django runner ubuntu debian ec2-user vscode
""")
"""Users and groups of a bare Debian, Alpine or Fedora, then those that servers and base images bring along."""

DIRECTORIES = _words("""
    / /root /nonexistent /bin /sbin /dev /proc /run /tmp /var /var/empty /var/tmp /var/lib /var/www /var/www/html
    /usr /usr/src /usr/src/app /usr/sbin /app /code /data /home /mnt /media /opt /opt/app /project /src /srv /srv/app
    /work /workspace /workspaces /var/lib/postgresql /var/lib/redis /var/lib/nginx /var/cache/nginx
""")
"""Directories that a process may be in, or call its home."""

HOSTS = _words("""
    github.com gitlab.com bitbucket.org codeberg.org git.sr.ht localhost
""")
"""Public places of code."""

RESOLVED = _words("""
    cluster.local svc.cluster.local host.docker.internal gateway.docker.internal kubernetes.docker.internal
    host.containers.internal host.minikube.internal host.lima.internal home internal lan local localdomain
""")
"""Names and domains that engines, clusters and routers give to everybody."""

SCHEMAS = _words("public pg_catalog information_schema pg_temp extensions $user pg_default pg_global")
"""Schemas and tablespaces of PostgreSQL."""
