#!/usr/bin/env bash
# Keeps one issue about what a report tells: opens it, brings it up to date, and closes it.
#
#   upsert-issue.sh open|closed TITLE REPORT
#
# Needs GH_TOKEN, with `issues: write`, and GITHUB_REPOSITORY; COMMENT_AUTHOR where it is not GitHub's own bot.
set -euo pipefail

state=$1 title=$2 report=$3
trap 'echo "error: no issue was written; where that is forbidden, give the job \`issues: write\`" >&2' ERR

here=$(dirname "$0")
issues=repos/$GITHUB_REPOSITORY/issues

number=$(gh api --paginate --slurp "$issues?state=open&per_page=100" |
  python3 "$here/find.py" number "${COMMENT_AUTHOR:-github-actions[bot]}" "$report")
if [ -n "$number" ]; then
  gh api --silent --method PATCH "$issues/$number" --raw-field "state=$state" --field "body=@$report"
  echo "issue #$number is brought up to date, and $state"
elif [ "$state" = open ]; then
  gh api --silent --method POST "$issues" --raw-field "title=$title" --field "body=@$report"
  echo "opened an issue"
else
  echo "there is no issue to close"
fi
