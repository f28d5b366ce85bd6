# The checker's fault: a member that was cut off while another one was promoted counted itself and one more as a majority,
# though nobody would have voted for it: its log was behind.
seed 2885
setup size=5 strategy=RESTORE mode=AUTOMATIC preVote=true openEarly=true busy=40 mended=true
TURN 0 x 2
LOSE_VOLUME 2
LOSE_VOLUME 0
LOSE_VOLUME 3
TURN 0 x 23
TURN 1 x 25
TURN 0 x 3
SPLIT 1
TURN 1 x 7
OUT_OF_SERVICE 1
OUT_OF_SERVICE 3
INTERRUPT 0 3 68
TURN 0 x 21
HEAL_ALL
TURN 0 x 3
INTERRUPT 0 5 92
TURN
