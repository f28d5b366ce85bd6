# A promotion was confirmed, and its leader lost before the others knew. By the record a majority of the voters is left, and they
# elect nobody, for one of them is a learner yet. That stays a human's to decide: no fault but the checker's.
seed 940002169
setup size=5 strategy=RESTORE mode=AUTOMATIC preVote=true openEarly=true busy=100 mended=true
TURN
SPLIT 16
TURN x 2
TURN 1 x 7
HEAL_ALL
TURN x 3
LOSE_VOLUME 2
TURN x 10
BREAK 4
OUT_OF_SERVICE 2
LOSE_VOLUME 1
DOOM_VOLUME
DELETE_POD
