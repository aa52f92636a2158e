#!/usr/bin/env bash
# Makes a report the one comment of its kind on a pull request: writes it, or over what it wrote before.
#
#   upsert-comment.sh PULL_REQUEST REPORT
#
# Needs GH_TOKEN, with `pull-requests: write`, and GITHUB_REPOSITORY; COMMENT_AUTHOR where it is not GitHub's own bot.
set -euo pipefail

number=$1 report=$2
trap 'echo "error: no comment was written; where that is forbidden, give the job \`pull-requests: write\`" >&2' ERR

here=$(dirname "$0")
comments=repos/$GITHUB_REPOSITORY/issues/$number/comments

id=$(gh api --paginate --slurp "$comments?per_page=100" |
  python3 "$here/find.py" id "${COMMENT_AUTHOR:-github-actions[bot]}" "$report")
if [ -n "$id" ]; then
  gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field "body=@$report"
  echo "comment $id on #$number is brought up to date"
else
  gh api --silent --method POST "$comments" --field "body=@$report"
  echo "commented on #$number"
fi
