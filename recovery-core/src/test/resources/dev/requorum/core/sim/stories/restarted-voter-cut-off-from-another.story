# One voter of three was restarted and cut off from the second, the third was out of service. When the cut healed the
# operator rebuilt from the second, a second before the two would have elected a leader.
seed 1469
setup size=3 strategy=RESTORE mode=AUTOMATIC preVote=true openEarly=false busy=100 mended=true
SPLIT 1537
KILL 0
OUT_OF_SERVICE 2
TURN 1 x 12
TURN 0 x 11
TURN 1 x 6
TURN 0 x 3
HEAL_ALL
TURN 0 x 2
