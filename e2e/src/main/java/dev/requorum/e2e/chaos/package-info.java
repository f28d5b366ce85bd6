/**
 * {@code make chaos}: faults on real etcd in the local world, combined by seed, while clients write
 * and the operator watches. A round judges what was left; nothing here knows how the operator
 * decides.
 */
package dev.requorum.e2e.chaos;
