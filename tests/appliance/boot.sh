#!/usr/bin/env bash
# Becomes the first process of a machine: runs as the first process of new pid, mount, uts, ipc, net
# and cgroup namespaces, builds the machine's root in SCRATCH, moves into it, turns into systemd.
#
# Usage: boot.sh SCRATCH LOWER unified|hybrid TARGET [SOURCE PLACE]...
#   LOWER         a root file system; it is only read, what is written to it vanishes
#   unified       cgroup2 alone, as a machine of today has it
#   hybrid        the v1 controllers of memory, pids and devices besides: on a host that keeps its
#                 controllers in v1, limits on memory and tasks bite only here
#   SOURCE PLACE  bound read-write into the machine
set -euo pipefail
scratch=$1 lower=$2 cgroups=$3 target=$4
shift 4

mount -t tmpfs -o mode=755 tmpfs "$scratch"
mkdir "$scratch"/{written,work,root}
root=$scratch/root
mount -t overlay -o "lowerdir=$lower,upperdir=$scratch/written,workdir=$scratch/work" overlay "$root"

place() { # TYPE OPTIONS WHERE
  mkdir -p "$root$3"
  mount -t "$1" -o "$2" "$1" "$root$3"
}
place proc nosuid,nodev,noexec /proc
mount --bind "$root/proc/sys" "$root/proc/sys" # or systemd-sysctl would set the host's kernel
mount -o remount,bind,ro "$root/proc/sys"
place sysfs ro,nosuid,nodev,noexec /sys
if [[ $cgroups == unified ]]; then
  place cgroup2 nosuid,nodev,noexec /sys/fs/cgroup
else
  place tmpfs mode=755 /sys/fs/cgroup
  place cgroup2 nosuid,nodev,noexec /sys/fs/cgroup/unified
  place cgroup none,name=systemd,nosuid,nodev,noexec /sys/fs/cgroup/systemd
  for controller in memory pids devices; do
    place cgroup "$controller,nosuid,nodev,noexec" "/sys/fs/cgroup/$controller"
  done
fi
place tmpfs mode=755,nosuid /dev
place devpts newinstance,ptmxmode=666,mode=620,gid=5 /dev/pts
place tmpfs mode=1777 /dev/shm
for node in null zero full random urandom tty; do
  touch "$root/dev/$node"
  mount --bind "/dev/$node" "$root/dev/$node"
done
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
ln -s fd/0 "$root/dev/stdin"
ln -s fd/1 "$root/dev/stdout"
ln -s fd/2 "$root/dev/stderr"
place tmpfs mode=755,nosuid,nodev /run
place tmpfs mode=1777,nosuid,nodev /tmp

while (($#)); do
  [[ -d $1 ]] && mkdir -p "$root$2" || { mkdir -p "$(dirname "$root$2")" && touch "$root$2"; }
  mount --rbind "$1" "$root$2"
  shift 2
done

: >"$root/etc/machine-id" # empty: made anew at this boot
: >"$root/etc/fstab"
rm -rf "$root/var/log/journal"
mkdir -p "$root/run/systemd/system" "$root/run/tmpfiles.d"
ln -s /dev/null "$root/run/tmpfiles.d/tmp.conf" # it empties /tmp, and with it what is bound there
cat >"$root/run/systemd/system/appliance.target" <<'UNIT'
[Unit]
Requires=sysinit.target dbus.socket
After=sysinit.target dbus.socket
UNIT

hostname appliance
ip link set lo up
mkdir -p "$root/mnt/host"
cd "$root"
pivot_root . mnt/host
umount -l /mnt/host
mount --make-rshared / # or a unit cannot read its credentials
systemd=/usr/lib/systemd/systemd
[[ -x $systemd ]] || systemd=/lib/systemd/systemd
exec env -i container=namespaces PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  setpriv --bounding-set -sys_module,-sys_rawio,-sys_time "$systemd" --system "--unit=$target"
