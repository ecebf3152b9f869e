# Sourced by what builds and runs containers. Sets `engine` (Docker where it runs, else podman, installed from
# Debian's packages), `build_options` and `run_options`; ends the script with 77, and says why, where there is none.
if docker info >/dev/null 2>&1; then
  engine=(docker) build_options=() run_options=()
else
  if ! scripts/setup image; then
    echo "skipped: no Docker runs here, and podman cannot be installed from Debian's packages"
    exit 77
  fi
  engine=(podman)
  build_options=(--isolation chroot --format docker)
  # More than we have ourselves would need a capability.
  run_options=(--ulimit "nofile=$(ulimit -n)" --ulimit "nproc=4096")
  if [ ! -d /run/systemd/system ]; then
    engine+=(--cgroup-manager cgroupfs)
    run_options+=(--no-healthcheck)  # systemd would start it
  fi
fi
