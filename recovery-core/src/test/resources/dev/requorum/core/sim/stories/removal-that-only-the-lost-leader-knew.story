# A removal was confirmed, and its leader lost before the others knew. Those that are left are a majority by the record, one of them
# was restarted, and they elect nobody. That stays a human's to decide: no fault but the checker's.
seed 920000343
setup size=5 strategy=FORCE_NEW_CLUSTER mode=AUTOMATIC preVote=true openEarly=false busy=40 mended=true
LOSE_VOLUME 4
TURN 1
LOSE_VOLUME 3
PARTITION 4
LOSE_VOLUME 1
UNTIL 0 1 45
