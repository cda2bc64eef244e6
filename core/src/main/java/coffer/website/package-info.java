/**
 * A bucket as a static website: its document, and what a browser is answered, as functions of nothing but their arguments.
 * Nothing here reads an object or decides who may.
 */
@NullMarked
package coffer.website;

import org.jspecify.annotations.NullMarked;
