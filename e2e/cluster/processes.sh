# The cluster's processes, which are remembered with the time of their start; read by the scripts beside it, after place.sh.
# shellcheck shell=bash disable=SC2154

start() { # start NAME COMMAND...: a process of its own that outlives the script
  local name=$1
  shift
  setsid "$@" >>"$run/log/$name.log" 2>&1 </dev/null 9>&- &
  echo "$! $(process_start $!)" >"$run/process/$name"
}

started() { # started NAME: its process id, where it is the one that was started here and still runs
  local pid since
  [ -e "$run/process/$1" ] && read -r pid since <"$run/process/$1" || return 1
  [ -n "$since" ] && [ "$(process_start "$pid")" = "$since" ] && echo "$pid"
}

process_start() { # process_start PID: when it was started, in the kernel's ticks; none of one that has ended
  local stat fields
  read -r stat 2>/dev/null <"/proc/$1/stat" || return 1
  read -ra fields <<<"${stat##*) }"
  [ "${fields[0]}" != Z ] && echo "${fields[19]}"
}

await() { # await PROCESS WHAT COMMAND...: a minute at the most
  local process=$1 what=$2 end=$((SECONDS + 60))
  shift 2
  while [ "$SECONDS" -lt "$end" ]; do
    "$@" >/dev/null 2>&1 && return
    started "$process" >/dev/null || break
    sleep 0.2
  done
  say "$what: not so; the end of $run/log/$process.log:"
  tail -n 20 "$run/log/$process.log" >&2
  exit 1
}

stop() { # stop NAME: at once; fails where it does not end
  local pid i
  pid=$(started "$1") || return 0
  kill -9 "$pid" 2>/dev/null
  for ((i = 0; i < 50; i++)); do
    started "$1" >/dev/null || return 0
    sleep 0.1
  done
  say "$1 (process $pid) does not end"
  return 1
}

mounts() { awk -v under="$1/" 'index($2, under) == 1 { print $2 }' /proc/mounts | sort -r; } # mounts DIRECTORY: what is mounted within
