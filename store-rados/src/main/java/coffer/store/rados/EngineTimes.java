package coffer.store.rados;

import java.time.Duration;

/**
 * How often things are done, and how long is waited for others.
 *
 * @param renewal between two renewals of an instance, which also tell the others what is read here
 * @param death after which an instance that does not renew is declared dead
 * @param look between two looks of the leader at the instances
 * @param sweep between two sweeps of the leader over all rows
 * @param pinNamed how old a pin is of which more is told than its age
 * @param lease how long a leader has the lock without renewing it
 * @param leaseRenewal between two renewals of that lock
 * @param trust how long after a renewal a leader believes to be it; shorter than {@code lease}
 * @param silence after which a cluster that took no renewal is not asked any more, but by renewals; it may pause for some
 *     seconds when it loses a daemon
 */
record EngineTimes(
        Duration renewal,
        Duration death,
        Duration look,
        Duration sweep,
        Duration pinNamed,
        Duration lease,
        Duration leaseRenewal,
        Duration trust,
        Duration silence) {
    static final EngineTimes DEFAULT = new EngineTimes(
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofMinutes(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(3),
            Duration.ofSeconds(8),
            Duration.ofSeconds(15));
}
