#!/bin/sh
# Makes the environment $VENV (default .venv) and installs vesseltrack into it, with nothing assumed but Python >= 3.11.
#   tools/setup.sh run    run-time dependencies      tools/setup.sh test    and what the tests need
# Where there is Java, the tests get Spark too: 450 MB, which nobody without Java could use.
# Does nothing when that was done before for this pyproject.toml.
set -eu
cd "$(dirname "$0")/.."
what=${1:-run}
venv=${VENV:-.venv}
if [ "$what" = test ] && java -version </dev/null >/dev/null 2>&1; then what=test,spark; fi
# The path is part of the stamp: an environment does not survive being moved.
key="$(pwd) $(cksum <pyproject.toml)"

runs() { # an interpreter that really starts (a pyenv shim may not) and is new enough
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' </dev/null >/dev/null 2>&1
}

if runs "$venv/bin/python"; then
    case "$what" in run) enough="run test test,spark" ;; test) enough="test test,spark" ;; *) enough=$what ;; esac
    for done in $enough; do
        if [ "$(cat "$venv/.installed-$done" 2>/dev/null || :)" = "$key" ]; then exit 0; fi
    done
fi

uv=
if uv --version </dev/null >/dev/null 2>&1; then uv=uv; fi

if ! runs "$venv/bin/python"; then
    python= without_venv=
    for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3.14 python3 python}; do
        runs "$candidate" || continue
        if [ -n "$uv" ] || "$candidate" -c 'import venv, ensurepip' </dev/null >/dev/null 2>&1; then
            python=$candidate
            break
        fi
        without_venv=$candidate
    done
    if [ -z "$python" ]; then
        if [ -n "$without_venv" ]; then
            echo "$without_venv has no venv module: install it (Debian, Ubuntu: apt-get install python3-venv) and try again." >&2
        elif [ -n "${PYTHON:-}" ]; then
            echo "PYTHON=$PYTHON is no Python 3.11 or newer that starts: name another one, or leave PYTHON unset." >&2
        else
            echo "No Python 3.11 or newer was found: install one, or name it, as in: make demo PYTHON=/path/to/python3" >&2
        fi
        exit 1
    fi
    echo "Making $venv with $("$python" -V 2>&1) ..." >&2
    rm -rf "$venv"
    if [ -z "$uv" ] || ! uv venv --quiet --python "$(command -v "$python")" "$venv" </dev/null; then
        uv=
        "$python" -m venv "$venv"
    fi
fi

if [ "$what" = run ]; then target="."; else target=".[$what]"; fi
echo "Installing vesseltrack into $venv ($what) ..." >&2
if [ -n "$uv" ] && uv pip install --quiet --python "$venv/bin/python" -e "$target" </dev/null; then
    :
else
    "$venv/bin/python" -m pip --version >/dev/null 2>&1 || "$venv/bin/python" -m ensurepip >/dev/null
    "$venv/bin/python" -m pip install --quiet --no-input --disable-pip-version-check -e "$target" </dev/null
fi
printf '%s\n' "$key" >"$venv/.installed-$what"
