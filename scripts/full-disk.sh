#!/bin/bash
# Fills a small ext4 file system under a serving gateway, to its last byte. Needs root, for the loop device.
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$(id -u)" = 0 ] || { echo "full-disk: needs root, to mount a file system" >&2; exit 77; }
mkdir -p .build/full-disk/mount
image=.build/full-disk/image
truncate -s 24M "$image"
mkfs.ext4 -q -F -m 0 "$image"
mount -o loop "$image" .build/full-disk/mount
trap 'umount .build/full-disk/mount; rm -rf .build/full-disk' EXIT
PORTCULLIS_SMALL_DISK=$PWD/.build/full-disk/mount PORTCULLIS_BINARY=$1 "${SWIFT:-swift}" test --disable-xctest \
    --explicit-target-dependency-import-check error --filter NoRoomTests
