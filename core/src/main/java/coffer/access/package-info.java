/**
 * Who may do what: ACLs, policies, and one function that decides. Values only, nothing is read or written here.
 *
 * <pre>
 *   Authorizer.decide( AccessRequest   who (Requester), what (action, Resource), how (ConditionValues)
 *                    , BucketAccess    ACL and policy of the bucket
 *                    , ObjectAccess )  owner and ACL of the object, fetched if it matters
 *       = Decision                     allowed or denied, and what made it so (Reason)
 * </pre>
 */
@NullMarked
package coffer.access;

import org.jspecify.annotations.NullMarked;
