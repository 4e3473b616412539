#!/bin/sh
# Sets everything up in one virtual environment; says in one sentence what is missing and stops.
# Usage: PYTHON=python3 sh setup.sh .venv
set -eu
venv=${1:-.venv}

# 1. A Python that is new enough.
python=""
for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null 2>&1 &&
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || { echo "setup: Python 3.11 or newer is needed; install it (Debian 12: apt-get install python3) and run again." >&2; exit 1; }

# 2. System packages: venv support, and the libraries Qt needs. One command for all that is missing.
missing=""
if [ "$(uname -s)" = Linux ] && command -v dpkg >/dev/null 2>&1; then
    "$python" -c 'import ensurepip, venv' 2>/dev/null || missing="$missing $("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    has() {
        for library in /lib/*/"$1" /usr/lib/*/"$1" /lib/"$1" /usr/lib/"$1"; do
            if [ -e "$library" ]; then return 0; fi
        done
        return 1
    }
    need() { has "$1" || missing="$missing $2"; }
    need libEGL.so.1 libegl1
    need libGL.so.1 libgl1
    need libOpenGL.so.0 libopengl0
    need libxkbcommon.so.0 libxkbcommon0
    need libxkbcommon-x11.so.0 libxkbcommon-x11-0
    need libfontconfig.so.1 libfontconfig1
    need libfreetype.so.6 libfreetype6
    need libdbus-1.so.3 libdbus-1-3
    need libglib-2.0.so.0 libglib2.0-0
    need libxcb-cursor.so.0 libxcb-cursor0
    need libxcb-icccm.so.4 libxcb-icccm4
    need libxcb-image.so.0 libxcb-image0
    need libxcb-keysyms.so.1 libxcb-keysyms1
    need libxcb-randr.so.0 libxcb-randr0
    need libxcb-render-util.so.0 libxcb-render-util0
    need libxcb-shape.so.0 libxcb-shape0
    need libxcb-xinerama.so.0 libxcb-xinerama0
    need libxcb-xkb.so.1 libxcb-xkb1
fi
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ]; then
        echo "setup: installing$missing" >&2
        apt-get update -qq
        # shellcheck disable=SC2086
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
    else
        echo "setup: some system packages are missing. Run this once, then the same make command again:" >&2
        echo "  sudo apt-get install -y --no-install-recommends$missing" >&2
        exit 1
    fi
fi

# 3. The virtual environment, from the lock: every file is checked against its hash.
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
