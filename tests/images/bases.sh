#!/usr/bin/env bash
# Makes the base images that the tests' images stand on: a Debian release with its own Python, no more.
#
#     tests/images/bases.sh bookworm trixie        parity-base:bookworm and parity-base:trixie
#
# An image that is there already is left as it is. Needs root, debootstrap and a Docker Engine; debootstrap
# takes its packages from where Debian says, through the proxies of the environment.
set -euo pipefail

if [ $# -eq 0 ]; then
    echo "usage: bases.sh RELEASE..." >&2
    exit 2
fi

packages=ca-certificates,python3,python3-venv

for release in "$@"; do
    image="parity-base:$release"
    if docker image inspect "$image" >/dev/null 2>&1; then
        continue
    fi
    root=$(mktemp -d)
    trap 'rm -rf --one-file-system "$root"' EXIT
    echo "making $image"
    if ! debootstrap --variant=minbase --include="$packages" "$release" "$root" >"$root.log" 2>&1; then
        tail -n 20 "$root.log" >&2
        rm -f "$root.log"
        exit 1
    fi
    rm -f "$root.log"
    # The archives and lists are half of the image and nothing reads them; the device nodes are the engine's.
    rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/* "$root"/dev/*
    tar -C "$root" --numeric-owner -c . | docker import --change 'CMD ["/bin/sh"]' - "$image" >/dev/null
    rm -rf --one-file-system "$root"
done
