# The copies were lost after the survivor was told to restart with the flag: it cannot be held back any more. No fault but the
# checker's.
seed 980007087
setup size=3 strategy=FORCE_NEW_CLUSTER mode=AUTOMATIC preVote=true openEarly=true busy=40 mended=true
LOSE_VOLUME 1
BREAK 2
TURN 1 x 12
TURN x 21
INTERRUPT 0 3 19
TURN x 3
LOSE_COPIES
TURN
