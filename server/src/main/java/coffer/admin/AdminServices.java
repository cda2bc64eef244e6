package coffer.admin;

import coffer.cam.Cam;
import coffer.operation.Services;

/**
 * What the operations of the admin API are made of.
 *
 * @param quotas to be run when a quota has changed, so that it counts at once
 */
public record AdminServices(Cam cam, Services services, AdminTokens tokens, ServerStatus status, Runnable quotas) {}
