package coffer.admin;

/**
 * Who calls the admin API.
 *
 * @param name for the audit log, for instance {@code key AKID...} or {@code token 3f9c (backup)}
 */
record AdminCaller(String name, AdminRole role) {}
