package dev.requorum.operator.spec;

import dev.requorum.core.recovery.RecoveryPolicy;
import dev.requorum.ports.RecoveryWish.Mode;
import dev.requorum.ports.record.Strategy;
import java.util.Optional;

/**
 * What {@code spec.recovery} asks for, whether or not all of it can be had. A field that is refused
 * counts as the nearest one that is valid, or as its default where it says nothing that could be
 * near to anything: nobody's recovery is switched off by a mistake, nor made bolder than it was
 * asked to be.
 *
 * @param mode a human's approval is needed where it cannot be understood
 * @param strategy empty where the best one is to be chosen
 * @param refusal the first field that is refused, and what would be valid; empty where none is
 */
record RecoveryAsked(
    RecoveryPolicy policy, Mode mode, Optional<Strategy> strategy, Optional<String> refusal) {}
