#!/usr/bin/env bash
# Packs what a bare machine with an NVIDIA device needs to run `bench gpu`: the benchmark published self-contained for
# linux-x64, ONNX Runtime with CUDA, two models, and run.sh. Files of more than 45 MB are cut into parts.
#
#   bench/gpu/pack.sh OUT [MODELS]            OUT: a new or empty folder; MODELS: a folder with digits_cnn and digits_transformer
#   CPU=1 bench/gpu/pack.sh OUT [MODELS]      the same with the CPU's library alone, to try the packing
set -euo pipefail

repository=$(cd "$(dirname "$0")/../.." && pwd)
out=${1:?"Name the folder to pack into."}
models=${2:-$repository/samples/models}
gpu=true; [ "${CPU:-0}" = 1 ] && gpu=false
part=45M

mkdir -p "$out"
out=$(cd "$out" && pwd)
if [ -n "$(ls -A "$out")" ]; then
    echo "The folder $out is not empty." >&2
    exit 2
fi

# a lock file of its own: the committed ones know no runtime identifier
dotnet publish "$repository/bench/Bench.csproj" -c Release -r linux-x64 --self-contained true -p:Gpu=$gpu -p:DebugType=none \
    -p:PublishDocumentationFiles=false -p:NuGetLockFilePath=obj/pack.lock.json -v quiet --nologo -o "$out/app"
# the browser that other benchmarks drive, and symbols
rm -rf "$out/app/.playwright" "$out/app/playwright.ps1"
find "$out/app" -name '*.pdb' -delete

for model in digits_cnn digits_transformer; do
    if [ -f "$models/$model/model.onnx" ]; then
        mkdir -p "$out/app/models/$model"
        cp "$models/$model/model.onnx" "$out/app/models/$model/"
    else
        echo "$model is not in $models and left out." >&2
    fi
done

# parts carry the digest of the whole, which run.sh checks after joining them
find "$out/app" -type f -size +"$part" -print0 | while IFS= read -r -d '' file; do
    (cd "$(dirname "$file")" && sha256sum "$(basename "$file")" > "$(basename "$file").sha256")
    split --bytes="$part" --numeric-suffixes --suffix-length=2 "$file" "$file.part"
    rm "$file"
done

cp "$repository/bench/gpu/run.sh" "$out/run.sh"
chmod +x "$out/run.sh" "$out/app/Governance.Bench"
echo "$out: $(du -sh "$out" | cut -f1), largest file $(find "$out" -type f -printf '%s\n' | sort -n | tail -1) bytes"
