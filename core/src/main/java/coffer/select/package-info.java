/**
 * SELECT on one object: what is asked for, the framing of the answer, and how a query runs beside the requests. What
 * understands SQL and the formats of objects is an engine that may be there or not.
 */
@NullMarked
package coffer.select;

import org.jspecify.annotations.NullMarked;
