package dev.requorum.operator;

import dev.requorum.core.engine.Ports;
import dev.requorum.core.engine.RecoveryEngine;
import dev.requorum.core.engine.TurnListener;
import dev.requorum.fabric8.Fabric8Announcer;
import dev.requorum.fabric8.Fabric8RecoveryRecords;
import dev.requorum.fabric8.Fabric8Restoration;
import dev.requorum.fabric8.Fabric8Workload;
import dev.requorum.jetcd.EtcdChannels;
import dev.requorum.jetcd.JetcdMemberData;
import dev.requorum.jetcd.JetcdMemberProbe;
import dev.requorum.jetcd.JetcdMembership;
import dev.requorum.operator.api.EtcdCluster;
import dev.requorum.operator.config.OperatorConfig;
import dev.requorum.operator.objects.ClusterObjects;
import dev.requorum.operator.preserve.FilePreservation;
import dev.requorum.operator.spec.SpecReader;
import dev.requorum.operator.status.StatusWriter;
import dev.requorum.operator.telemetry.HttpEndpoints;
import dev.requorum.operator.telemetry.OperatorMetrics;
import dev.requorum.operator.telemetry.TimedProbe;
import dev.requorum.operator.telemetry.TransitionLog;
import dev.requorum.operator.telemetry.TurnListeners;
import dev.requorum.operator.volumes.OwnImage;
import dev.requorum.operator.volumes.RemovalJobs;
import dev.requorum.operator.volumes.VolumeUpkeep;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The running operator, wired by hand. */
public final class RequorumOperator implements AutoCloseable {

  /**
   * For one cluster. Each step of a recovery takes a round, which a watch starts, so that the bound
   * is far above what a recovery needs; it keeps a cluster whose objects change all the time, such
   * as by another controller that fights over them, from taking the API server's time.
   */
  private static final int ROUNDS_PER_PERIOD = 20;

  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

  /** Of a stop, once the rounds have ended. */
  private static final Duration THREADS_LIMIT = Duration.ofSeconds(2);

  private final HttpEndpoints http;
  private final List<End> ends;

  /**
   * @param ends what a stop takes, in this order
   */
  private RequorumOperator(HttpEndpoints http, List<End> ends) {
    this.http = http;
    this.ends = ends;
  }

  /**
   * Starts looking after clusters; returns once the watches are synchronized. With leader election,
   * the first round waits for the Lease.
   *
   * @param client closed by {@link #close}
   * @param listener told of each turn of the engine, after the log and the metrics
   * @param decorate what the engine is given instead of the operator's own ports: for whoever
   *     embeds the operator, and for tests; the shipped one gives them as they are
   * @param leadershipLost called when another process may have the Lease, or soon will, while
   *     rounds may be under way: nothing may be done any more, so that it had better end this
   *     process
   * @throws StartFailure where the API server, the CustomResourceDefinition, a permission, a
   *     directory or a port is missing
   */
  public static RequorumOperator start(
      OperatorConfig config,
      KubernetesClient client,
      TurnListener listener,
      UnaryOperator<Ports> decorate,
      Runnable leadershipLost) {
    new Preflight(client, config).check();
    InstantSource clock = InstantSource.system();
    OperatorMetrics metrics = new OperatorMetrics(clock);
    EtcdChannels channels = new EtcdChannels();
    Ports ports = decorate.apply(ports(config, client, channels, metrics, clock));
    RecoveryEngine engine =
        new RecoveryEngine(
            ports, new TurnListeners(List.of(new TransitionLog(), metrics, listener)));
    ClusterRound round =
        new ClusterRound(
            new SpecReader(config.policy(), config.imageRegistry()),
            new ClusterRound.Belongings(new ClusterObjects(client), volumes(config, client, ports)),
            ports.records(),
            engine,
            new ClusterRound.Reporting(new StatusWriter(client, clock), ports.announcer(), clock));
    RoundsUnderWay rounds = new RoundsUnderWay();
    EtcdClusterReconciler reconciler = new EtcdClusterReconciler(client, round, rounds);
    Runnable onStop = () -> unlessOver(rounds, leadershipLost);
    Operator operator = new Operator(service -> configure(service, config, client, onStop));
    operator.register(reconciler, controller -> configure(controller, config));
    HttpEndpoints http = http(config, operator, reconciler, metrics);
    LeaseReturn lease = new LeaseReturn(client, config.lease(), rounds);
    RequorumOperator running =
        new RequorumOperator(
            http,
            List.of(
                new End("the rounds", rounds::stop),
                new End("the controller", () -> stop(operator, lease)),
                new End("the etcd channels", channels::close),
                new End("the Lease", lease::giveBack),
                new End("the HTTP server", http::close),
                new End("the Kubernetes client", client::close)));
    try {
      operator.start();
    } catch (OperatorException e) {
      running.close();
      throw new StartFailure(Preflight.rootCause(e), e);
    }
    return running;
  }

  /** The port of /healthz, /readyz and /metrics. */
  public int httpPort() {
    return http.port();
  }

  /**
   * Lets no round begin, waits for those that are under way, gives the Lease back, and closes the
   * client. Where a round takes longer than {@link RoundsUnderWay#stop} waits, the Lease is kept,
   * and {@code leadershipLost} is called, as nobody renews it any more.
   */
  @Override
  public void close() {
    ends.forEach(End::run);
  }

  /** After it, no renewal is under way, and none will be. */
  private static void stop(Operator operator, LeaseReturn lease) {
    operator.stop();
    lease.electionEnded();
  }

  /** Leadership ends at a stop too, which is nothing to be alarmed about once nothing is done. */
  private static void unlessOver(RoundsUnderWay rounds, Runnable leadershipLost) {
    if (!rounds.areOver()) {
      leadershipLost.run();
    }
  }

  private static Ports ports(
      OperatorConfig config,
      KubernetesClient client,
      EtcdChannels channels,
      OperatorMetrics metrics,
      InstantSource clock) {
    return new Ports(
        new Fabric8Workload(client),
        new TimedProbe(new JetcdMemberProbe(channels), metrics),
        new JetcdMembership(channels),
        new FilePreservation(
            config.copiesDir(), new JetcdMemberData(channels), clock, config.snapshotLimit()),
        new Fabric8Restoration(client),
        new Fabric8RecoveryRecords(client),
        new Fabric8Announcer(client, config.lease().identity()),
        clock);
  }

  private static VolumeUpkeep volumes(OperatorConfig config, KubernetesClient client, Ports ports) {
    OwnImage image = new OwnImage(client, config.itself());
    return new VolumeUpkeep(ports.restoration(), new RemovalJobs(client, image));
  }

  private static HttpEndpoints http(
      OperatorConfig config,
      Operator operator,
      EtcdClusterReconciler reconciler,
      OperatorMetrics metrics) {
    try {
      return HttpEndpoints.start(
          config.httpPort(),
          () -> unreadiness(operator),
          () -> metrics.scrape(reconciler.living()));
    } catch (IOException e) {
      throw new StartFailure(
          "HTTP_PORT: port %d cannot be had (%s); name another one."
              .formatted(config.httpPort(), e.getMessage()),
          e);
    }
  }

  private static Optional<String> unreadiness(Operator operator) {
    if (!operator.getRuntimeInfo().isStarted()) {
      return Optional.of("the watches are not synchronized yet");
    }
    return operator.getRuntimeInfo().allEventSourcesAreHealthy()
        ? Optional.empty()
        : Optional.of("watches are broken: " + operator.getRuntimeInfo().unhealthyEventSources());
  }

  private static void configure(
      ConfigurationServiceOverrider service,
      OperatorConfig config,
      KubernetesClient client,
      Runnable leadershipLost) {
    service
        .withKubernetesClient(client)
        .withCloseClientOnStop(false)
        .withConcurrentReconciliationThreads(config.threads())
        .withReconciliationTerminationTimeout(THREADS_LIMIT);
    OperatorConfig.Lease lease = config.lease();
    if (lease.enabled()) {
      service.withLeaderElectionConfiguration(
          LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(lease.name())
              .withLeaseNamespace(lease.namespace())
              .withIdentity(lease.identity())
              .withLeaseDuration(lease.duration())
              .withRenewDeadline(lease.renewDeadline())
              .withRetryPeriod(lease.retryPeriod())
              .withLeaderCallbacks(new LeaderCallbacks(() -> {}, leadershipLost, newLeader -> {}))
              .build());
    }
  }

  private static void configure(
      ControllerConfigurationOverrider<EtcdCluster> controller, OperatorConfig config) {
    controller
        .withName(EtcdClusterReconciler.NAME)
        .withFieldManager(ClusterObjects.FIELD_MANAGER)
        .withGenerationAware(false)
        .withOnUpdateFilter(EtcdClusterReconciler::isForUs)
        .withRateLimiter(new LinearRateLimiter(PERIOD, ROUNDS_PER_PERIOD))
        .withRetry(
            new GenericRetry()
                .withoutMaxAttempts()
                .setInitialInterval(FIRST_RETRY.toMillis())
                .setIntervalMultiplier(2)
                .setMaxInterval(LONGEST_RETRY.toMillis()));
    if (!config.namespaces().isEmpty()) {
      controller.settingNamespaces(config.namespaces());
    }
  }
}
