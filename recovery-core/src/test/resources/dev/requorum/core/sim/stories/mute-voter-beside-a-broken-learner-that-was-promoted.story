# A learner was promoted, unseen, and dies at each start; the other voter awaits a leader. The claim of the first is there, so that
# it is waited for. No fault but the checker's.
seed 970006761
setup size=3 strategy=FORCE_NEW_CLUSTER mode=AUTOMATIC preVote=true openEarly=false busy=100 mended=false
TURN
TURN 1
HANG 1
BREAK 2
TURN
LOSE_VOLUME 1
TURN x 58
BREAK 1
TURN x 2
DELETE_NODE
