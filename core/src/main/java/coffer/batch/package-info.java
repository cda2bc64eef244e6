/** Jobs that do the same with very many objects: what is asked for, how far it is, and the worker that does it. */
@NullMarked
package coffer.batch;

import org.jspecify.annotations.NullMarked;
