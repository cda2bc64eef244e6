# A folder and a file that is large enough for parts.
folder="$COFFER_SCRATCH/folder"
big="$COFFER_SCRATCH/big"
mkdir -p "$folder/deep"
echo a > "$folder/a.txt"
seq 1 1000 > "$folder/deep/b c.txt"
head -c 25165824 /dev/urandom > "$big"
