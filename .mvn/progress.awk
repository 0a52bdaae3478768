# What a build says: a line for each module, and whatever is not routine. Fails if the build did.
{ gsub(/\033\[[0-9;]*m/, "") }
/BUILD SUCCESS/ { ok = 1 }
/^\[INFO\] Building .*\[[0-9]+\/[0-9]+\]/ {
  sub(/^\[INFO\] /, ""); sub(/ [0-9][^ ]* +/, " "); print "  " $0; fflush(); next
}
/^\[INFO\]/ || !/[^[:space:]]/ { next }
{ print; fflush() }
END { exit !ok }
