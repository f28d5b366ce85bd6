# One voter of two was restarted, and somebody put another cluster's data on the claim of the other, which dies at each start.
# Nobody can see that its own data is gone, so that it is waited for: no fault but the checker's.
seed 930007413
setup size=2 strategy=FORCE_NEW_CLUSTER mode=AUTOMATIC preVote=true openEarly=false busy=40 mended=false
FOREIGN 1
BREAK 1
PARTITION 1025
TURN x 19
