# The checker's fault: it did not allow for what a change between two operators adds to a window whose clocks differ.
seed 1
setup size=3 strategy=FORCE_NEW_CLUSTER mode=AUTOMATIC preVote=true openEarly=false busy=5 mended=false
CLOCK 0 -46
LOSE_VOLUME 0
BREAK 1
TURN 0 x 2
TURN 1
