package dev.requorum.e2e.scenario;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Scenarios that any site can play; those without this need what only the local world has. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("cluster")
@ResourceLock(providers = SharedOperator.class)
@interface OnAnySite {

  /** Whether they end the operator, which on a cluster serves all scenarios. */
  boolean endsTheOperator() default false;
}
