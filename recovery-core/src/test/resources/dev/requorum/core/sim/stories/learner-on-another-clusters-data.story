# A member's claim was lost, and somebody put another cluster's data on the new one. The learner that was added there could
# not start; its pod was restarted for ever, and nobody was told.
seed 890
setup size=5 strategy=RESTORE mode=AUTOMATIC preVote=true openEarly=true busy=40 mended=true
DELETE_NODE 3
LOSE_VOLUME 1
TURN 0 x 2
FOREIGN 1
