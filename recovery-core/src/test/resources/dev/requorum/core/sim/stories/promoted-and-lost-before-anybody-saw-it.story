# A learner was promoted and died before an operator saw it as a voter. By the record the other one was the only voter, and it
# was there, so that the loss was never certain.
seed 90514178
setup size=3 strategy=RESTORE mode=AUTOMATIC preVote=true openEarly=true busy=40 mended=false
TURN 1 x 5
PARTITION 2
TURN x 3
HEAL_ALL
LOSE_VOLUME 2
LOSE_VOLUME 1
TURN 1 x 5
KILL
TURN 1 x 4
TURN x 3
INTERRUPT 0 4 81
TURN x 2
BREAK 1
