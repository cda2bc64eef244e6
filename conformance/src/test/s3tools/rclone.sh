# The main jobs of rclone.
set -eu
# A bundle of CAs in the environment is more than it can take.
unset AWS_CA_BUNDLE
export RCLONE_CONFIG=/dev/null RCLONE_CONFIG_C_TYPE=s3 RCLONE_CONFIG_C_PROVIDER=Other
export RCLONE_CONFIG_C_ACCESS_KEY_ID="$COFFER_SECRET_ID" RCLONE_CONFIG_C_SECRET_ACCESS_KEY="$COFFER_SECRET_KEY"
export RCLONE_CONFIG_C_ENDPOINT="http://$COFFER_ADDRESS" RCLONE_S3_UPLOAD_CUTOFF=8M RCLONE_S3_CHUNK_SIZE=8M
. ./files.sh

rclone mkdir c:rclone-it
rclone lsd c: | grep -q ' rclone-it$'
rclone copy "$folder" c:rclone-it/folder
rclone copyto "$big" c:rclone-it/big
rclone check --download "$folder" c:rclone-it/folder
rclone copyto c:rclone-it/big "$big.back"
cmp "$big" "$big.back"
rclone sync c:rclone-it/folder c:rclone-it/second
test "$(rclone ls c:rclone-it/second | wc -l)" = 2
curl --silent --fail "$(rclone link c:rclone-it/folder/a.txt)" | cmp - "$folder/a.txt"
rclone deletefile c:rclone-it/big
rclone purge c:rclone-it
if rclone lsd c: | grep ' rclone-it$'; then exit 1; fi
echo done
