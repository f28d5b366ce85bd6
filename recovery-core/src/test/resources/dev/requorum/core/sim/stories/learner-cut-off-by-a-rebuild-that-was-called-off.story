# A learner was started, never seen to answer, and cut off by a rebuild that was called off. When the quorum was back its
# claim was deleted as a former member's, and it was to go on under its id without it.
seed 90514121
setup size=3 strategy=FORCE_NEW_CLUSTER mode=AUTOMATIC preVote=true openEarly=true busy=40 mended=true
LOSE_VOLUME
TURN x 6
OUT_OF_SERVICE 1
TURN x 6
TURN 1 x 26
TURN x 2
