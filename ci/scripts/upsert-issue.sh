#!/usr/bin/env bash
# Keeps this workflow's one issue about what a report tells: opens it, brings it up to date, and closes it.
#
#   upsert-issue.sh open|closed TITLE REPORT
#
# Needs GH_TOKEN, with `issues: write`; COMMENT_AUTHOR where that is not of GitHub's own bot.
set -euo pipefail

state=$1 title=$2 report=$3
trap 'echo "error: no issue was written; where that is forbidden, give the job \`issues: write\`" >&2' ERR

here=$(dirname "$0")
issues=repos/$GITHUB_REPOSITORY/issues

number=$(gh api --paginate --slurp "$issues?state=open&per_page=100" |
  python3 "$here/marked.py" find "$GITHUB_WORKFLOW" number "${COMMENT_AUTHOR:-github-actions[bot]}")
if [ -n "$number" ]; then
  target=(--method PATCH "$issues/$number" --raw-field "state=$state")
elif [ "$state" = open ]; then
  target=(--method POST "$issues" --raw-field "title=$title")
else
  echo "issue: none to close"
  exit
fi
python3 "$here/marked.py" write "$GITHUB_WORKFLOW" "$report" | gh api --silent "${target[@]}" --field body=@-
echo "issue: ${number:-new}, $state"
