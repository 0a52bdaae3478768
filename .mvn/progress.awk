# What Maven says, in short: a line for each module, the tests it ran, the test classes that took
# five seconds or more, and whatever is not routine. Fails if the build did.
{ gsub(/\033\[[0-9;]*m/, "") }
/BUILD SUCCESS/ { ok = 1 }
/^\[INFO\] Building .*\[[0-9]+\/[0-9]+\]/ {
  sub(/^\[INFO\] /, ""); sub(/ [0-9][^ ]* +/, " "); print "  " $0; fflush(); next
}
/^\[(INFO|WARNING)\] Tests run: .*Time elapsed: / {
  match($0, /Time elapsed: [0-9.]+ s/)
  seconds = substr($0, RSTART + 14, RLENGTH - 16) + 0
  if (seconds >= 5) { printf "    %6.1f s  %s\n", seconds, $NF; fflush() }
  next
}
/^\[(INFO|WARNING|ERROR)\] Tests run: [^<]*$/ {
  sub(/^\[[A-Z]*\] /, ""); print "    " $0; fflush()
  split($0, count, /[^0-9]+/)
  for (i = 2; i <= 5; i++) { sum[i] += count[i] }
  next
}
/^\[INFO\]/ || /^NOTE: Picked up JDK_JAVA_OPTIONS/ || !/[^[:space:]]/ { next }
{ print; fflush() }
END {
  if (sum[2]) {
    printf "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d\n", sum[2], sum[3], sum[4], sum[5]
  }
  exit !ok
}
