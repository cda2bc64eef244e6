# The main jobs of the command line of AWS.
set -eu
export AWS_ACCESS_KEY_ID="$COFFER_SECRET_ID" AWS_SECRET_ACCESS_KEY="$COFFER_SECRET_KEY" AWS_DEFAULT_REGION=us-east-1
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_ENDPOINT_URL="http://$COFFER_ADDRESS"
aws="venv/bin/aws --cli-connect-timeout 10"
. ./files.sh

$aws s3 mb s3://aws-cli
$aws s3 cp "$folder/a.txt" s3://aws-cli/one.txt
$aws s3 sync "$folder" s3://aws-cli/folder
test "$($aws s3 ls s3://aws-cli/folder/ | grep -c 'a.txt\|PRE deep/')" = 2
$aws s3 cp "$big" s3://aws-cli/big
$aws s3 cp s3://aws-cli/big "$big.back"
cmp "$big" "$big.back"
$aws s3 sync s3://aws-cli/folder "$folder.back"
diff -r "$folder" "$folder.back"
$aws s3api head-object --bucket aws-cli --key big | grep -q -- '-3\\"'
curl --silent --fail "$($aws s3 presign s3://aws-cli/one.txt)" | cmp - "$folder/a.txt"
$aws s3 mv s3://aws-cli/one.txt s3://aws-cli/two.txt
$aws s3 rm s3://aws-cli/two.txt
$aws s3 rb --force s3://aws-cli
if $aws s3 ls s3://aws-cli; then exit 1; fi
echo done
