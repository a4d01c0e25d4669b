#!/bin/bash
# Makes .build/witness with a real C2SP tlog-witness and a Python that is new enough for it; does nothing where it is there
# already. Prints the interpreter's path.
#
# The witness needs Python 3.12, which Debian 12 has not. The interpreter comes from the next Debian's packages, which are
# unpacked into a folder and run by their own dynamic loader over their own C library: nothing is installed, and apt's own
# lists and cache are left alone.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$PWD/.build/witness wanted=Tests/witness-requirements.txt suite=trixie python=python3.13
program=$folder/python

stamp=$(cat "$wanted" "scripts/$(basename "$0")" | sha256sum)
if [ "$(cat "$folder/stamp" 2> /dev/null)" = "$stamp" ] && "$program" -c "import aics_witness" 2> /dev/null; then
    echo "$program"
    exit 0
fi

refuse() { echo "witness-venv: $1" >&2; exit 69; }
for tool in apt-get dpkg-deb python3; do
    command -v "$tool" > /dev/null || refuse "there is no $tool; this takes a Debian system"
done
mkdir -p "$PWD/.build"
exec 9> "$PWD/.build/witness.lock"
flock -w 600 9 || refuse "another one has been at it for ten minutes"
# Whoever waited finds it done.
if [ "$(cat "$folder/stamp" 2> /dev/null)" = "$stamp" ]; then echo "$program"; exit 0; fi
rm -rf "$folder"
mkdir -p "$folder/apt/lists/partial" "$folder/apt/archives/partial" "$folder/root"

# The mirror that this system uses, and the key that signs the next suite, which Debian 12 brings with its own.
mirror=$(apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(LABEL)' 2> /dev/null |
    sed -n 's/ Debian Debian$//p' | head -n 1)
if [ -z "$mirror" ]; then
    mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2> /dev/null |
        sed -nE 's/^(URIs:|deb( \[[^]]*\])?)[[:space:]]+([^[:space:]]+\/debian)\/?([[:space:]].*)?$/\3/p' | head -n 1)
fi
[ -n "$mirror" ] || refuse "apt knows no mirror of Debian"
key=
for file in /usr/share/keyrings/debian-archive-$suite-stable.gpg /usr/share/keyrings/debian-archive-keyring.gpg; do
    if [ -z "$key" ] && [ -s "$file" ]; then key=$file; fi
done
[ -n "$key" ] || refuse "there is no key to check Debian's packages by: install debian-archive-keyring"
echo "deb [signed-by=$key] $mirror $suite main" > "$folder/apt/sources.list"
: > "$folder/apt/status"
# An apt of its own: nothing counts as installed, so everything that the interpreter needs is fetched.
apt=(timeout 600 apt-get -qq
    -o "Dir::State::lists=$folder/apt/lists" -o "Dir::State::status=$folder/apt/status"
    -o "Dir::Etc::sourcelist=$folder/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o "Dir::Cache::archives=$folder/apt/archives" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=
    -o "Dir::State::extended_states=$folder/apt/extended" -o Debug::NoLocking=1 -o APT::Sandbox::User=
    -o Acquire::Retries=3 -o Acquire::http::Timeout=60 -o Acquire::Languages=none)
"${apt[@]}" update >&2 || refuse "the package list of $suite cannot be had"
"${apt[@]}" --yes --no-install-recommends --download-only install "$python" >&2 || refuse "$python cannot be had"
for package in "$folder"/apt/archives/*.deb; do dpkg-deb --extract "$package" "$folder/root"; done
rm -rf "$folder/apt"

machine=$(uname -m)
case $machine in
    x86_64) loader=ld-linux-x86-64.so.2 ;;
    aarch64) loader=ld-linux-aarch64.so.1 ;;
    *) refuse "no loader is known for $machine" ;;
esac
library=$folder/root/usr/lib/$machine-linux-gnu
cat > "$program" << END
#!/bin/sh
export PYTHONHOME='$folder/root/usr' PYTHONPATH='$folder/packages' PYTHONNOUSERSITE=1 PYTHONDONTWRITEBYTECODE=1
exec '$library/$loader' --library-path '$library' '$folder/root/usr/bin/$python' "\$@"
END
chmod 755 "$program"
"$program" -c "import sqlite3, ssl" || refuse "the interpreter does not run"

# This system's own installer chooses what is compiled for that interpreter; what it needs of Python is not this one's to have.
python3 -m venv "$folder/installer" >&2
timeout 600 "$folder/installer/bin/pip" install --quiet --disable-pip-version-check --require-hashes --no-deps \
    --ignore-requires-python --only-binary :all: --implementation cp --python-version "${python#python}" --abi "cp${python//[!0-9]/}" \
    --abi abi3 --abi none --platform "manylinux_2_34_$machine" --platform "manylinux_2_28_$machine" \
    --platform "manylinux_2_17_$machine" --platform "manylinux2014_$machine" \
    --target "$folder/packages" --requirement "$wanted" >&2
rm -rf "$folder/installer"
"$program" -c "import aics_witness" || refuse "the witness does not load"
echo "$stamp" > "$folder/stamp"
echo "$program"
