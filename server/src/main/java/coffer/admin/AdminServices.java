package coffer.admin;

import coffer.background.MovableClock;
import coffer.background.Scheduler;
import coffer.cam.Cam;
import coffer.operation.Services;
import java.util.Optional;

/**
 * What the operations of the admin API are made of.
 *
 * @param scheduler of what the store does by itself
 * @param movable the clock, if it can be moved
 * @param quotas to be run when a quota has changed, so that it counts at once
 */
public record AdminServices(
        Cam cam,
        Services services,
        AdminTokens tokens,
        ServerStatus status,
        Scheduler scheduler,
        Optional<MovableClock> movable,
        Runnable quotas) {}
