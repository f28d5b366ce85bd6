# The claims could not be read while a learner joined; then it was restarted, and the other one lost. Nobody knows whether it runs
# on its own claim, so that it is held. No fault but the checker's.
seed 970006382
setup size=2 strategy=RESTORE mode=AUTOMATIC preVote=true openEarly=false busy=40 mended=true
SPLIT 2
HEAL 1 9
LOSE_VOLUME
UNTIL 0 3 45
DELETE_POD
TURN x 5
HIDE 2
TURN x 3
TURN 1 x 7
HEAL_ALL
TURN x 5
LOSE_VOLUME 1
KILL
