package dev.requorum.e2e.scenario;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/**
 * A Kubernetes that scenarios are played on: all that they need of it, so that the same words tell
 * them on any.
 */
public interface Site {

  /** A client with all rights. */
  KubernetesClient client();

  /**
   * Starts the operator for one namespace, under the rights of its own ServiceAccount.
   *
   * @param mainClass its entry point
   * @param environment what is set besides what the site sets itself
   */
  OperatorHandle startOperator(String namespace, String mainClass, Map<String, String> environment);

  /**
   * Runs etcdctl against the member of one pod alone and returns what it printed.
   *
   * @throws RuntimeException where etcdctl fails, with what it said
   */
  String etcdctl(String namespace, String pod, String... arguments);

  /**
   * Ends a pod's process at once and keeps it and its successors from running; its volume stays.
   */
  void holdDown(String namespace, String pod);

  /** Lets the pods of this name run again. */
  void release(String namespace, String pod);
}
