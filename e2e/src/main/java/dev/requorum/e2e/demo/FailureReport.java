package dev.requorum.e2e.demo;

import java.util.List;

/**
 * What {@code target/demo/report.json} holds where a demo run came to no {@link Report}.
 *
 * @param verdict always {@link Report#FAILED}
 * @param survivor the ordinal of the member that was not to be touched
 * @param phases the transitions up to the failure
 * @param message what went wrong
 * @param operatorLog the last lines of the operator's log, empty where it was not started
 */
record FailureReport(
    String verdict,
    String etcdVersion,
    int survivor,
    List<Report.PhaseEntry> phases,
    String message,
    List<String> operatorLog) {

  FailureReport {
    phases = List.copyOf(phases);
    operatorLog = List.copyOf(operatorLog);
  }
}
