#!/bin/sh
# The steps around a deploy. Both exit as parity does: 0 parity, 1 drift, 2 usage, 3 incomplete.
#
#   deploy/parity.sh gate        before: what is to be released against production as it is
#   deploy/parity.sh snapshot    after: production as it is now, for the next gate
#
# PARITY_TARGET, PARITY_LOCAL and PARITY_PRODUCTION say otherwise.
# @installed@
# parity: pip install "@install@"
# @end@
set -eu

target=${PARITY_TARGET:-@target@}
local=${PARITY_LOCAL:-repo:.}
production=${PARITY_PRODUCTION:-@production@}

case ${1:-} in
    gate)
        exec parity gate "$local" "$production"
        ;;
    snapshot)
        : "${target:?set PARITY_TARGET to what production is, like docker://web}"
        mkdir -p "$(dirname "$production")"
        exec parity snapshot "$target" --name production -o "$production"
        ;;
    *)
        echo "usage: $0 gate | snapshot" >&2
        exit 2
        ;;
esac
