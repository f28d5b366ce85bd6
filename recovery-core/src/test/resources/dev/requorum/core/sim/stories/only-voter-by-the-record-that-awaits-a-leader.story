# After a rebuild a learner was promoted and lost, and the survivor restarted, before anybody saw the promotion: by the record it
# is the only voter, and it awaits a leader. That has to be told as what it is, and not as a list that cannot be used.
seed 910000572
setup size=3 strategy=FORCE_NEW_CLUSTER mode=AUTOMATIC preVote=true openEarly=false busy=40 mended=true
BREAK 2
LOSE_VOLUME 1
UNTIL 1 0 45
CUT 1 11
TURN x 16
HEAL_ALL
TURN x 4
BREAK
LOSE_VOLUME 1
