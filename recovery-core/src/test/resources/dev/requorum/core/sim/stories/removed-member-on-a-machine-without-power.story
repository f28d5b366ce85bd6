# The checker's fault: the vote of a member that a quorum had removed was counted, where the only one left had not heard of
# the removal yet. Its machine had lost its power, so that nobody could say that it was down.
seed 853
setup size=3 strategy=FORCE_NEW_CLUSTER mode=AUTOMATIC preVote=true openEarly=false busy=5 mended=true
TURN
POWER_OFF 0
TURN
LOSE_VOLUME 0
TURN 0 x 2
BREAK 2
UNTIL 1 4 45
