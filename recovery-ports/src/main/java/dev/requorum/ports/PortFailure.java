package dev.requorum.ports;

/**
 * A port could not say what became of a call: the network, the API server or etcd failed. The act
 * may or may not have happened; the caller observes again before it decides anything. Adapters
 * translate their library's exceptions into this one, once.
 */
public final class PortFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param what the call, in words ("write ConfigMap demo-state")
   */
  public PortFailure(String what, Throwable cause) {
    super(what + ": " + cause.getMessage(), cause);
  }

  public PortFailure(String what, String why) {
    super(what + ": " + why);
  }
}
