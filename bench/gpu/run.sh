#!/usr/bin/env bash
# Runs `bench gpu` from a folder that pack.sh made: joins the parts, finds CUDA 13 and cuDNN 9, runs. All words are handed on:
#
#   ./run.sh [--small] [--cpu]        --small: sizes for a laptop; --cpu: leave the device out
#   ./run.sh --libraries              only say which libraries were found, and where
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)

while IFS= read -r -d '' digest; do
    folder=$(dirname "$digest")
    name=$(basename "$digest" .sha256)
    if [ ! -f "$folder/$name" ]; then
        cat "$folder/$name".part* > "$folder/$name.joined"
        mv "$folder/$name.joined" "$folder/$name"
    fi
    if ! (cd "$folder" && sha256sum --check --quiet "$name.sha256"); then
        echo "$name is not what was packed: copy its parts again." >&2
        exit 2
    fi
done < <(find "$here/app" -name '*.sha256' -print0)

# the folders of Python's nvidia packages, of the system's CUDA, and of the driver
folders() {
    for python in python3 python; do
        command -v "$python" > /dev/null && "$python" - <<'PY' 2> /dev/null
import glob, os, site, sys
for base in dict.fromkeys([*site.getsitepackages(), site.getusersitepackages(), *sys.path]):
    for folder in sorted(glob.glob(os.path.join(base, "nvidia", "**", "lib"), recursive=True)):
        print(folder)
PY
    done || true
    ls -d /usr/local/cuda-13*/lib64 /usr/local/cuda-13*/targets/x86_64-linux/lib /usr/local/cuda/lib64 /usr/local/nvidia/lib64 /usr/local/nvidia/lib \
        /usr/lib/x86_64-linux-gnu /usr/lib64 2> /dev/null || true
}

wanted="libcuda.so.1 libcudart.so.13 libcublasLt.so.13 libcublas.so.13 libcurand.so.10 libcudnn.so.9 libnvrtc.so.13"
path=${LD_LIBRARY_PATH:-}
all=$(folders | awk '!seen[$0]++')
for library in $wanted; do
    found=$(IFS=$'\n'; for folder in ${path//:/$'\n'} $all; do [ -e "$folder/$library" ] && echo "$folder" && break; done || true)
    echo "$library: ${found:-not found}" >&2
    if [ -n "$found" ] && [[ ":$path:" != *":$found:"* ]]; then
        path="${path:+$path:}$found"
    fi
done

if [ "${1:-}" = --libraries ]; then
    exit 0
fi

# the runtime asks for cuDNN by its plain name, which Python packages do not have
for folder in ${path//:/ }; do
    [ -e "$folder/libcudnn.so.9" ] && ln -sf "$folder/libcudnn.so.9" "$here/app/libcudnn.so" && break
done || true
chmod +x "$here/app/Governance.Bench"
LD_LIBRARY_PATH="$here/app${path:+:$path}" exec "$here/app/Governance.Bench" gpu "$@"
