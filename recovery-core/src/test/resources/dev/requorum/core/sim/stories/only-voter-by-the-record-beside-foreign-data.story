# The only voter by the record awaits a leader, for another one was promoted, unseen, whose data was swapped then. It is held and
# said to be missing: no fault but the checker's.
seed 960004379
setup size=3 strategy=FORCE_NEW_CLUSTER mode=AUTOMATIC preVote=true openEarly=false busy=5 mended=true
LOSE_VOLUME 1
BREAK
TURN x 5
TURN 1 x 27
INTERRUPT 0 4 22
TURN 1 x 7
TURN x 21
OUT_OF_SERVICE 2
FOREIGN 1
