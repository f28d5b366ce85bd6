# A learner died at each start, and its pod was restarted again and again, as if the membership had refused it.
seed 90514178
setup size=3 strategy=RESTORE mode=AUTOMATIC preVote=true openEarly=true busy=40 mended=false
TURN 1
PARTITION 2
TURN
HEAL_ALL
LOSE_VOLUME 2
LOSE_VOLUME 1
TURN 1 x 4
TURN x 3
BREAK 1
