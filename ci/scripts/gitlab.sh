#!/usr/bin/env bash
# What the pipeline for GitLab tells its merge request and its issue, and asks about labels.
#
#   gitlab.sh note REPORT                       this job's one note on the merge request: written, or written over
#   gitlab.sh issue open|closed TITLE REPORT    this job's one issue: opened, brought up to date, closed
#   gitlab.sh labels                            those of the merge request that brought this commit, one a line
#
# Needs GITLAB_TOKEN, that of a project's bot with the scope `api`; the rest is what GitLab sets in a job.
set -euo pipefail
shopt -s inherit_errexit

here=$(dirname "$0")
project=$CI_API_V4_URL/projects/$CI_PROJECT_ID

# call METHOD URL [OPTIONS OF CURL]: the answer. The token is not an argument: those are seen by the whole machine.
call() {
  if ! curl --silent --show-error --fail-with-body --request "$1" "${@:3}" "$2" \
    --config <(echo "header = \"PRIVATE-TOKEN: $GITLAB_TOKEN\""); then
    echo "error: GitLab does not answer; where that is forbidden, give GITLAB_TOKEN the scope \`api\`" >&2
    return 1
  fi
}

# written KEY URL: what KEY says of the thing listed that this job wrote before; nothing if there is none.
written() {
  local author listed found='' page=1
  author=$(call GET "$CI_API_V4_URL/user" | python3 -c 'import json, sys; print(json.load(sys.stdin)["username"])')
  while [ -z "$found" ]; do
    listed=$(call GET "$2&per_page=100&page=$page")
    [ "$listed" != '[]' ] || break
    found=$(python3 "$here/marked.py" find "$CI_JOB_NAME" "$1" "$author" <<< "$listed")
    page=$((page + 1))
  done
  echo "$found"
}

# send FIELD REPORT METHOD URL [OPTIONS OF CURL]: a report under this job's marker.
send() {
  python3 "$here/marked.py" write "$CI_JOB_NAME" "$2" | call "${@:3}" --output /dev/null --data-urlencode "$1@-"
}

note() {
  local notes=$project/merge_requests/$CI_MERGE_REQUEST_IID/notes id
  id=$(written id "$notes?sort=asc")
  if [ -n "$id" ]; then
    send body "$1" PUT "$notes/$id"
  else
    send body "$1" POST "$notes"
  fi
  echo "note on !$CI_MERGE_REQUEST_IID: ${id:-new}"
}

issue() {
  local state=$1 title=$2 report=$3 issues=$project/issues number
  number=$(written iid "$issues?state=opened")
  if [ -n "$number" ] && [ "$state" = closed ]; then
    send description "$report" PUT "$issues/$number" --data state_event=close
  elif [ -n "$number" ]; then
    send description "$report" PUT "$issues/$number"
  elif [ "$state" = open ]; then
    send description "$report" POST "$issues" --data-urlencode "title=$title"
  else
    echo "issue: none to close"
    return
  fi
  echo "issue: ${number:-new}, $state"
}

labels() {
  call GET "$project/repository/commits/$CI_COMMIT_SHA/merge_requests" |
    python3 -c 'import json, sys; print(*(label for each in json.load(sys.stdin) for label in each["labels"]), sep="\n")'
}

case ${1-} in
note | issue | labels) "$@" ;;
*) echo "usage: gitlab.sh note REPORT | issue open|closed TITLE REPORT | labels" >&2 && exit 2 ;;
esac
