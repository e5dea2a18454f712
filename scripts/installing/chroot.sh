#!/usr/bin/env bash
# Runs a command in a clean view of a root file system: what it writes vanishes, except below OUTPUT.
#
# Usage, in mount and pid namespaces of its own: chroot.sh SCRATCH LOWER INPUT OUTPUT COMMAND...
#   LOWER   a root file system, also "/"; it is only read
#   INPUT   seen as /mnt/in, OUTPUT as /mnt/out
set -euo pipefail
scratch=$1 lower=$2 input=$3 output=$4
shift 4

mkdir -p "$scratch"/{written,work,root,opt}
root=$scratch/root
mount -t overlay -o "lowerdir=$lower,upperdir=$scratch/written,workdir=$scratch/work" overlay "$root"
mkdir -p "$root"/opt/roomtone "$root"/mnt/in "$root"/mnt/out "$root"/proc "$root"/dev "$root"/tmp
mount --bind "$scratch/opt" "$root/opt/roomtone" # empty, whatever is installed here
mount --bind "$input" "$root/mnt/in"
mount --bind "$output" "$root/mnt/out"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for node in null zero random urandom; do
  touch "$root/dev/$node"
  mount --bind "/dev/$node" "$root/dev/$node"
done
mkdir "$root/dev/shm"
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root chroot "$root" "$@"
