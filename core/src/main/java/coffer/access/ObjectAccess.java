package coffer.access;

import java.util.Optional;

/**
 * What the owner of an object lets others do with it.
 *
 * @param ownerUin the account that wrote it
 * @param acl empty if it has none of its own, so that the bucket's counts
 */
public record ObjectAccess(String ownerUin, Optional<Acl> acl) {}
