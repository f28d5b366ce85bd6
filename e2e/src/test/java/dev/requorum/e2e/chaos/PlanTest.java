package dev.requorum.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The plan of a seed")
class PlanTest {

  private static final List<Plan> PLANS = LongStream.range(0, 1_000).mapToObj(Plan::of).toList();

  @Test
  @DisplayName("is the same each time")
  void isTheSame() {
    assertThat(LongStream.range(0, 1_000).mapToObj(Plan::of)).isEqualTo(PLANS);
    assertThat(Set.copyOf(PLANS)).hasSize(1_000);
  }

  @Test
  @DisplayName("has 3 to 8 faults, and each fault and each moment is in some plan")
  void hasEverything() {
    assertThat(PLANS).allSatisfy(plan -> assertThat(plan.steps()).hasSizeBetween(3, 8));
    assertThat(steps().stream().map(Step::fault).collect(Collectors.toSet()))
        .isEqualTo(EnumSet.allOf(Fault.class));
    assertThat(steps().stream().map(Step::moment).collect(Collectors.toSet()))
        .isEqualTo(EnumSet.allOf(Step.Moment.class));
  }

  @Test
  @DisplayName("takes no disk of the member that it spares")
  void sparesADisk() {
    assertThat(PLANS)
        .filteredOn(plan -> plan.spared().isPresent())
        .hasSizeGreaterThan(800)
        .allSatisfy(
            plan ->
                assertThat(plan.steps())
                    .filteredOn(
                        step ->
                            step.fault().aim() == Fault.Aim.DISK
                                || step.fault().aim() == Fault.Aim.MAJORITY_OF_DISKS)
                    .noneMatch(step -> step.members().contains(plan.spared().orElseThrow())));
  }

  @Test
  @DisplayName("strikes members that there are, and where it is a majority's loss, a majority")
  void strikesMembersThatThereAre() {
    assertThat(PLANS)
        .allSatisfy(
            plan ->
                assertThat(plan.steps())
                    .allSatisfy(
                        step ->
                            assertThat(step.members())
                                .doesNotHaveDuplicates()
                                .allMatch(member -> member >= 0 && member < plan.size()))
                    .filteredOn(step -> step.fault() == Fault.MAJORITY_LOST)
                    .allMatch(step -> step.members().size() > plan.size() / 2));
  }

  @Test
  @DisplayName("can be had without some faults, the others as they were")
  void canLeaveFaultsOut() {
    assertThat(PLANS)
        .allSatisfy(
            plan ->
                assertThat(plan.without(List.of(Fault.KILL)).steps())
                    .isEqualTo(
                        plan.steps().stream().filter(step -> step.fault() != Fault.KILL).toList()));
  }

  private static List<Step> steps() {
    return PLANS.stream().flatMap(plan -> plan.steps().stream()).toList();
  }
}
