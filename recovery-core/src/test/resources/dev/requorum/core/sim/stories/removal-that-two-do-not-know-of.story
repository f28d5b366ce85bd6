# A removal was confirmed, and its leader lost before the two that are left knew. By the record they are a majority, and they elect
# nobody. That stays a human's to decide: no fault but the checker's.
seed 960008523
setup size=4 strategy=RESTORE mode=AUTOMATIC preVote=true openEarly=true busy=5 mended=false
TURN 1 x 2
PARTITION 4
TURN
LOSE_VOLUME 3
LOSE_VOLUME 1
OUT_OF_SERVICE 2
