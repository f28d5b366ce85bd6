# While members were added after a restore, one was not wanted any more, and then again. Its claim kept what was before the
# incident, which stayed after that was acknowledged: it is removed in calm times only, and they could not come.
seed 1959
setup size=5 strategy=RESTORE mode=AUTOMATIC preVote=true openEarly=true busy=5 mended=true
LOSE_VOLUME 3
LOSE_VOLUME 0
LOSE_VOLUME 4
UNTIL 0 8 45
TURN 1 x 8
TURN 0 x 7
TURN 1 x 7
RESIZE 3
TURN 1
RESIZE 5
