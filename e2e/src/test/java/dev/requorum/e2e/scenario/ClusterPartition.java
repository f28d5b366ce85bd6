package dev.requorum.e2e.scenario;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A partition of our own cluster. In the network of each host that is in one of the groups, packets
 * from and to all others than its own group and the members of neither vanish ({@code
 * e2e/cluster/cut.sh}). So a successor is cut off from the other group from its first packet on, as
 * long as a host of that group is there.
 */
final class ClusterPartition implements Partition {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final String name = "cut-" + NUMBER.incrementAndGet();
  private final TestCluster cluster;
  private final Supplier<List<String>> operator;
  private final boolean withOperator;
  private final List<List<Integer>> groups;
  private final Map<String, TreeSet<String>> kept = new HashMap<>();
  private final ScheduledExecutorService hand = Executors.newSingleThreadScheduledExecutor();
  private volatile RuntimeException failure;

  private ClusterPartition(
      Stage stage, TestCluster cluster, boolean withOperator, List<List<Integer>> groups) {
    this.cluster = cluster;
    this.operator = () -> operatorAddresses(stage);
    this.withOperator = withOperator;
    this.groups = groups;
  }

  static Partition between(
      Stage stage, TestCluster cluster, List<Integer> here, List<Integer> there) {
    return new ClusterPartition(stage, cluster, false, List.of(here, there)).begun();
  }

  static Partition betweenOperatorWith(
      Stage stage, TestCluster cluster, List<Integer> here, List<Integer> there) {
    return new ClusterPartition(stage, cluster, true, List.of(here, there)).begun();
  }

  private static List<String> operatorAddresses(Stage stage) {
    return stage.operator() instanceof HostOperator host
        ? List.of(host.address())
        : addresses(new OperatorDeployment(stage.site().client()).pods());
  }

  private static List<String> addresses(List<Pod> pods) {
    return pods.stream().map(pod -> pod.getStatus().getPodIP()).filter(Objects::nonNull).toList();
  }

  private Partition begun() {
    OwnCluster.require();
    enforce();
    hand.scheduleWithFixedDelay(
        this::tryEnforce,
        BETWEEN_LOOKS.toMillis(),
        BETWEEN_LOOKS.toMillis(),
        TimeUnit.MILLISECONDS);
    return this;
  }

  private void tryEnforce() {
    try {
      enforce();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** Members come back at other addresses. */
  private synchronized void enforce() {
    List<Pod> pods = cluster.client().pods().inNamespace(cluster.namespace()).list().getItems();
    List<String> operators = operator.get();
    List<String> both = groups.stream().flatMap(List::stream).map(cluster::pod).toList();
    List<String> inNeither = addresses(pods, pod -> !both.contains(pod));
    for (int i = 0; i < groups.size(); i++) {
      List<String> names = groups.get(i).stream().map(cluster::pod).toList();
      List<String> members = addresses(pods, names::contains);
      boolean operatorIsHere = withOperator && i == 0;
      TreeSet<String> group = new TreeSet<>(members);
      group.addAll(inNeither);
      if (operatorIsHere || !withOperator) {
        group.addAll(operators);
      }
      members.forEach(address -> keep(address, group));
      if (operatorIsHere) {
        operators.forEach(address -> keep(address, group));
      }
    }
  }

  private static List<String> addresses(List<Pod> pods, Predicate<String> named) {
    return addresses(pods.stream().filter(p -> named.test(p.getMetadata().getName())).toList());
  }

  private void keep(String address, TreeSet<String> group) {
    if (group.equals(kept.get(address))) {
      return;
    }
    List<String> arguments = new ArrayList<>(List.of(name, address));
    arguments.addAll(group);
    OwnCluster.run("cut.sh", arguments.toArray(String[]::new));
    kept.put(address, new TreeSet<>(group));
  }

  @Override
  public synchronized void close() {
    hand.shutdownNow();
    kept.keySet().forEach(address -> OwnCluster.run("cut.sh", "--heal", name, address));
    if (failure != null) {
      throw new IllegalStateException(name + " was not in force all the time", failure);
    }
  }
}
