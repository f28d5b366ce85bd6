# The checker's fault: a process whose pod had been deleted by force, on a machine that was told so, counted as alive for the
# second that its kubelet took to end it.
seed 3180
setup size=5 strategy=FORCE_NEW_CLUSTER mode=AUTOMATIC preVote=true openEarly=false busy=40 mended=true
TURN 0 x 5
LOSE_VOLUME 0
DELETE_NODE 3
TURN 1 x 2
LOSE_VOLUME 4
TURN
HANG 2
UNTIL 1 9 45
LOSE_VOLUME 2
TURN 0 x 2
