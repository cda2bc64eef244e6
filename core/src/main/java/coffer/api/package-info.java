/**
 * What every operation is made of: the request and the answer, header and parameter lists, errors, XML. Nothing here
 * knows a particular operation, the HTTP server or a storage engine.
 */
@NullMarked
package coffer.api;

import org.jspecify.annotations.NullMarked;
