# The pod of a member that had hung was deleted by force at the end of the window, and its process was still there: nobody can ask
# it, for Kubernetes knows of no pod. No fault but the checker's.
seed 960001468
setup size=3 strategy=FORCE_NEW_CLUSTER mode=AUTOMATIC preVote=true openEarly=true busy=40 mended=false
HANG 2
BREAK 1
TURN
LOSE_VOLUME
TURN x 19
MEND 1
TURN x 5
FORCE_DELETE_POD 2
