#!/usr/bin/env bash
# What the pipeline for GitLab tells its merge request and its issue, and asks about labels.
#
#   gitlab.sh note REPORT                       the one note of its kind on this merge request: written, or written over
#   gitlab.sh issue open|closed TITLE REPORT    the one issue about what a report tells: opened, brought up to date, closed
#   gitlab.sh labels                            those of the merge request that brought this commit, one a line
#
# Needs GITLAB_TOKEN, that of a project's bot with the scope `api`; the rest is what GitLab sets in a job.
set -euo pipefail
shopt -s inherit_errexit

here=$(dirname "$0")
project=$CI_API_V4_URL/projects/$CI_PROJECT_ID

# call METHOD URL [OPTIONS OF CURL]: the answer. The token is not an argument: those are seen by the whole machine.
call() {
  if ! curl --silent --show-error --fail-with-body --config - --request "$1" "${@:3}" "$2" \
    <<< "header = \"PRIVATE-TOKEN: $GITLAB_TOKEN\""; then
    echo "error: GitLab does not answer; where that is forbidden, give GITLAB_TOKEN the scope \`api\`" >&2
    return 1
  fi
}

# written KEY URL REPORT: what KEY says of the thing listed that was written of this report before; nothing if none was.
written() {
  local author listed found='' page=1
  author=$(call GET "$CI_API_V4_URL/user" | python3 -c 'import json, sys; print(json.load(sys.stdin)["username"])')
  while [ -z "$found" ]; do
    listed=$(call GET "$2&per_page=100&page=$page")
    [ "$listed" != '[]' ] || break
    found=$(python3 "$here/find.py" "$1" "$author" "$3" <<< "$listed")
    page=$((page + 1))
  done
  echo "$found"
}

note() {
  local notes=$project/merge_requests/$CI_MERGE_REQUEST_IID/notes id
  id=$(written id "$notes?sort=asc" "$1")
  if [ -n "$id" ]; then
    call PUT "$notes/$id" --output /dev/null --data-urlencode "body@$1"
    echo "note $id on !$CI_MERGE_REQUEST_IID is brought up to date"
  else
    call POST "$notes" --output /dev/null --data-urlencode "body@$1"
    echo "wrote a note on !$CI_MERGE_REQUEST_IID"
  fi
}

issue() {
  local state=$1 title=$2 report=$3 issues=$project/issues number
  number=$(written iid "$issues?state=opened" "$report")
  if [ -n "$number" ] && [ "$state" = open ]; then
    call PUT "$issues/$number" --output /dev/null --data-urlencode "description@$report"
    echo "issue #$number is brought up to date"
  elif [ -n "$number" ]; then
    call PUT "$issues/$number" --output /dev/null --data-urlencode "description@$report" --data state_event=close
    echo "issue #$number is closed"
  elif [ "$state" = open ]; then
    call POST "$issues" --output /dev/null --data-urlencode "title=$title" --data-urlencode "description@$report"
    echo "opened an issue"
  else
    echo "there is no issue to close"
  fi
}

labels() {
  call GET "$project/repository/commits/$CI_COMMIT_SHA/merge_requests" |
    python3 -c 'import json, sys; print(*(label for each in json.load(sys.stdin) for label in each["labels"]), sep="\n")'
}

case ${1-} in
note | issue | labels) "$@" ;;
*) echo "usage: gitlab.sh note REPORT | issue open|closed TITLE REPORT | labels" >&2 && exit 2 ;;
esac
