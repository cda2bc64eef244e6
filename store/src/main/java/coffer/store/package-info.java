/**
 * The two interfaces below the protocol, {@link coffer.store.MetadataStore} and {@link coffer.store.BlobStore}, and the
 * values they exchange. Nothing here knows what an object, an ACL or a request is; an engine that did would have to be
 * written once per engine.
 */
@NullMarked
package coffer.store;

import org.jspecify.annotations.NullMarked;
