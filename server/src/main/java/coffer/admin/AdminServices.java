package coffer.admin;

import coffer.cam.Cam;
import coffer.operation.Services;

/** What the operations of the admin API are made of. */
public record AdminServices(Cam cam, Services services, AdminTokens tokens, ServerStatus status) {}
