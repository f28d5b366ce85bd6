package dev.requorum.core.recovery;

import dev.requorum.ports.Reason;

/**
 * Why a plan is not carried out now.
 *
 * @param blocked whether a human has to know
 */
record Hold(Reason reason, String message, boolean blocked) {}
