#!/usr/bin/env bash
# Makes a report this workflow's one comment on a pull request: writes it, or over what it wrote before.
#
#   upsert-comment.sh PULL_REQUEST REPORT
#
# Needs GH_TOKEN, with `pull-requests: write`; COMMENT_AUTHOR where that is not of GitHub's own bot.
set -euo pipefail

number=$1 report=$2
trap 'echo "error: no comment was written; where that is forbidden, give the job \`pull-requests: write\`" >&2' ERR

here=$(dirname "$0")
comments=repos/$GITHUB_REPOSITORY/issues/$number/comments

id=$(gh api --paginate --slurp "$comments?per_page=100" |
  python3 "$here/marked.py" find "$GITHUB_WORKFLOW" id "${COMMENT_AUTHOR:-github-actions[bot]}")
if [ -n "$id" ]; then
  target=(--method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id")
else
  target=(--method POST "$comments")
fi
python3 "$here/marked.py" write "$GITHUB_WORKFLOW" "$report" | gh api --silent "${target[@]}" --field body=@-
echo "comment on #$number: ${id:-new}"
