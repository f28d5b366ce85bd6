# At the end of the window a voter came back and a leader was elected, and lost again before the next look. The voter that had not
# run before answered, which proves a leader; the operator took the window for over all the same.
seed 980005181
setup size=3 strategy=RESTORE mode=AUTOMATIC preVote=true openEarly=false busy=40 mended=true
TURN
TURN 1
DELETE_NODE 2
LOSE_VOLUME
TURN 1 x 8
FORCE_DELETE_POD 1
TURN 1 x 6
TURN x 14
POWER_ON 2
TURN
KILL 2
