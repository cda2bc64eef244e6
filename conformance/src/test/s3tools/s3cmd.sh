# The main jobs of s3cmd.
set -eu
s3cmd="venv/bin/python venv/bin/s3cmd --config=/dev/null --access_key=$COFFER_SECRET_ID --secret_key=$COFFER_SECRET_KEY
    --host=$COFFER_ADDRESS --host-bucket=$COFFER_ADDRESS --no-ssl --no-progress --region=us-east-1"
. ./files.sh

$s3cmd mb s3://s3cmd-it
$s3cmd put "$folder/a.txt" s3://s3cmd-it/one.txt
$s3cmd sync "$folder/" s3://s3cmd-it/folder/
test "$($s3cmd ls --recursive s3://s3cmd-it/folder/ | wc -l)" = 2
$s3cmd put --multipart-chunk-size-mb=8 "$big" s3://s3cmd-it/big
$s3cmd get s3://s3cmd-it/big "$big.back"
cmp "$big" "$big.back"
mkdir "$folder.back"
$s3cmd sync s3://s3cmd-it/folder/ "$folder.back/"
diff -r "$folder" "$folder.back"
curl --silent --fail "$($s3cmd signurl s3://s3cmd-it/one.txt +60)" | cmp - "$folder/a.txt"
$s3cmd --signature-v2 get --force s3://s3cmd-it/one.txt "$folder.one"
cmp "$folder.one" "$folder/a.txt"
$s3cmd cp s3://s3cmd-it/one.txt s3://s3cmd-it/two.txt
$s3cmd info s3://s3cmd-it/two.txt
$s3cmd rm s3://s3cmd-it/two.txt
$s3cmd rb --recursive --force s3://s3cmd-it
if $s3cmd ls s3://s3cmd-it; then exit 1; fi
echo done
