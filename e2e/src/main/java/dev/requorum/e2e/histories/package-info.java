/**
 * Histories of clients that write and read through the loss of a cluster and its recovery, and what
 * a checker (e2e/histories) says of them.
 */
package dev.requorum.e2e.histories;
