# No fault but the checker's: a voter whose node was deleted is gone, and the shorter window is its own.
seed 900000695
setup size=3 strategy=FORCE_NEW_CLUSTER mode=AUTOMATIC preVote=true openEarly=false busy=100 mended=true
LOSE_VOLUME 1
BREAK 2
TURN 1 x 11
TURN x 2
DELETE_NODE 2
TURN
