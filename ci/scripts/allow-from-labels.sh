#!/usr/bin/env bash
# Prints the options that labels stand for: the label allow-widen is `--allow widen`.
#
#   allow-from-labels.sh < LABELS, one a line
#
# A label that does not name a rule of the guard, to the letter, counts for nothing: what is printed is safe to split.
set -euo pipefail

rules='delete|replace|rename|widen|narrow|redirect|record|revert|vanish|cosmetic|max_change|max_delete|unattested'
options=()
while IFS= read -r label || [ -n "$label" ]; do
  if [[ $label =~ ^allow-($rules)$ ]]; then
    options+=(--allow "${BASH_REMATCH[1]}")
  fi
done
echo "${options[*]}"
