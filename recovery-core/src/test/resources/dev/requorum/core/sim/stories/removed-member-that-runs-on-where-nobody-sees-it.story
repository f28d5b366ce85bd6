# A member was cut off and removed, and its pod and claim deleted by force; it runs on where Kubernetes does not see it, while the
# cluster that removed it is restored. It cannot vote there. No fault but the checker's.
seed 990009667
setup size=3 strategy=RESTORE mode=AUTOMATIC preVote=true openEarly=false busy=40 mended=true
PARTITION 1
LOSE_VOLUME
TURN x 2
BREAK 1
TURN x 5
TURN 1 x 25
